import { createBackOff } from './back-off.ts'
import type { InterruptibleWait } from './interruptible-wait.ts'

/** A request whose outcome is unknown: it might have taken effect. */
export interface UnknownOutcome<T> {
  readonly item: T
  /** What it ended with. */
  readonly error: unknown
}

export interface UnknownOutcomesOptions<T> {
  readonly readActualState: () => Promise<(item: T) => boolean>
  /** Between two attempts to read. */
  readonly wait: InterruptibleWait
  /** Called for each outcome once it's known. */
  readonly onKnown: (outcome: UnknownOutcome<T>, isDone: boolean) => void
  /** Called when the actual state can't be read. @returns what to do about it */
  readonly onUnreadable: (error: unknown) => 'read-again' | 'leave-unknown' | 'take-as-not-done'
  /** Called when reading ends, whether or not something is left unknown. */
  readonly onEnd: () => void
}

/** The requests of a run whose outcome is unknown until the actual state has been read. */
export interface UnknownOutcomes<T> {
  isEmpty(): boolean
  isSettling(): boolean
  add(outcome: UnknownOutcome<T>): void
  /** Reads the actual state, as often as it takes. Does nothing while it's being read. */
  settle(): Promise<void>
}

export function createUnknownOutcomes<T>(options: UnknownOutcomesOptions<T>): UnknownOutcomes<T> {
  const { readActualState, wait, onKnown, onUnreadable, onEnd } = options
  let outcomes: UnknownOutcome<T>[] = []
  let isSettling = false

  async function readUntilSettled(): Promise<void> {
    const backOff = createBackOff()
    while (outcomes.length > 0) {
      const batch = outcomes
      outcomes = []
      try {
        const isDone = await readActualState()
        for (const outcome of batch) onKnown(outcome, isDone(outcome.item))
        backOff.reset()
      } catch (error) {
        const next = onUnreadable(error)
        if (next === 'take-as-not-done') {
          for (const outcome of batch) onKnown(outcome, false)
          continue
        }
        outcomes = [...batch, ...outcomes]
        if (next === 'leave-unknown') return
        await wait.for(backOff.next(), { orOnline: true })
      }
    }
  }

  return {
    isEmpty: () => outcomes.length === 0,
    isSettling: () => isSettling,
    add: (outcome) => void outcomes.push(outcome),

    async settle() {
      if (isSettling) return
      isSettling = true
      await readUntilSettled()
      isSettling = false
      onEnd()
    },
  }
}
