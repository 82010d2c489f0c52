import type { InstanceUrl } from './instance-url.ts'
import { belongsTo } from './instance-url.ts'

/** GitLab's own are far shorter. */
const LONGEST_ADDRESS = 2048

/**
 * @param avatar an address, or a path from the origin's root that already holds the instance's sub-path
 * @returns the avatar's address if it is the instance's own, since any other would tell a stranger who looks
 */
export function avatarUrlOf(instance: InstanceUrl, avatar: string | null | undefined): string | undefined {
  if (!avatar || avatar.length > LONGEST_ADDRESS || !URL.canParse(avatar, instance)) return undefined
  const url = new URL(avatar, instance)
  return belongsTo(instance, url) ? url.href : undefined
}
