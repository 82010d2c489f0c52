import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { GitLabApiError, GitLabUnreachableError, messageOf, mightHaveTakenEffect } from './errors.ts'

const linkPath = '/api/v4/integrations/jira_connect/subscriptions'

describe('messageOf', () => {
  test.each([
    [
      { errors: 'Could not be installed on the instance. Network error' },
      'Could not be installed on the instance. Network error',
    ],
    [
      { errors: { instance_url: ['is blocked: URI is invalid', 'must be a valid URL'] } },
      'instance url is blocked: URI is invalid, must be a valid URL',
    ],
    [{ message: '404 Not Found', error: 'other' }, '404 Not Found'],
    [{ message: { error: 'Too many requests.' } }, 'Too many requests.'],
    [{ error: 'invalid_token', error_description: 'Token is expired.' }, 'Token is expired.'],
    [{ error: 'Forbidden' }, 'Forbidden'],
    [{ success: true }, undefined],
    [undefined, undefined],
    ['<html>', undefined],
    [{ message: null }, undefined],
  ])('finds GitLab’s message in %o', (body, message) => {
    expect(messageOf(body)).toBe(message)
  })

  test('shortens a message of any length to what a page can show', () => {
    expect(messageOf({ message: 'x'.repeat(100_000) })).toHaveLength(500)
  })
})

test.each([
  ['120', 120],
  ['0', 0],
  ['Thu, 01 Jan 2026 01:01:30 GMT', 90],
  ['soon', undefined],
  [null, undefined],
])('reads how long GitLab asks to wait: %s', (retryAfter, seconds) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T01:00:00Z') })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  expect(new GitLabApiError(429, linkPath, undefined, { retryAfter }).retryAfterSeconds).toBe(seconds)
})

test('a date in Retry-After is measured by the server’s clock, since the user’s may be an hour slow', () => {
  const refused = new GitLabApiError(429, '/', undefined, {
    retryAfter: 'Thu, 01 Jan 2026 01:00:30 GMT',
    date: 'Thu, 01 Jan 2026 01:00:00 GMT',
  })
  expect(refused.retryAfterSeconds).toBe(30)
})

test.each([
  ['after its response was lost', linkPath, true],
  ['not while it was waiting for a new token, which it is sent with', '/gitlab/oauth/token', false],
])('a request can have taken effect %s', (_when, path, might) => {
  const failure = new GitLabUnreachableError({ code: 'gitlab-unreachable' }, path)
  expect(mightHaveTakenEffect(failure)).toBe(might)
})
