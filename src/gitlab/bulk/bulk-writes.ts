import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { createIsLinked } from '#src/gitlab/linked-groups/linked-marks.ts'
import { ensureLinked, ensureUnlinked } from '#src/gitlab/linked-groups/linking.ts'
import type { BulkRun } from './bulk-run.ts'
import { createBulkRun } from './bulk-run.ts'
import type { FailureMeaning } from './failure-meaning.ts'

export interface BulkWriteOptions {
  readonly backend: Backend
  readonly instance: InstanceUrl
  /** What a failure means for the whole run: of GitLab's own failures, `gitlabFailureMeanings`. */
  readonly meaningOf: (error: unknown) => FailureMeaning
  /** How many requests are under way at once. */
  readonly concurrency: number
  /** Called with the list whenever it had to be read during the run. */
  readonly onListRead: (linked: LinkedGroup[]) => void
}

export interface BulkLinkOptions extends BulkWriteOptions {
  readonly authorizedFetch: AuthorizedFetch
}

/** Links many groups, as the GitLab user behind `authorizedFetch`. A group that is already linked counts as `already`, not as a failure. */
export function linkGroups(
  groups: readonly Group[],
  { backend, instance, authorizedFetch, meaningOf, concurrency, onListRead }: BulkLinkOptions,
): BulkRun<Group> {
  return createBulkRun({
    items: groups,
    concurrency,
    meaningOf,
    perform: (group) => ensureLinked(backend, instance, group, authorizedFetch),
    async readActualState() {
      const linked = await backend.listLinkedGroups(instance)
      onListRead(linked)
      return createIsLinked(linked)
    },
  })
}

/** Unlinks many groups. Needs no GitLab user. A group that isn't linked anymore counts as `already`, not as a failure. */
export function unlinkGroups(
  groups: readonly LinkedGroup[],
  { backend, instance, meaningOf, concurrency, onListRead }: BulkWriteOptions,
): BulkRun<LinkedGroup> {
  return createBulkRun({
    items: groups.filter(({ subscriptionId }) => subscriptionId !== undefined),
    concurrency,
    meaningOf,
    perform: ({ subscriptionId = '' }) => ensureUnlinked(backend, instance, subscriptionId),
    async readActualState() {
      const linked = await backend.listLinkedGroups(instance)
      onListRead(linked)
      const ids = new Set(linked.map(({ subscriptionId }) => subscriptionId))
      return ({ subscriptionId }) => !ids.has(subscriptionId)
    },
  })
}
