import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import type { RateLimit } from './rate-limit.ts'
import { createRateLimit } from './rate-limit.ts'

const MINUTE_MS = 60_000

const limited = (retryAfter: string | null = null) => new GitLabApiError(429, '/', undefined, { retryAfter })

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

/** How long a refusal makes a run wait, in milliseconds. */
function waitFor(rateLimit: RateLimit, error: unknown) {
  const until = rateLimit.refused(error)
  return until === 'give-up' ? until : until - Date.now()
}

test('waits until the date that GitLab names', () => {
  const rateLimit = createRateLimit()
  expect(waitFor(rateLimit, limited('Thu, 01 Jan 2026 00:00:45 GMT'))).toBe(45_000)
  vi.advanceTimersByTime(44_999)
  expect(rateLimit.wait()).toMatchObject({ until: Date.now() + 1 })
  vi.advanceTimersByTime(1)
  expect(rateLimit.wait()).toBeUndefined()
})

test('waits an hour at most, whatever GitLab asks for', () => {
  expect(waitFor(createRateLimit(), limited('86400'))).toBe(60 * MINUTE_MS)
})

test.each(['0', '1', 'Thu, 01 Jan 2015 00:00:00 GMT'])(
  'waits longer each time, though GitLab asks to wait until “%s”',
  (retryAfter) => {
    const rateLimit = createRateLimit()
    const waits = [1, 2, 3].map(() => {
      const ms = waitFor(rateLimit, limited(retryAfter))
      vi.advanceTimersByTime(Number(ms))
      return ms
    })
    expect(waits).toEqual([1_000, 2_000, 4_000])
  },
)

test('a refusal that belongs to an earlier one counts only if GitLab asks for more time', () => {
  const rateLimit = createRateLimit()
  expect(waitFor(rateLimit, limited())).toBe(1_000)
  expect(waitFor(rateLimit, limited())).toBe(1_000)
  expect(waitFor(rateLimit, limited('20'))).toBe(20_000)
  expect(waitFor(rateLimit, limited('0'))).toBe(20_000)
  vi.advanceTimersByTime(20_000)
  expect(waitFor(rateLimit, limited()), 'the second wait of its own').toBe(2_000)
})

test('a success makes the next wait as short as the first, and ends none', () => {
  const rateLimit = createRateLimit()
  rateLimit.refused(limited())
  rateLimit.succeeded()
  expect(rateLimit.wait()).toBeDefined()
  vi.advanceTimersByTime(1_000)
  expect(waitFor(rateLimit, limited())).toBe(1_000)
})

test('gives up after ten minutes without a success, and is patient again once the user resumes', () => {
  const rateLimit = createRateLimit()
  rateLimit.refused(limited())
  vi.advanceTimersByTime(10 * MINUTE_MS)
  expect(waitFor(rateLimit, limited('1'))).toBe(2_000)
  vi.advanceTimersByTime(1)
  expect(waitFor(rateLimit, limited('1'))).toBe('give-up')
  rateLimit.resume()
  expect(rateLimit.wait()).toBeUndefined()
  expect(waitFor(rateLimit, limited()), 'but waits no shorter than before').toBe(4_000)
})
