import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import { createRateLimit } from './rate-limit.ts'

const MINUTE_MS = 60_000

const limited = (retryAfter: string | null = null) => new GitLabApiError(429, '/', undefined, { retryAfter })

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

test('waits until the date that GitLab names', () => {
  expect(createRateLimit().waitAfter(limited('Thu, 01 Jan 2026 00:00:45 GMT'), true)).toBe(45_000)
})

test('waits an hour at most, whatever GitLab asks for', () => {
  expect(createRateLimit().waitAfter(limited('86400'), true)).toBe(60 * MINUTE_MS)
})

test('a refusal that belongs to an earlier one counts only if GitLab asks for a time', () => {
  const rateLimit = createRateLimit()
  expect(rateLimit.waitAfter(limited(), true)).toBe(1_000)
  expect(rateLimit.waitAfter(limited(), false)).toBeUndefined()
  expect(rateLimit.waitAfter(limited('20'), false)).toBe(20_000)
  expect(rateLimit.waitAfter(limited(), true), 'the second wait of its own').toBe(2_000)
})

test('a success makes the next wait as short as the first', () => {
  const rateLimit = createRateLimit()
  rateLimit.waitAfter(limited(), true)
  rateLimit.succeeded()
  expect(rateLimit.waitAfter(limited(), true)).toBe(1_000)
})

test('gives up after ten minutes without a success, and is patient again once the user resumes', () => {
  const rateLimit = createRateLimit()
  rateLimit.waitAfter(limited(), true)
  vi.advanceTimersByTime(10 * MINUTE_MS + 1)
  expect(rateLimit.waitAfter(limited('1'), true)).toBe('give-up')
  rateLimit.resume()
  expect(rateLimit.waitAfter(limited(), true), 'but waits no shorter than before').toBe(2_000)
})
