import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import { createBackOff } from './back-off.ts'

/** A server can ask for any time, but users don't keep a page open for longer than this. */
const LONGEST_ASKED_WAIT_MS = 60 * 60_000
/** After waiting this long without a single success, the user decides whether to go on. */
const PATIENCE_MS = 10 * 60_000

/** Decides how long to wait when GitLab limits the requests of a run. */
export interface RateLimit {
  /**
   * How long to wait after GitLab refused a request with 429: as long as it asks in Retry-After, otherwise longer each
   * time.
   * @param isFirst false for the other requests that were under way when GitLab began to refuse: all of them are one
   *   refusal, but a later one can ask for more time
   * @returns milliseconds; `give-up` after ten minutes without a success; undefined if it changes nothing
   * @see RFC 6585 section 4, RFC 9110 section 10.2.3
   */
  waitAfter(error: unknown, isFirst: boolean): number | 'give-up' | undefined
  /** A request was successful. */
  succeeded(): void
  /** Patience begins again: the user wants to go on. */
  resume(): void
}

export function createRateLimit(): RateLimit {
  const backOff = createBackOff()
  let limitedSince: number | undefined

  return {
    waitAfter(error, isFirst) {
      limitedSince ??= Date.now()
      if (Date.now() - limitedSince > PATIENCE_MS) return 'give-up'
      const ownWaitMs = isFirst ? backOff.next() : undefined
      return askedWaitMs(error) ?? ownWaitMs
    },
    succeeded() {
      limitedSince = undefined
      backOff.reset()
    },
    resume() {
      limitedSince = undefined
    },
  }
}

function askedWaitMs(error: unknown): number | undefined {
  const seconds = error instanceof GitLabApiError ? error.retryAfterSeconds : undefined
  return seconds === undefined ? undefined : Math.min(seconds * 1000, LONGEST_ASKED_WAIT_MS)
}
