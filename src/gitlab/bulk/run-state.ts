import type { PauseReason, RunStatus } from './run-phase.ts'
import type { ItemResult, ResultCounts } from './run-results.ts'

export interface Pause {
  readonly reason: PauseReason
  readonly error: unknown
  /** When the run resumes by itself, in milliseconds since the epoch; undefined if that isn't known. */
  readonly until?: number | undefined
}

export interface BulkState<T> {
  readonly status: RunStatus
  /** Why it is paused; undefined while it is not. */
  readonly pause: Pause | undefined
  /** No request is under way, and none will be before the user asks for it. */
  readonly isAtRest: boolean
  /** In the order of the items. Always the newest: only the state around it is a snapshot. */
  readonly results: ReadonlyMap<T, ItemResult>
  readonly counts: ResultCounts
  /** Estimated time until the end; undefined while too little is known. */
  readonly remainingMs: number | undefined
}

export interface BulkRun<T> {
  getState(): BulkState<T>
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void
  /** Sends nothing more. Requests under way finish, since otherwise their outcome would be unknown. */
  cancel(): void
  /** Resumes after a pause, at once. */
  resume(): void
  /** Once the run has ended: begins again with the failed items only. */
  retryFailed(): void
}
