import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { Account } from '#src/account/session.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { singleGroupOf, useBulkJob } from './bulk/bulk-job.ts'
import { useInstance } from './context/instance-context.ts'

type Person = GitLabUser['id']

/**
 * What is selected and searched, and the groups being linked or unlinked. A sign-in that ends loses nothing of it. But
 * what one person has found and selected isn't the next one's: signing out clears it, and so does signing in as another
 * GitLab user.
 */
export function useLinking() {
  const { account } = useAccount()
  const { instance } = useInstance()
  const client = useQueryClient()
  const [selected, setSelected] = useState<readonly Group[]>([])
  const [searchText, setSearchText] = useState('')
  const [topLevelOnly, setTopLevelOnly] = useState(false)
  const [person, setPerson] = useState<Person>()
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  const job = useBulkJob(onLinked)
  const singleGroup = singleGroupOf(job.job)

  const now = personOf(account, person)
  if (now !== person) {
    setPerson(now)
    setSelected([])
    setSearchText('')
    setTopLevelOnly(false)
  }
  const { endLinking } = job
  useEffect(() => {
    if (person === undefined) return
    return () => {
      client.removeQueries({ queryKey: instanceKey(instance, 'linkable-groups') })
      endLinking()
    }
  }, [person, client, instance, endLinking])

  /** What is linked leaves the selection, and an empty selection the search; what isn't stays for another try. */
  function onLinked(groups: readonly Group[]): void {
    const ids = new Set(groups.map(({ id }) => id))
    const rest = selected.filter(({ id }) => !ids.has(id))
    setSelected(rest)
    if (rest.length === 0) setSearchText('')
    setNewGroupIds((before) => new Set([...before, ...ids]))
  }

  /**
   * What became of the group linked before has been read once something else is selected, and what could not start would
   * link what is no longer selected.
   */
  function select(groups: readonly Group[]): void {
    setSelected(groups)
    if (singleGroup) job.close()
    else job.forgetLink()
  }

  const { close } = job
  const singleRun = singleGroup && job.job?.run
  /** What was done last stands there, not what was done before. What is under way or failed stays. */
  const closeSingle = useCallback(() => {
    const { counts, status } = singleRun?.getState() ?? {}
    if (status === 'finished' && counts?.failed === 0) close()
  }, [singleRun, close])

  return {
    ...job,
    closeSingle,
    /** The group, if only one is being linked: it is shown in place, without a panel. */
    singleGroup,
    /** Several groups are being linked or unlinked. */
    isBulkBusy: job.isBusy && !singleGroup,
    selected,
    select,
    searchText,
    setSearchText,
    topLevelOnly,
    setTopLevelOnly,
    /** Ids of the groups linked since the page was opened. */
    newGroupIds,
  }
}

/** @returns the ID of whose selection it is; undefined for nobody's */
function personOf(account: Account, before: Person | undefined): Person | undefined {
  if (account.status === 'signed-in') return account.user.id
  // A sign-in that has failed or ended can be that person's again.
  return account.status === 'signed-out' && account.failure === undefined ? undefined : before
}
