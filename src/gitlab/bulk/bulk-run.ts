import { lackedToken, UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import type { Claim, WriteOutcome } from '#src/gitlab/linked-groups/linking.ts'
import { createEstimate } from './estimate.ts'
import type { FailureMeaning } from './failure-meaning.ts'
import { createInterruptibleWait } from './interruptible-wait.ts'
import { createRateLimit } from './rate-limit.ts'
import type { RunEvent, RunPhase } from './run-phase.ts'
import { hasEnded, isStopped, phaseAfter, statusOf } from './run-phase.ts'
import { createRunResults } from './run-results.ts'
import type { BulkRun, BulkState, Pause } from './run-state.ts'
import { createStreak } from './streak.ts'
import type { UnknownOutcome } from './unknown-outcomes.ts'
import { createUnknownOutcomes } from './unknown-outcomes.ts'

export interface BulkRunOptions<T> {
  readonly items: readonly T[]
  /** Does what is wanted for one item. @returns undefined once that is confirmed */
  readonly perform: (item: T) => Promise<Claim | undefined>
  /** What an error that `perform` or `readActualState` throws means for the whole run. */
  readonly meaningOf: (error: unknown) => FailureMeaning
  /** Reads the actual state from GitLab. @returns whether what is wanted for an item is done */
  readonly readActualState: () => Promise<(item: T) => boolean>
  /** How many requests are under way at once. */
  readonly concurrency: number
  /** How often one item is sent while the actual state is that it isn't done. */
  readonly mostAttempts?: number
}

/** Unless the options say otherwise. */
const MOST_ATTEMPTS = 3

/** With this many claims, the actual state is read before more is sent; each one that proves true allows one more. */
const FIRST_CLAIMS = 3

/**
 * Does the same for many items, a few at a time, through whatever happens in between: slows down when GitLab asks to
 * wait, pauses while there is no connection or after the sign-in has ended, and stops at what would fail for every item.
 * Nothing counts as done unless a response confirms it or the actual state shows it, which it reads before it sends
 * anything twice. Starts at once.
 */
export function createBulkRun<T>(options: BulkRunOptions<T>): BulkRun<T> {
  const { items, perform, meaningOf, readActualState, concurrency, mostAttempts = MOST_ATTEMPTS } = options
  const results = createRunResults(items)
  const estimate = createEstimate()
  const rateLimit = createRateLimit()
  const streak = createStreak<T>()
  const readWait = createInterruptibleWait()
  const askedWait = createInterruptibleWait()
  const unsettled = createUnknownOutcomes<T>({
    readActualState,
    // During a pause that needs the user, nothing is requested.
    mayRead: () => !isStopped(phase) || hasEnded(phase),
    wait: readWait,
    onKnown: decide,
    onAllKnown: emit,
    onUnreadable(error) {
      const meaning = meaningOf(error)
      if (phase === 'canceled' || meaning === 'item') return 'give-up'
      if (meaning === 'every-item' || meaning === 'item-or-every') transition('gitlab-refuses', { error })
      else transition('reading-fails', { error })
      emit()
      return 'read-again'
    },
    onGivenUp({ item, error, isClaimed }, whyUnreadable) {
      if (lackedToken(error)) fail(item, error)
      // What an unconfirmed claim says might be false.
      else fail(item, isClaimed ? whyUnreadable : new UnknownOutcomeError(error))
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
  /** Never has an item whose outcome is unknown. */
  let queue = [...results.all.keys()]
  let underWay = 0
  /** How many requests can be under way now: after a pause one goes first, and each success lets one more go. */
  let limit = concurrency
  let mostClaims = FIRST_CLAIMS
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
    estimate.stop()
    if (next === 'running') estimate.start()
    phase = next
    pause = next === 'running' || hasEnded(next) ? undefined : { reason: next, error: undefined, ...why }
    if (isStopped(next)) readWait.interrupt()
    return true
  }

  /** Sends what can be sent now, reads what has to be known first, and notices the end. */
  function advance(): void {
    if (queue.length > 0) waitAsAsked()
    while (phase === 'running' && canSend() && underWay < limit && queue.length > 0)
      void send(queue.shift() as T)
    const canSettle = phase === 'running' || phase === 'connection-lost' || hasEnded(phase)
    if (canSettle && underWay === 0 && !unsettled.isSettling()) {
      if (!unsettled.isEmpty()) void unsettled.settle()
      else transition(results.counts().waiting > 0 ? 'partial-work-ends' : 'work-ends')
    }
    emit()
  }

  function canSend(): boolean {
    return !unsettled.isSettling() && unsettled.claims() < mostClaims
  }

  async function send(item: T): Promise<void> {
    underWay += 1
    results.set(item, { status: 'running' })
    try {
      const claim = await perform(item)
      if (claim) unsettled.add({ item, isClaimed: !claim.isUnconfirmed, ...claim })
      else succeed(item)
    } catch (error) {
      judge(item, error)
    }
    underWay -= 1
    advance()
  }

  function succeed(item: T, status: WriteOutcome = 'done'): void {
    results.set(item, { status })
    estimate.finish(1)
    streak.end()
    rateLimit.succeeded()
    limit = Math.min(limit + 1, concurrency)
  }

  function judge(item: T, error: unknown): void {
    switch (meaningOf(error)) {
      case 'wait':
        putBack(item)
        if (rateLimit.refused(error) === 'give-up') transition('gitlab-refuses', { error })
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
        unsettled.add({ item, error, ifTrue: 'done', isClaimed: false })
        transition('connection-breaks', { error })
        break
      case 'uncertain':
        // Settled with the others at the end: reading the list for each of them would take its time.
        unsettled.add({ item, error, ifTrue: 'done', isClaimed: false })
        failOrStop(item, error)
        break
      case 'item-or-every':
        failOrStop(item, error)
        break
      case 'item':
        fail(item, error)
    }
  }

  /** @param isLast whether the others go first */
  function putBack(item: T, isLast = false): void {
    results.set(item, { status: 'waiting' })
    if (phase === 'canceled' || unsettled.has(item)) return
    if (isLast) queue.push(item)
    else queue.unshift(item)
  }

  function fail(item: T, error: unknown): void {
    results.set(item, { status: 'failed', error })
    estimate.finish(1)
  }

  /** Fails an item for a reason that might not be its own: after a streak of these, they all wait with the others. */
  function failOrStop(item: T, error: unknown): void {
    fail(item, error)
    if (phase === 'canceled') return
    const alike = streak.add(item, error)
    if (alike.length === 0) return
    for (const one of alike) putBack(one, true)
    estimate.finish(-alike.length)
    transition('gitlab-refuses', { error })
  }

  /** Pauses as long as GitLab asks for. During another pause, that has to wait for its end. */
  function waitAsAsked(): void {
    const wait = rateLimit.wait()
    if (!wait || wait.until === pause?.until || !transition('gitlab-asks-to-wait', wait)) return
    limit = 1
    // If GitLab asks for more in the meantime, this ends too early, and advancing waits again.
    void askedWait.for(wait.until - Date.now(), { orOnline: false }).then(() => {
      rateLimit.ended(wait.until)
      if (transition('wait-ends')) advance()
    })
  }

  function decide({ item, error, ifTrue, isClaimed }: UnknownOutcome<T>, isDone: boolean): void {
    const status = results.statusOf(item)
    if (isClaimed) mostClaims = isDone ? mostClaims + 1 : FIRST_CLAIMS
    if (isDone) {
      if (status === 'failed') estimate.finish(-1)
      succeed(item, ifTrue)
      return
    }
    if (status === 'failed') return
    if (phase === 'canceled') {
      // To leave it waiting would say that it was never sent.
      fail(item, error)
      return
    }
    if (status === 'waiting') {
      queue.push(item)
      return
    }
    const attempt = (attempts.get(item) ?? 0) + 1
    attempts.set(item, attempt)
    if (attempt < mostAttempts) putBack(item)
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
        readWait.interrupt()
        return
      }
      if (!transition('user-resumes')) return
      limit = 1
      rateLimit.resume()
      streak.end()
      void unsettled.settle()
      advance()
    },

    retryFailed() {
      if (!state.isAtRest || !transition('user-retries')) return
      attempts.clear()
      streak.reset()
      estimate.reset()
      limit = concurrency
      for (const [item, { status }] of results.all) if (status === 'failed') putBack(item, true)
      unsettled.takeUp()
      void unsettled.settle()
      advance()
    },
  }
}
