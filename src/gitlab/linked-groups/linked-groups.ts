import type { InferOutput } from 'valibot'
import { array, fallback, nullish, object, optional, string } from 'valibot'
import { UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
import { descriptionIn, LONGEST_PATH, plainText } from '#src/gitlab/client/plain-text.ts'
import { LINKED_GROUPS_PATH } from '#src/gitlab/diagnosis/endpoint.ts'
import { avatarUrlOf } from '#src/gitlab/instance/avatar.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** A group whose development work appears in this Jira site. GitLab calls the link a subscription. */
export interface LinkedGroup {
  /** The ID of the link; undefined after linking until the list has been read again. */
  readonly subscriptionId: string | undefined
  /** Undefined if GitLab's response doesn't say which group it is. */
  readonly groupId: number | undefined
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  readonly avatarUrl: string | undefined
  /** What its owners say about it; undefined if they say nothing. */
  readonly description?: string | undefined
  /** Milliseconds since the epoch; undefined if GitLab's response has no usable date. */
  readonly linkedAt: number | undefined
}

/** GitLab's response to a request for {@link LINKED_GROUPS_PATH}. */
export const linkedGroupsSchema = object({
  groups_path: optional(string(), ''),
  subscriptions: array(
    object({
      created_at: nullish(string()),
      unlink_path: string(),
      group: object({
        name: string(),
        full_name: string(),
        avatar_url: nullish(string()),
        description: fallback(nullish(string()), undefined),
      }),
    }),
  ),
})

/**
 * @returns the linked groups in GitLab's response, in its order
 * @throws {UnexpectedResponseError} a link has no ID to unlink it by
 */
export function linkedGroupsIn(
  response: InferOutput<typeof linkedGroupsSchema>,
  instance: InstanceUrl,
): LinkedGroup[] {
  const groupIds = linkedGroupIds(response.groups_path)
  const hasIds = groupIds.length === response.subscriptions.length
  return response.subscriptions.map((subscription, index): LinkedGroup => {
    const { name, full_name: fullName, avatar_url: avatar, description } = subscription.group
    const linkedAt = Date.parse(subscription.created_at ?? '')
    return {
      subscriptionId: subscriptionIdOf(subscription.unlink_path),
      groupId: hasIds ? groupIds[index] : undefined,
      name: plainText(name),
      fullName: plainText(fullName, LONGEST_PATH),
      avatarUrl: avatarUrlOf(instance, avatar),
      description: descriptionIn(description),
      linkedAt: Number.isNaN(linkedAt) ? undefined : linkedAt,
    }
  })
}

/**
 * GitLab gives the IDs of the linked groups only in the query of `groups_path`, in the order of the subscriptions:
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

/** The ID at the end of `unlink_path`; the rest of that path is never used. */
function subscriptionIdOf(unlinkPath: string): string {
  const id = /\/subscriptions\/(\d{1,19})$/.exec(unlinkPath)?.[1]
  if (id === undefined) throw new UnexpectedResponseError(LINKED_GROUPS_PATH)
  return id
}
