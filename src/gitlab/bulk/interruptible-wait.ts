/** A computer that sleeps stops its timers, but not its clock, so that is looked at as often as this. */
const LONGEST_STEP_MS = 5_000

export interface InterruptibleWait {
  /**
   * @param orOnline whether the browser going online ends it, too
   * @returns resolves after the time, or earlier if it is interrupted
   */
  for(ms: number, options: { readonly orOnline: boolean }): Promise<void>
  /** Ends the wait that began last, if it hasn't ended. */
  interrupt(): void
}

export function createInterruptibleWait(): InterruptibleWait {
  let endLast: (() => void) | undefined

  return {
    for: (ms, { orOnline }) =>
      new Promise((resolve) => {
        const until = Date.now() + ms
        // Counted as well, since the clock can be set back.
        let leftMs = ms
        let timer: ReturnType<typeof setTimeout> | undefined
        function step(): void {
          const stepMs = Math.min(leftMs, LONGEST_STEP_MS)
          leftMs -= stepMs
          timer = setTimeout(leftMs > 0 ? look : end, stepMs)
        }
        function look(): void {
          if (Date.now() < until) step()
          else end()
        }
        function end(): void {
          clearTimeout(timer)
          removeEventListener('online', end)
          resolve()
        }
        step()
        if (orOnline) addEventListener('online', end)
        endLast = end
      }),
    interrupt: () => endLast?.(),
  }
}
