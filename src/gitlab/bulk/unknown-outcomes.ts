import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import type { WriteOutcome } from '#src/gitlab/linked-groups/linking.ts'
import { createBackOff } from './back-off.ts'
import type { InterruptibleWait } from './interruptible-wait.ts'
import { askedWaitMs } from './rate-limit.ts'

/** A request whose outcome is unknown: it might have taken effect. */
export interface UnknownOutcome<T> {
  readonly item: T
  /** What it ended with. */
  readonly error: unknown
  /** The outcome if what is wanted turns out to be done. */
  readonly ifTrue: WriteOutcome
  /** Whether the response suggested that it is. */
  readonly isClaimed: boolean
}

export interface UnknownOutcomesOptions<T> {
  readonly readActualState: () => Promise<(item: T) => boolean>
  /** Whether outcomes are to be found out now; the others are left unknown. */
  readonly mayRead: () => boolean
  /** Between two attempts to read. */
  readonly wait: InterruptibleWait
  /** Called for each outcome once it's known. */
  readonly onKnown: (outcome: UnknownOutcome<T>, isDone: boolean) => void
  /** Called once all outcomes that were unknown when reading began are known. */
  readonly onAllKnown: () => void
  /** Called when the actual state can't be read. @returns what to do about it */
  readonly onUnreadable: (error: unknown) => 'read-again' | 'give-up'
  /** Called for each outcome that stays unknown after giving up. @param error why the actual state can't be read */
  readonly onGivenUp: (outcome: UnknownOutcome<T>, error: unknown) => void
  /** Called when reading ends, whether or not something is left unknown. */
  readonly onEnd: () => void
}

/** The requests of a run whose outcome is unknown until the actual state has been read. */
export interface UnknownOutcomes<T> {
  /** Whether there is something to read the actual state for. */
  isEmpty(): boolean
  isSettling(): boolean
  /** @returns whether the outcome is unknown, also after giving up */
  has(item: T): boolean
  /** How many responses suggest that what is wanted is done. */
  claims(): number
  add(outcome: UnknownOutcome<T>): void
  /** Reads the actual state, as often as it takes. Does nothing if there is no need to, or while it's being read. */
  settle(): Promise<void>
  /** What was given up is to be settled after all. */
  takeUp(): void
}

export function createUnknownOutcomes<T>(options: UnknownOutcomesOptions<T>): UnknownOutcomes<T> {
  const { readActualState, mayRead, wait, onKnown, onAllKnown, onUnreadable, onGivenUp, onEnd } = options
  const outcomes = new Map<T, UnknownOutcome<T>>()
  const givenUp = new Map<T, UnknownOutcome<T>>()
  let whyGivenUp: unknown
  let isSettling = false

  async function readUntilSettled(): Promise<void> {
    const backOff = createBackOff()
    // Once it was given up, nothing is read before the user wants it: GitLab might have asked to wait.
    if (givenUp.size > 0) giveUp(whyGivenUp)
    while (outcomes.size > 0 && mayRead()) {
      // Those that are added in the meantime might have taken effect after the state was read.
      const batch = [...outcomes.values()]
      let isDone: (item: T) => boolean
      try {
        isDone = await readActualState()
      } catch (error) {
        if (onUnreadable(error) === 'give-up') giveUp(error)
        else if (mayRead()) await waitToRead(Math.max(backOff.next(), askedWaitMs(error) ?? 0), error)
        continue
      }
      backOff.reset()
      for (const outcome of batch) {
        outcomes.delete(outcome.item)
        onKnown(outcome, isDone(outcome.item))
      }
      onAllKnown()
    }
  }

  function giveUp(error: unknown): void {
    whyGivenUp = error
    for (const [item, outcome] of outcomes) {
      givenUp.set(item, outcome)
      onGivenUp(outcome, error)
    }
    outcomes.clear()
  }

  function waitToRead(ms: number, error: unknown): Promise<void> {
    // If GitLab has responded, the browser wasn't offline, so going online doesn't end the wait.
    return wait.for(ms, { orOnline: !(error instanceof GitLabApiError) })
  }

  return {
    isEmpty: () => outcomes.size === 0,
    isSettling: () => isSettling,
    has: (item) => outcomes.has(item) || givenUp.has(item),
    claims: () => [...outcomes.values()].filter(({ isClaimed }) => isClaimed).length,
    add: (outcome) => void outcomes.set(outcome.item, outcome),

    async settle() {
      if (isSettling || outcomes.size === 0) return
      isSettling = true
      await readUntilSettled()
      isSettling = false
      onEnd()
    },

    takeUp() {
      for (const [item, outcome] of givenUp) outcomes.set(item, outcome)
      givenUp.clear()
    },
  }
}
