import type { InferOutput } from 'valibot'
import { array, fallback, nullish, object, optional, string } from 'valibot'
import { UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
import { descriptionIn, LONGEST_PATH, plainText } from '#src/gitlab/client/plain-text.ts'
import { LINKED_GROUPS_PATH } from '#src/gitlab/diagnosis/endpoint.ts'
import { avatarUrlOf } from '#src/gitlab/instance/avatar.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** A group whose development work appears in this Jira site. GitLab calls the link a subscription. */
export interface LinkedGroup {
  /** The ID of the link; undefined after linking until the list has been read again, or if {@link lacks} says so. */
  readonly subscriptionId: string | undefined
  /** Undefined if GitLab's response doesn't say which group it is. */
  readonly groupId: number | undefined
  /** What is missing from GitLab's response, or unusable: then the name is a number or a question mark. */
  readonly lacks?: readonly ('name' | 'id')[] | undefined
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  readonly avatarUrl: string | undefined
  /** What its owners say about it; undefined if they say nothing. */
  readonly description?: string | undefined
  /** Milliseconds since the epoch; undefined if GitLab's response has no usable date. */
  readonly linkedAt: number | undefined
}

const text = fallback(string(), '')
const textOrNothing = fallback(nullish(string()), undefined)

/**
 * GitLab's response to a request for {@link LINKED_GROUPS_PATH}. An entry that isn't as it should be is read as far as it
 * goes, since the others can be shown and unlinked all the same.
 */
export const linkedGroupsSchema = object({
  groups_path: fallback(optional(string(), ''), ''),
  subscriptions: array(
    fallback(
      object({
        created_at: textOrNothing,
        unlink_path: text,
        group: fallback(
          object({ name: text, full_name: text, avatar_url: textOrNothing, description: textOrNothing }),
          { name: '', full_name: '' },
        ),
      }),
      { unlink_path: '', group: { name: '', full_name: '' } },
    ),
  ),
})

/**
 * @returns the linked groups in GitLab's response, in its order, each link once
 * @throws {UnexpectedResponseError} there are links, but none has an ID to unlink it by: the list isn't GitLab's
 */
export function linkedGroupsIn(
  { groups_path: groupsPath, subscriptions }: InferOutput<typeof linkedGroupsSchema>,
  instance: InstanceUrl,
): LinkedGroup[] {
  const ids = linkedGroupIds(groupsPath)
  const hasIds = ids.length === subscriptions.length
  const links = new Set<string>()
  const groupIds = new Set<number>()
  const linked = subscriptions.flatMap((subscription, index): LinkedGroup[] => {
    const subscriptionId = subscriptionIdOf(subscription.unlink_path)
    // What is between GitLab and this page, or a GitLab with several databases, can repeat one.
    if (subscriptionId !== undefined && !isNew(links, subscriptionId)) return []
    const groupId = hasIds ? ids[index] : undefined
    const { full_name: fullName, avatar_url: avatar, description } = subscription.group
    const name = subscription.group.name.trim() || (fullName.split(' / ').at(-1) ?? '').trim()
    const number = groupId === undefined ? '?' : `#${groupId}`
    const linkedAt = Date.parse(subscription.created_at ?? '')
    const lacks = [
      ...(name === '' ? (['name'] as const) : []),
      ...(subscriptionId === undefined ? (['id'] as const) : []),
    ]
    return [
      {
        subscriptionId,
        groupId: groupId !== undefined && isNew(groupIds, groupId) ? groupId : undefined,
        lacks: lacks.length > 0 ? lacks : undefined,
        name: plainText(name || number),
        fullName: plainText(fullName.trim() || name || number, LONGEST_PATH),
        avatarUrl: avatarUrlOf(instance, avatar),
        description: descriptionIn(description),
        linkedAt: Number.isNaN(linkedAt) ? undefined : linkedAt,
      },
    ]
  })
  if (linked.length > 0 && links.size === 0) throw new UnexpectedResponseError(LINKED_GROUPS_PATH)
  return linked
}

function isNew<T>(known: Set<T>, one: T): boolean {
  return known.size < known.add(one).size
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

/** The ID at the end of `unlink_path`, if there is one; the rest of that path is never used. */
function subscriptionIdOf(unlinkPath: string): string | undefined {
  return /\/subscriptions\/(\d{1,19})$/.exec(unlinkPath)?.[1]
}
