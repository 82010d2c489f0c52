/**
 * Stops waiting for a promise when a signal aborts. The work behind the promise continues.
 * @returns what the promise resolves to
 * @throws what it rejects with; the signal's reason as soon as the signal aborts
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort)
  })
}
