/**
 * Stops waiting for a promise that knows nothing of the signal; what it stands for goes on.
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
