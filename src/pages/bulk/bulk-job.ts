import { useQueryClient } from '@tanstack/react-query'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { UnlinkingRun } from '#src/gitlab/bulk/bulk-writes.ts'
import type { BulkRun } from '#src/gitlab/bulk/run-state.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { showAndRead } from '#src/gitlab/linked-groups/catching-up-queries.ts'
import {
  linkedGroupsOptions,
  showLinked,
  showUnlinked,
} from '#src/gitlab/linked-groups/linked-group-queries.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import type { FailureCode } from '#src/pages/failure/failure-code.ts'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import { loadChunk } from '#src/pages/failure/load-chunk.ts'

/** Groups being linked or unlinked. */
export type BulkJob =
  | { readonly kind: 'linking'; readonly run: BulkRun<Group>; readonly takeList: TakeList }
  | { readonly kind: 'unlinking'; readonly run: UnlinkingRun; readonly takeList: TakeList }

/** Gives the list of linked groups away if the job has read it since the last time. */
type TakeList = () => readonly LinkedGroup[] | undefined

/** Loads the code for linking and unlinking. */
export const loadBulkWrites = () => import('./start-run.ts')

type StartJob = (writes: Awaited<ReturnType<typeof loadBulkWrites>>) => BulkJob

/**
 * The page's only job, and its number. It outlives the sign-in, and is canceled when the component unmounts.
 * @param onLinked called whenever linking pauses for the user or ends, with the groups that are linked by then, and those of
 *   them that weren't before
 * @param newest gives a group that is to be linked as it is now, as far as the page knows; always the same function
 */
export function useBulkJob(
  onLinked: (groups: readonly Group[], added: readonly Group[]) => void,
  newest: (group: Group) => Group,
) {
  const client = useQueryClient()
  const { backend, deployment } = usePageContext()
  const { instance } = useInstance()
  const { authorizedFetch } = useAccount().session
  const [{ job, jobNumber }, setState] = useState<{ job?: BulkJob; jobNumber: number }>({ jobNumber: 0 })
  const [missing, setMissing] = useState<{ kind: BulkJob['kind']; error: unknown; tryAgain: () => void }>()
  const { concurrency } = deployment

  const showResults = useEffectEvent((ended: BulkJob) => {
    if (!ended.run.getState().isAtRest) return
    if (ended.kind === 'linking') {
      onLinked(succeeded(ended.run), succeeded(ended.run, ['done']))
      // Where a group was moved, searching for it again must not find it where it was.
      if (hasFailed(ended.run, 'group-not-linkable'))
        void client.invalidateQueries({ queryKey: instanceKey(instance, 'linkable-groups') })
    }
    void showInList(ended)
  })

  /** Requests under way finish, and what they have changed shows in the list. */
  const endInBackground = useEffectEvent((job: BulkJob) => {
    job.run.cancel()
    if (job.run.getState().isAtRest) return
    const stop = job.run.subscribe(() => {
      if (!job.run.getState().isAtRest) return
      stop()
      void showInList(job)
    })
  })

  async function showInList(ended: BulkJob): Promise<void> {
    const { queryKey } = linkedGroupsOptions(backend, instance)
    if (ended.kind === 'linking')
      await showAndRead(client, queryKey, {
        groups: succeeded(ended.run),
        known: ended.takeList(),
        isSaid: isListed,
        show: (groups) => showLinked(client, backend, instance, groups),
      })
    else
      await showAndRead(client, queryKey, {
        groups: succeeded(ended.run).flatMap((group) =>
          ended.run.linksOf(group).map((subscriptionId) => ({ ...group, subscriptionId })),
        ),
        known: ended.takeList(),
        isSaid: (group, linked) =>
          linked.every(({ subscriptionId }) => subscriptionId !== group.subscriptionId),
        show: (groups) => showUnlinked(client, backend, instance, groups),
      })
  }

  useEffect(() => {
    if (!job) return
    const stop = job.run.subscribe(() => showResults(job))
    showResults(job)
    return () => {
      stop()
      endInBackground(job)
    }
  }, [job])

  const isBusy = useSyncExternalStore(job?.run.subscribe ?? subscribeToNothing, () => isUnderWay(job))

  const [isStarting, setStarting] = useState(false)
  /** Counts what was begun or ended, so that a job whose code comes too late doesn't start. */
  const latest = useRef(0)

  /** @param start starts the job; kept for a retry if its code doesn't load */
  const begin = useCallback(async (kind: BulkJob['kind'], start: StartJob): Promise<void> => {
    latest.current += 1
    const mine = latest.current
    setStarting(true)
    try {
      const writes = await loadChunk(loadBulkWrites())
      if (latest.current !== mine) return
      setMissing(undefined)
      const next = start(writes)
      setState((before) => ({ jobNumber: before.jobNumber + 1, job: next }))
    } catch (error) {
      if (latest.current === mine) setMissing({ kind, error, tryAgain: () => void begin(kind, start) })
    } finally {
      if (latest.current === mine) setStarting(false)
    }
  }, [])

  const options = useMemo(
    () => ({ backend, instance, authorizedFetch, concurrency }),
    [backend, instance, authorizedFetch, concurrency],
  )

  /** @returns what takes the list that a job reads, to show it, and gives it away once */
  const keepList = useCallback(() => {
    let list: readonly LinkedGroup[] | undefined
    return {
      onListRead(linked: LinkedGroup[]) {
        list = linked
        client.setQueryData(linkedGroupsOptions(backend, instance).queryKey, linked)
      },
      takeList() {
        const taken = list
        list = undefined
        return taken
      },
    }
  }, [backend, instance, client])

  return {
    job,
    jobNumber,
    /** Why a job could not start, and a way to try again. */
    missing,
    isBusy,
    /** A job was begun, and its code is still loading. */
    isStarting,
    link: useCallback(
      (groups: readonly Group[]) =>
        begin('linking', ({ startLinking }) => {
          const { onListRead, takeList } = keepList()
          return { kind: 'linking', run: startLinking(groups, { ...options, newest, onListRead }), takeList }
        }),
      [begin, options, newest, keepList],
    ),
    unlink: useCallback(
      (groups: readonly LinkedGroup[]) =>
        begin('unlinking', ({ startUnlinking }) => {
          const { onListRead, takeList } = keepList()
          return { kind: 'unlinking', run: startUnlinking(groups, { ...options, onListRead }), takeList }
        }),
      [begin, options, keepList],
    ),
    /** Forgets linking that could not start. */
    forgetLink: () => setMissing((before) => (before?.kind === 'linking' ? undefined : before)),
    /** Ends linking, which needs the person who is signed in, and forgets what could not start. */
    endLinking: useCallback(() => {
      latest.current += 1
      setStarting(false)
      setMissing(undefined)
      setState((before) => (before.job?.kind === 'linking' ? { jobNumber: before.jobNumber + 1 } : before))
    }, []),
    close: useCallback(() => {
      latest.current += 1
      setStarting(false)
      setMissing(undefined)
      setState((before) => ({ jobNumber: before.jobNumber + 1 }))
    }, []),
  }
}

/** Also while a canceled one waits for its last requests. */
function isUnderWay(job: BulkJob | undefined): boolean {
  if (!job) return false
  const { status, isAtRest } = job.run.getState()
  return status === 'running' || status === 'paused' || !isAtRest
}

const subscribeToNothing = () => () => undefined

/** @returns the group of a job that links just one, which needs no panel of its own */
export function singleGroupOf(job: BulkJob | undefined): Group | undefined {
  if (job?.kind !== 'linking') return undefined
  const [group, ...others] = job.run.getState().results.keys()
  return others.length === 0 ? group : undefined
}

/** Whether a list has a group; by its name where the list doesn't say which group is which. */
function isListed(group: Group, linked: readonly LinkedGroup[]): boolean {
  return linked.some(({ groupId, fullName }) =>
    groupId === undefined ? fullName === group.fullName : groupId === group.id,
  )
}

function hasFailed(run: BulkRun<unknown>, code: FailureCode): boolean {
  return [...run.getState().results.values()].some(
    (result) => result.status === 'failed' && codeOf(result.error) === code,
  )
}

function succeeded<T>(run: BulkRun<T>, how = ['done', 'already']): T[] {
  return [...run.getState().results].flatMap(([item, { status }]) => (how.includes(status) ? [item] : []))
}
