import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { linkGroupOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { texts } from '#src/texts/en.ts'
import { useBulkJob } from './bulk/bulk-job.ts'
import { useInstance } from './context/instance-context.ts'
import { usePageContext } from './context/page-context.ts'
import { useAnnounce } from './parts/announcements.tsx'

/**
 * What is selected and searched, and the groups being linked or unlinked. It belongs to the instance, not to the
 * sign-in: nothing selected or typed is lost when a sign-in ends.
 */
export function useLinking() {
  const { backend, deployment } = usePageContext()
  const { instance } = useInstance()
  const { authorizedFetch } = useAccount().session
  const announce = useAnnounce()
  const [selected, setSelected] = useState<readonly Group[]>([])
  const [searchText, setSearchText] = useState('')
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  const single = useMutation(linkGroupOptions(backend, instance, authorizedFetch))
  const bulk = useBulkJob({
    backend,
    instance,
    authorizedFetch,
    concurrency: deployment.concurrency,
    onLinked,
  })

  /** What is linked leaves the selection, and an empty selection the search; what isn't stays for another try. */
  function onLinked(groups: readonly Group[]): void {
    const ids = new Set(groups.map(({ id }) => id))
    const rest = selected.filter(({ id }) => !ids.has(id))
    setSelected(rest)
    if (rest.length === 0) setSearchText('')
    setNewGroupIds((before) => new Set([...before, ...ids]))
  }

  function select(groups: readonly Group[]): void {
    setSelected(groups)
    single.reset()
  }

  /** Links one group in place; several get a panel of their own. */
  async function link(groups: readonly Group[]): Promise<void> {
    const [group] = groups
    single.reset()
    if (!group || groups.length > 1) return bulk.link(groups)
    bulk.close()
    try {
      await single.mutateAsync(group)
    } catch {
      // Shown beside the selection, which is kept.
      return
    }
    announce(`${texts.linking.done(group.fullName)} ${texts.linking.whatNext}`)
    onLinked([group])
  }

  return {
    selected,
    select,
    searchText,
    setSearchText,
    /** Ids of the groups linked since the page was opened. */
    newGroupIds,
    link,
    single,
    bulk,
    isBusy: bulk.isBusy || single.isPending,
  }
}
