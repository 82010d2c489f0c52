import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { BulkRun } from '#src/gitlab/bulk/bulk-run.ts'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import {
  linkedGroupsOptions,
  showLinked,
  showUnlinked,
} from '#src/gitlab/linked-groups/linked-group-queries.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { loadChunk } from '#src/pages/failure/load-chunk.ts'

/** Many groups being linked or unlinked. */
export type BulkJob =
  | { readonly kind: 'linking'; readonly run: BulkRun<Group> }
  | { readonly kind: 'unlinking'; readonly run: BulkRun<LinkedGroup> }

/** Loads what linking and unlinking many groups needs. */
export const loadBulkWrites = () => import('./start-run.ts')

interface BulkJobOptions {
  readonly backend: Backend
  readonly instance: InstanceUrl
  readonly authorizedFetch: AuthorizedFetch
  readonly concurrency: number
  /** Called whenever linking comes to rest, with the groups that are linked now. */
  readonly onLinked: (groups: readonly Group[]) => void
}

/** The one job of the page, and its number. It outlives the sign-in, and ends with the component. */
export function useBulkJob({ onLinked, ...options }: BulkJobOptions) {
  const client = useQueryClient()
  const [{ job, jobNumber }, setState] = useState<{ job?: BulkJob; jobNumber: number }>({ jobNumber: 0 })
  const [missing, setMissing] = useState<{ error: unknown; tryAgain: () => void }>()
  const latestOnLinked = useRef(onLinked)
  useEffect(() => {
    latestOnLinked.current = onLinked
  })

  useEffect(() => {
    if (!job) return
    const showResults = () => {
      if (!job.run.getState().isAtRest) return
      if (job.kind === 'linking') latestOnLinked.current(succeeded(job.run))
      void showInList(job, client, options.backend, options.instance)
    }
    const stop = job.run.subscribe(showResults)
    showResults()
    return () => {
      stop()
      job.run.cancel()
    }
  }, [job, client, options.backend, options.instance])

  const status = useSyncExternalStore(
    job?.run.subscribe ?? subscribeToNothing,
    () => job?.run.getState().status,
  )

  function onListRead(linked: LinkedGroup[]): void {
    client.setQueryData(linkedGroupsOptions(options.backend, options.instance).queryKey, linked)
  }

  const setJob = (next?: BulkJob) =>
    setState((before) => ({ jobNumber: before.jobNumber + 1, ...(next && { job: next }) }))

  /** @param start begins the job; it is kept for another try where its code does not come */
  async function begin(
    start: (writes: Awaited<ReturnType<typeof loadBulkWrites>>) => BulkJob,
  ): Promise<void> {
    try {
      const writes = await loadChunk(loadBulkWrites())
      setMissing(undefined)
      setJob(start(writes))
    } catch (error) {
      setMissing({ error, tryAgain: () => void begin(start) })
    }
  }

  return {
    job,
    jobNumber,
    /** Why a job could not begin. */
    missing,
    isBusy: status === 'running' || status === 'paused',
    link: (groups: readonly Group[]) =>
      begin(({ startLinking }) => ({
        kind: 'linking',
        run: startLinking(groups, { ...options, onListRead }),
      })),
    unlink: (groups: readonly LinkedGroup[]) =>
      begin(({ startUnlinking }) => ({
        kind: 'unlinking',
        run: startUnlinking(groups, { ...options, onListRead }),
      })),
    close(): void {
      setMissing(undefined)
      setJob()
    },
  }
}

const subscribeToNothing = () => () => undefined

async function showInList(
  job: BulkJob,
  client: QueryClient,
  backend: Backend,
  instance: InstanceUrl,
): Promise<void> {
  if (job.kind === 'linking') await showLinked(client, backend, instance, succeeded(job.run))
  else await showUnlinked(client, backend, instance, succeeded(job.run))
  void client.invalidateQueries({ queryKey: linkedGroupsOptions(backend, instance).queryKey })
}

function succeeded<T>(run: BulkRun<T>): T[] {
  return [...run.getState().results].flatMap(([item, { status }]) =>
    status === 'done' || status === 'already' ? [item] : [],
  )
}
