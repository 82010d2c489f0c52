import { useState } from 'react'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { singleGroupOf, useBulkJob } from './bulk/bulk-job.ts'

/**
 * What is selected and searched, and the groups being linked or unlinked. It belongs to the instance, not to the
 * sign-in: nothing selected or typed is lost when a sign-in ends.
 */
export function useLinking() {
  const [selected, setSelected] = useState<readonly Group[]>([])
  const [searchText, setSearchText] = useState('')
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  const job = useBulkJob(onLinked)
  const singleGroup = singleGroupOf(job.job)

  /** What is linked leaves the selection, and an empty selection the search; what isn't stays for another try. */
  function onLinked(groups: readonly Group[]): void {
    const ids = new Set(groups.map(({ id }) => id))
    const rest = selected.filter(({ id }) => !ids.has(id))
    setSelected(rest)
    if (rest.length === 0) setSearchText('')
    setNewGroupIds((before) => new Set([...before, ...ids]))
  }

  /** What became of the group linked before has been read once something else is selected. */
  function select(groups: readonly Group[]): void {
    setSelected(groups)
    if (singleGroup) job.close()
  }

  return {
    ...job,
    /** The group, if only one is being linked: it is shown in place, without a panel. */
    singleGroup,
    /** Several groups are being linked or unlinked. */
    isBulkBusy: job.isBusy && !singleGroup,
    selected,
    select,
    searchText,
    setSearchText,
    /** Ids of the groups linked since the page was opened. */
    newGroupIds,
  }
}
