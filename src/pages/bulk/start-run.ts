import type { BulkLinkOptions, BulkWriteOptions } from '#src/gitlab/bulk/bulk-writes.ts'
import { linkGroups, unlinkGroups } from '#src/gitlab/bulk/bulk-writes.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { meaningOf } from './failure-meaning.ts'

/**
 * Starts linking groups: see {@link linkGroups}. With one group there are no others to spare: any failure ends the run,
 * nothing is sent twice, and if GitLab might have linked it all the same, the list tells.
 */
export function startLinking(groups: readonly Group[], options: Omit<BulkLinkOptions, 'meaningOf'>) {
  return linkGroups(
    groups,
    groups.length === 1
      ? { ...options, meaningOf: () => 'item', mostAttempts: 1, isAlone: true }
      : { ...options, meaningOf },
  )
}

/** Starts unlinking groups: see {@link unlinkGroups}. */
export function startUnlinking(groups: readonly LinkedGroup[], options: Omit<BulkWriteOptions, 'meaningOf'>) {
  return unlinkGroups(groups, { ...options, meaningOf })
}
