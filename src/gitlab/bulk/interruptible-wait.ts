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
        function end(): void {
          clearTimeout(timer)
          removeEventListener('online', end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        if (orOnline) addEventListener('online', end)
        endLast = end
      }),
    interrupt: () => endLast?.(),
  }
}
