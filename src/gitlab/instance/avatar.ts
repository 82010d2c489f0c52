import type { InstanceUrl } from './instance-url.ts'
import { belongsTo } from './instance-url.ts'

/** GitLab's own avatar URLs are far shorter. */
const LONGEST_URL = 2048

/**
 * @param avatar a URL, or a path from the origin's root that already includes the instance's sub-path
 * @returns the avatar's URL if it belongs to the instance: any other host would learn who looks at this page
 */
export function avatarUrlOf(instance: InstanceUrl, avatar: string | null | undefined): string | undefined {
  if (!avatar || avatar.length > LONGEST_URL || !URL.canParse(avatar, instance)) return undefined
  const url = new URL(avatar, instance)
  return belongsTo(instance, url) ? url.href : undefined
}
