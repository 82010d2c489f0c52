import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { Account } from '#src/account/session.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { singleGroupOf, useBulkJob } from './bulk/bulk-job.ts'
import { useInstance } from './context/instance-context.ts'

type Person = GitLabUser['id']

/**
 * The selection, the search, and the groups being linked or unlinked. All of it survives the end of a sign-in, but it
 * belongs to one GitLab user: signing out clears it, and so does signing in as another user.
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
  /** What is selected, for what runs outside of rendering. */
  const latest = useRef(selected)
  useLayoutEffect(() => {
    latest.current = selected
  }, [selected])
  const newest = useCallback((group: Group) => latest.current.find(({ id }) => id === group.id) ?? group, [])
  const job = useBulkJob(onLinked, newest)
  const singleGroup = singleGroupOf(job.job)

  const currentPerson = personOf(account, person)
  if (currentPerson !== person) {
    setPerson(currentPerson)
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

  /** Removes linked groups from the selection, and clears the search once that is empty. The rest stays for a retry. */
  function onLinked(groups: readonly Group[], added: readonly Group[]): void {
    const ids = new Set(groups.map(({ id }) => id))
    const rest = selected.filter(({ id }) => !ids.has(id))
    setSelected(rest)
    if (rest.length === 0) setSearchText('')
    setNewGroupIds((before) => new Set([...before, ...added.map(({ id }) => id)]))
  }

  /**
   * By the time something else is selected, the user has seen the result of the last single link, so it closes. A job
   * that couldn't start is dropped, since a retry would link what is no longer selected.
   */
  function select(groups: readonly Group[]): void {
    setSelected(groups)
    if (singleGroup) job.close()
    else job.forgetLink()
  }

  /**
   * A group can have been moved since it was selected. Searches from before would take it back to where it was, so these are
   * forgotten, and the current one is repeated, since it might be one of them.
   */
  const renewSelected = useCallback(
    (found: readonly Group[]): void => {
      const newest = new Map(found.map((group) => [group.id, group]))
      const isMoved = ({ id, fullPath }: Group) => (newest.get(id)?.fullPath ?? fullPath) !== fullPath
      if (!latest.current.some(isMoved)) return
      setSelected((before) => before.map((group) => newest.get(group.id) ?? group))
      const queryKey = instanceKey(instance, 'linkable-groups')
      client.removeQueries({ queryKey, type: 'inactive' })
      void client.invalidateQueries({ queryKey })
    },
    [client, instance],
  )

  const { close } = job
  const run = job.job?.run
  /** Closes the result of a job after something else was done, unless it's under way or something failed. */
  const closeResult = useCallback(() => {
    const { counts, status } = run?.getState() ?? {}
    if (status === 'finished' && counts?.failed === 0) close()
  }, [run, close])

  return {
    ...job,
    /** Also before the first request is sent: what is to be linked doesn't change any more. */
    isBusy: job.isBusy || job.isStarting,
    closeResult,
    /** The group, if only one is being linked: it is shown in place, without a panel. */
    singleGroup,
    /** Several groups are being linked or unlinked. */
    isBulkBusy: job.isBusy && !singleGroup,
    selected,
    select,
    renewSelected,
    searchText,
    setSearchText,
    topLevelOnly,
    setTopLevelOnly,
    /** Ids of the groups linked since the page was opened. */
    newGroupIds,
  }
}

/** @returns the ID of the user whose selection it is; undefined if it's no user's */
function personOf(account: Account, before: Person | undefined): Person | undefined {
  if (account.status === 'signed-in') return account.user.id
  // After a failed or expired sign-in, the same user might sign in again.
  return account.status === 'signed-out' && account.failure === undefined ? undefined : before
}
