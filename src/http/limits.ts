/** Even a slow GitLab responds within this time. */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * @param signal of the caller, which ends the request earlier
 * @returns a signal for one request, which also aborts after 30 seconds, and whether it did because of that
 */
export function limitTime(signal?: AbortSignal): { readonly signal: AbortSignal; isOver(): boolean } {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  return {
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    isOver: () => timeout.aborted,
  }
}

/** A body is larger than any that the page asks for. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

/**
 * @returns the body, which breaks off with a {@link BodyTooLargeError} if it exceeds the limit; the rest isn't read.
 * In Chromium, `Response.text()` and `json()` replace this error with a TypeError, as for a lost connection.
 */
export function limitBody(body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> {
  let bytesLeft = maxBytes
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        bytesLeft -= chunk.byteLength
        if (bytesLeft < 0) controller.error(new BodyTooLargeError(`More than ${maxBytes} bytes`))
        else controller.enqueue(chunk)
      },
    }),
  )
}
