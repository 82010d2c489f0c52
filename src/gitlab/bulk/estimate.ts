/** Estimates the time left from the time worked so far: pauses don't count. */
export interface Estimate {
  /** The run works from now on. */
  start(): void
  /** The run pauses or ends. */
  stop(): void
  /** @param count of items that have a final result; negative for items that lost theirs */
  finish(count: number): void
  /** Forgets what it has seen. */
  reset(): void
  /** @returns the time that as many items will take; undefined before the first one is finished */
  msFor(items: number): number | undefined
}

/** No request takes longer. If more time has passed since the last one, the computer slept, or its clock was changed. */
const LONGEST_GAP_MS = 60_000

/** @returns an estimate of a run that works already */
export function createEstimate(): Estimate {
  let workedMs = 0
  /** Since when the time worked isn't counted yet. */
  let since: number | undefined = Date.now()
  let finished = 0

  const gapMs = () => (since === undefined ? 0 : Math.min(Math.max(0, Date.now() - since), LONGEST_GAP_MS))

  function count(next: number | undefined): void {
    workedMs += gapMs()
    since = next
  }

  return {
    start() {
      since = Date.now()
    },
    stop: () => count(undefined),
    finish(items) {
      count(since === undefined ? undefined : Date.now())
      finished += items
    },
    reset() {
      workedMs = 0
      finished = 0
    },
    msFor: (items) => (finished === 0 ? undefined : ((workedMs + gapMs()) / finished) * items),
  }
}
