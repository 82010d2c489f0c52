import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import { createBackOff } from './back-off.ts'

/** A server can ask for any time, but users don't keep a page open for longer than this. */
const LONGEST_ASKED_WAIT_MS = 60 * 60_000
/** After waiting this long without a single success, the user decides whether to go on. */
const PATIENCE_MS = 10 * 60_000

/** Decides how long to wait when GitLab limits the requests of a run. */
export interface RateLimit {
  /**
   * GitLab refused a request with 429: wait as long as it asks in Retry-After, but at least a time that grows with each
   * refusal, since it can ask for no time at all. The requests that were under way when GitLab began to refuse are one
   * refusal, but a later one can ask for more time.
   * @returns until when to wait, in milliseconds since the epoch; `give-up` after ten minutes without a success
   * @see RFC 6585 section 4, RFC 9110 section 10.2.3
   */
  refused(error: unknown): number | 'give-up'
  /** @returns the wait that isn't over, whatever else a run has been paused for; undefined for none */
  wait(): Wait | undefined
  /** The wait that ended then is over, even if the clock was set back in the meantime. */
  ended(until: number): void
  /** A request was successful. */
  succeeded(): void
  /** The user wants to go on: nothing is waited for, and patience begins again. */
  resume(): void
}

interface Wait {
  /** The refusal that the wait is for. */
  readonly error: unknown
  /** In milliseconds since the epoch. */
  readonly until: number
}

export function createRateLimit(): RateLimit {
  const backOff = createBackOff()
  let limitedSince: number | undefined
  let longest: Wait = { error: undefined, until: 0 }

  const isOver = () => longest.until <= Date.now()

  return {
    refused(error) {
      limitedSince ??= Date.now()
      const ownWaitMs = isOver() ? backOff.next() : 0
      const until = Date.now() + Math.max(ownWaitMs, askedWaitMs(error) ?? 0)
      if (until > longest.until) longest = { error, until }
      return Date.now() - limitedSince > PATIENCE_MS ? 'give-up' : longest.until
    },
    wait: () => (isOver() ? undefined : longest),
    ended(until) {
      if (longest.until === until) longest = { error: undefined, until: 0 }
    },
    succeeded() {
      limitedSince = undefined
      backOff.reset()
    },
    resume() {
      limitedSince = undefined
      longest = { error: undefined, until: 0 }
    },
  }
}

/** @returns how long a response asks to wait before the next request, in milliseconds; undefined if it doesn't */
export function askedWaitMs(error: unknown): number | undefined {
  const seconds = error instanceof GitLabApiError ? error.retryAfterSeconds : undefined
  return seconds === undefined ? undefined : Math.min(seconds * 1000, LONGEST_ASKED_WAIT_MS)
}
