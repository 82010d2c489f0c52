import type { InferOutput } from 'valibot'
import { array, nullish, object, optional, string } from 'valibot'
import { UnexpectedAnswerError } from '#src/gitlab/client/errors.ts'
import { LONGEST_PATH, plainText } from '#src/gitlab/client/plain-text.ts'
import { avatarUrlOf } from '#src/gitlab/instance/avatar.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** A group whose development work shows in this Jira site. GitLab's word for the link is subscription. */
export interface LinkedGroup {
  /** Names the link; undefined while the list has not been read again after linking. */
  readonly subscriptionId: string | undefined
  /** Undefined where GitLab's answer does not say which group it is. */
  readonly groupId: number | undefined
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  readonly avatarUrl: string | undefined
  /** Milliseconds since the epoch; undefined where GitLab's answer holds no usable date. */
  readonly linkedAt: number | undefined
}

export const linkedGroupsPath = '/-/jira_connect/subscriptions.json'

/** GitLab's response to a request for {@link linkedGroupsPath}. */
export const linkedGroupsSchema = object({
  groups_path: optional(string(), ''),
  subscriptions: array(
    object({
      created_at: nullish(string()),
      unlink_path: string(),
      group: object({ name: string(), full_name: string(), avatar_url: nullish(string()) }),
    }),
  ),
})

/**
 * @returns the linked groups in GitLab's response, in its order
 * @throws {UnexpectedAnswerError} a link has no id that could be unlinked
 */
export function linkedGroupsIn(
  response: InferOutput<typeof linkedGroupsSchema>,
  instance: InstanceUrl,
): LinkedGroup[] {
  const groupIds = linkedGroupIds(response.groups_path)
  const hasIds = groupIds.length === response.subscriptions.length
  return response.subscriptions.map((subscription, index): LinkedGroup => {
    const { name, full_name: fullName, avatar_url: avatar } = subscription.group
    const linkedAt = Date.parse(subscription.created_at ?? '')
    return {
      subscriptionId: subscriptionIdOf(subscription.unlink_path),
      groupId: hasIds ? groupIds[index] : undefined,
      name: plainText(name),
      fullName: plainText(fullName, LONGEST_PATH),
      avatarUrl: avatarUrlOf(instance, avatar),
      linkedAt: Number.isNaN(linkedAt) ? undefined : linkedAt,
    }
  })
}

/**
 * GitLab names the ids of the linked groups only in the query of `groups_path`, in the order of the subscriptions:
 * as `skip_groups=7,91`, in older versions as repeated `skip_groups[]=7`.
 */
function linkedGroupIds(groupsPath: string): (number | undefined)[] {
  const query = new URLSearchParams(groupsPath.split('?')[1] ?? '')
  const ids = [
    ...query.getAll('skip_groups').flatMap((list) => list.split(',')),
    ...query.getAll('skip_groups[]'),
  ]
  return ids.filter(Boolean).map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : undefined))
}

/** The id at the end of `unlink_path`; the rest of the path is ours to build. */
function subscriptionIdOf(unlinkPath: string): string {
  const id = /\/subscriptions\/(\d{1,19})$/.exec(unlinkPath)?.[1]
  if (id === undefined) throw new UnexpectedAnswerError(linkedGroupsPath)
  return id
}
