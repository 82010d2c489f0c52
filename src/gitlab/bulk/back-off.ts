const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** Waits that double from a second up to a minute, for a server that doesn't say how long to wait. */
export interface BackOff {
  /** @returns how long to wait this time, in milliseconds */
  next(): number
  /** Begins again with the shortest wait. */
  reset(): void
}

export function createBackOff(): BackOff {
  let nextMs = FIRST_WAIT_MS

  return {
    next() {
      const ms = nextMs
      nextMs = Math.min(2 * nextMs, LONGEST_WAIT_MS)
      return ms
    },
    reset() {
      nextMs = FIRST_WAIT_MS
    },
  }
}
