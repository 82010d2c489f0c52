import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { requestLinking, requestUnlinking } from '#src/gitlab/linked-groups/linking.ts'
import { createBulkRun } from './bulk-run.ts'
import type { FailureMeaning } from './failure-meaning.ts'
import type { BulkRun } from './run-state.ts'

export interface BulkWriteOptions {
  readonly backend: Backend
  readonly instance: InstanceUrl
  /** What a failure means for the whole run: of GitLab's own failures, `gitlabFailureMeanings`. */
  readonly meaningOf: (error: unknown) => FailureMeaning
  /** How many requests are under way at once. */
  readonly concurrency: number
  /** How often one group is sent while the list contradicts what its responses suggest; default 3. */
  readonly mostAttempts?: number
  /** Called with the list whenever it had to be read during the run. */
  readonly onListRead: (linked: LinkedGroup[]) => void
}

export interface BulkLinkOptions extends BulkWriteOptions {
  readonly authorizedFetch: AuthorizedFetch
  /** Gives a group as it is when it's sent: it can have been moved since the run began. Default: as it was given. */
  readonly newest?: (group: Group) => Group
  /** There is one group only: the list is read at once if the request might have taken effect. */
  readonly isAlone?: boolean
}

/** Links many groups, as the GitLab user behind `authorizedFetch`. A group that the list says is already linked counts as `already`. */
export function linkGroups(groups: readonly Group[], options: BulkLinkOptions): BulkRun<Group> {
  const {
    backend,
    instance,
    authorizedFetch,
    newest = (group) => group,
    isAlone,
    onListRead,
    ...rest
  } = options
  return createBulkRun({
    ...rest,
    items: groups,
    perform: (group) => requestLinking(backend, instance, newest(group), authorizedFetch, { isAlone }),
    async readActualState() {
      const linked = await backend.listLinkedGroups(instance)
      onListRead(linked)
      // Their names prove nothing: two groups can have the same one.
      const ids = new Set(linked.map(({ groupId }) => groupId))
      return ({ id }) => ids.has(id)
    },
  })
}

/** A run that unlinks groups. */
export interface UnlinkingRun extends BulkRun<LinkedGroup> {
  /** @returns the links of a group that the run has asked GitLab to remove: more than one if it was linked again since */
  linksOf(group: LinkedGroup): readonly string[]
}

/**
 * Unlinks many groups. Needs no GitLab user. A group that the list no longer has counts as `already`; one that was linked
 * again since is unlinked by its new link.
 */
export function unlinkGroups(
  groups: readonly LinkedGroup[],
  { backend, instance, onListRead, ...options }: BulkWriteOptions,
): UnlinkingRun {
  const sent = new Map<LinkedGroup, Set<string>>()
  /** By the ID of the group, as the list was read last. */
  let links = new Map<number | undefined, string | undefined>()
  const linkOf = ({ groupId, subscriptionId }: LinkedGroup) =>
    (groupId === undefined ? undefined : links.get(groupId)) ?? subscriptionId ?? ''
  const run = createBulkRun({
    ...options,
    items: groups.filter(({ subscriptionId }) => subscriptionId !== undefined),
    perform(group) {
      const link = linkOf(group)
      sent.set(group, (sent.get(group) ?? new Set()).add(link))
      return requestUnlinking(backend, instance, link)
    },
    async readActualState() {
      const linked = await backend.listLinkedGroups(instance)
      onListRead(linked)
      links = new Map(linked.map(({ groupId, subscriptionId }) => [groupId, subscriptionId]))
      const ids = new Set(linked.map(({ subscriptionId }) => subscriptionId))
      return (group) => !ids.has(linkOf(group))
    },
  })
  return { ...run, linksOf: (group) => [...(sent.get(group) ?? [])] }
}
