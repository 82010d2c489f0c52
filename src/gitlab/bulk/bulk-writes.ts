import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import type { Backend, LinkedGroup } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { BulkRun } from './bulk-run.ts'
import { createBulkRun } from './bulk-run.ts'

interface BulkWrite {
  readonly backend: Backend
  readonly instance: InstanceUrl
  /** How many requests are under way at once. */
  readonly concurrency?: number | undefined
  /** Called with the list whenever it had to be read in between. */
  readonly onListRead: (linked: LinkedGroup[]) => void
}

/** Links many groups, as the GitLab user behind `authorizedFetch`. A group that is linked already is no failure. */
export function linkGroups(
  groups: readonly Group[],
  { backend, instance, authorizedFetch, ...write }: BulkWrite & { readonly authorizedFetch: AuthorizedFetch },
): BulkRun<Group> {
  return createBulkRun({
    items: groups,
    concurrency: write.concurrency,
    perform: (group) =>
      unlessSo('group-already-linked', backend.linkGroup(instance, group.fullPath, authorizedFetch)),
    async readTruth() {
      const linked = await backend.listLinkedGroups(instance)
      write.onListRead(linked)
      const ids = new Set(linked.map(({ groupId }) => groupId))
      // Where GitLab does not say which groups these are, their names have to do.
      const names = new Set(linked.filter(({ groupId }) => groupId === undefined).map((one) => one.fullName))
      return (group) => ids.has(group.id) || names.has(group.fullName)
    },
  })
}

/** Unlinks many groups. Needs no GitLab user. A group that is not linked any more is no failure. */
export function unlinkGroups(
  groups: readonly LinkedGroup[],
  { backend, instance, concurrency, onListRead }: BulkWrite,
): BulkRun<LinkedGroup> {
  return createBulkRun({
    items: groups.filter(({ subscriptionId }) => subscriptionId !== undefined),
    concurrency,
    perform: ({ subscriptionId = '' }) =>
      unlessSo('not-found', backend.unlinkGroup(instance, subscriptionId)),
    async readTruth() {
      const linked = await backend.listLinkedGroups(instance)
      onListRead(linked)
      const ids = new Set(linked.map(({ subscriptionId }) => subscriptionId))
      return ({ subscriptionId }) => !ids.has(subscriptionId)
    },
  })
}

/** @param code of the refusal that says that what was wanted is so already */
async function unlessSo(code: GitLabApiError['code'], write: Promise<void>): Promise<'done' | 'already'> {
  try {
    await write
    return 'done'
  } catch (error) {
    if (error instanceof GitLabApiError && error.code === code) return 'already'
    throw error
  }
}
