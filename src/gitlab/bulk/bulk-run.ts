import type { WriteOutcome } from '#src/gitlab/linked-groups/linking.ts'
import { createEstimate } from './estimate.ts'
import type { FailureMeaning } from './failure-meaning.ts'
import { createInterruptibleWait } from './interruptible-wait.ts'
import { createRateLimit } from './rate-limit.ts'
import type { PauseReason, RunEvent, RunPhase, RunStatus } from './run-phase.ts'
import { hasEnded, isStopped, phaseAfter, statusOf } from './run-phase.ts'
import type { ItemResult, ResultCounts } from './run-results.ts'
import { createRunResults } from './run-results.ts'
import { createStreak } from './streak.ts'
import type { UnknownOutcome } from './unknown-outcomes.ts'
import { createUnknownOutcomes } from './unknown-outcomes.ts'

interface Pause {
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

export interface BulkRunOptions<T> {
  readonly items: readonly T[]
  /** Does what is wanted for one item. @returns `already` if it had been done before */
  readonly perform: (item: T) => Promise<WriteOutcome>
  /** What an error that `perform` or `readActualState` throws means for the whole run. */
  readonly meaningOf: (error: unknown) => FailureMeaning
  /** Reads the actual state from GitLab. @returns whether what is wanted for an item is done */
  readonly readActualState: () => Promise<(item: T) => boolean>
  /** How many requests are under way at once. */
  readonly concurrency: number
}

/** How often one item is sent while the connection breaks again and again. */
const MOST_ATTEMPTS = 3

/**
 * Does the same for many items, a few at a time, through whatever happens in between: slows down when GitLab asks to
 * wait, pauses while there is no connection or after the sign-in has ended, and stops at what would fail for every item.
 * After a request whose outcome is unknown, it reads the actual state before it sends anything twice. Starts at once.
 */
export function createBulkRun<T>(options: BulkRunOptions<T>): BulkRun<T> {
  const { items, perform, meaningOf, readActualState, concurrency } = options
  const results = createRunResults(items)
  const estimate = createEstimate()
  const rateLimit = createRateLimit()
  const streak = createStreak<T>()
  const wait = createInterruptibleWait()
  const unsettled = createUnknownOutcomes<T>({
    readActualState,
    wait,
    onKnown: decide,
    onUnreadable(error) {
      if (phase === 'canceled') return 'take-as-not-done'
      if (meaningOf(error) === 'every-item') transition('gitlab-refuses', { error })
      if (isStopped(phase)) return 'leave-unknown'
      transition('reading-fails', { error })
      emit()
      return 'read-again'
    },
    onEnd() {
      if (transition('reading-succeeds')) limit = 1
      advance()
    },
  })
  const attempts = new Map<T, number>()
  const listeners = new Set<() => void>()
  let phase: RunPhase = 'running'
  let pause: Pause | undefined
  let queue = [...results.all.keys()]
  let underWay = 0
  /** How many requests can be under way now: after a pause one goes first, and each success lets one more go. */
  let limit = concurrency
  let state = snapshot()

  function snapshot(): BulkState<T> {
    return {
      status: statusOf(phase),
      pause,
      isAtRest: isStopped(phase) && underWay === 0 && !unsettled.isSettling(),
      results: results.all,
      counts: results.counts(),
      remainingMs: remainingMs(),
    }
  }

  function remainingMs(): number | undefined {
    const workMs = estimate.msFor(queue.length + results.counts().running)
    if (workMs === undefined || phase === 'canceled') return undefined
    return workMs + (pause?.until === undefined ? 0 : Math.max(0, pause.until - Date.now()))
  }

  function emit(): void {
    state = snapshot()
    for (const listener of listeners) listener()
  }

  /** @returns whether the event changed the phase: {@link phaseAfter} has the table */
  function transition(event: RunEvent, why?: Omit<Pause, 'reason'>): boolean {
    const next = phaseAfter(phase, event)
    if (next === undefined) return false
    if (phase === 'running') estimate.stop()
    if (next === 'running') estimate.start()
    phase = next
    pause = next === 'running' || hasEnded(next) ? undefined : { reason: next, error: undefined, ...why }
    if (isStopped(next)) wait.interrupt()
    return true
  }

  /** Sends what can be sent now, and notices the end. */
  function advance(): void {
    while (phase === 'running' && underWay < limit && queue.length > 0) void send(queue.shift() as T)
    const canSettle = phase === 'running' || phase === 'connection-lost' || hasEnded(phase)
    if (canSettle && underWay === 0 && !unsettled.isSettling()) {
      if (!unsettled.isEmpty()) void unsettled.settle()
      else transition(results.counts().waiting > 0 ? 'partial-work-ends' : 'work-ends')
    }
    emit()
  }

  async function send(item: T): Promise<void> {
    underWay += 1
    results.set(item, { status: 'running' })
    try {
      succeed(item, await perform(item))
    } catch (error) {
      judge(item, error)
    }
    underWay -= 1
    advance()
  }

  function succeed(item: T, outcome: WriteOutcome): void {
    results.set(item, { status: outcome })
    estimate.finish(1)
    streak.end()
    rateLimit.succeeded()
    limit = Math.min(limit + 1, concurrency)
  }

  function judge(item: T, error: unknown): void {
    switch (meaningOf(error)) {
      case 'wait':
        putBack(item)
        waitAsAsked(error)
        break
      case 'signed-out':
        putBack(item)
        transition('sign-in-ends', { error })
        break
      case 'every-item':
        putBack(item)
        transition('gitlab-refuses', { error })
        break
      case 'connection':
        unsettled.add({ item, error })
        transition('connection-breaks', { error })
        break
      case 'uncertain':
        // Settled with the others at the end: reading the list for each of them would take its time.
        unsettled.add({ item, error })
        failOrStop(item, error)
        break
      case 'item':
        fail(item, error)
    }
  }

  function putBack(item: T): void {
    results.set(item, { status: 'waiting' })
    if (phase !== 'canceled' && !queue.includes(item)) queue.unshift(item)
  }

  function fail(item: T, error: unknown): void {
    results.set(item, { status: 'failed', error })
    estimate.finish(1)
  }

  /** Fails an item for a reason that might not be its own: after a streak of these, they all wait with the others. */
  function failOrStop(item: T, error: unknown): void {
    fail(item, error)
    const alike = streak.add(item, error)
    if (alike.length === 0 || phase === 'canceled') return
    for (const one of alike) putBack(one)
    estimate.finish(-alike.length)
    transition('gitlab-refuses', { error })
  }

  function waitAsAsked(error: unknown): void {
    if (phaseAfter(phase, 'gitlab-asks-to-wait') === undefined) return
    const waitMs = rateLimit.waitAfter(error, phase === 'running')
    if (waitMs === undefined) return
    if (waitMs === 'give-up') {
      transition('gitlab-refuses', { error })
      return
    }
    const until = Math.max(pause?.until ?? 0, Date.now() + waitMs)
    if (until === pause?.until) return
    limit = 1
    wait.interrupt()
    transition('gitlab-asks-to-wait', { error, until })
    void wait.for(until - Date.now()).then(() => {
      if (pause?.until === until && transition('wait-ends')) advance()
    })
  }

  function decide({ item, error }: UnknownOutcome<T>, isDone: boolean): void {
    const status = results.statusOf(item)
    if (isDone) {
      if (status === 'done' || status === 'already') return
      if (status === 'failed') estimate.finish(-1)
      queue = queue.filter((one) => one !== item)
      succeed(item, 'done')
      return
    }
    // Only an item without a verdict is still running; what was said about the others stands.
    if (status !== 'running') return
    const attempt = (attempts.get(item) ?? 0) + 1
    attempts.set(item, attempt)
    if (attempt < MOST_ATTEMPTS && phase !== 'canceled') putBack(item)
    else failOrStop(item, error)
  }

  advance()
  return {
    getState: () => state,

    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    cancel() {
      if (!transition('user-cancels')) return
      queue = []
      advance()
    },

    resume() {
      if (phase === 'connection-lost' && unsettled.isSettling()) {
        wait.interrupt()
        return
      }
      if (!transition('user-resumes')) return
      limit = 1
      rateLimit.resume()
      streak.end()
      wait.interrupt()
      if (unsettled.isEmpty()) advance()
      else void unsettled.settle()
    },

    retryFailed() {
      if (!state.isAtRest || !transition('user-retries')) return
      attempts.clear()
      streak.end()
      estimate.reset()
      limit = concurrency
      for (const [item, { status }] of results.all) {
        if (status !== 'failed') continue
        results.set(item, { status: 'waiting' })
        queue.push(item)
      }
      advance()
    },
  }
}
