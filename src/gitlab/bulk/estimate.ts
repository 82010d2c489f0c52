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

/** @returns an estimate of a run that works already */
export function createEstimate(): Estimate {
  let workedMs = 0
  let workingSince: number | undefined = Date.now()
  let finished = 0

  const sinceStart = () => (workingSince === undefined ? 0 : Date.now() - workingSince)

  return {
    start() {
      workingSince = Date.now()
    },
    stop() {
      workedMs += sinceStart()
      workingSince = undefined
    },
    finish(count) {
      finished += count
    },
    reset() {
      workedMs = 0
      finished = 0
    },
    msFor: (items) => (finished === 0 ? undefined : ((workedMs + sinceStart()) / finished) * items),
  }
}
