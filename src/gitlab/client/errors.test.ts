import { describe, expect, test } from 'vitest'
import { GitLabApiError, messageOf } from './errors.ts'

const linkPath = '/api/v4/integrations/jira_connect/subscriptions'
const listPath = '/-/jira_connect/subscriptions.json'

describe('GitLabApiError', () => {
  test.each([
    [
      401,
      linkPath,
      { error: 'invalid_token', error_description: 'Token is expired.' },
      'access-token-refused',
    ],
    [401, linkPath, { message: '401 Unauthorized' }, 'access-token-missing'],
    [401, linkPath, { message: '401 Unauthorized - JWT authentication failed' }, 'context-token-refused'],
    [401, linkPath, { message: '401 Unauthorized - Invalid JWT token' }, 'context-token-refused'],
    [
      401,
      linkPath,
      { message: 'Cannot find namespace. Make sure you have sufficient permissions.' },
      'group-not-linkable',
    ],
    [
      401,
      linkPath,
      { message: 'Invalid namespace. Please make sure you have sufficient permissions' },
      'group-not-linkable',
    ],
    [403, linkPath, { error: 'insufficient_scope', scope: 'api' }, 'scope-missing'],
    [403, linkPath, { message: '403 Forbidden - Your account has been blocked.' }, 'gitlab-account-refused'],
    [
      403,
      linkPath,
      { message: 'Could not fetch user information from Jira. Check the permissions in Jira and try again.' },
      'jira-user-unreadable',
    ],
    [403, linkPath, { message: 'The Jira user is not a site administrator.' }, 'jira-user-not-administrator'],
    [
      403,
      `/gitlab${linkPath}`,
      { message: 'You need to be in one of the Jira groups site-admins, org-admins. Yours: staff.' },
      'jira-user-not-administrator',
    ],
    [403, linkPath, { message: 'You do not have permission to link this namespace.' }, 'group-not-linkable'],
    [
      403,
      linkPath,
      { message: 'Required groups: site-admins, org-admins. Yours: staff.' },
      'jira-user-not-administrator',
    ],
    [403, linkPath, { message: 'Something new' }, 'request-refused'],
    [403, linkPath, undefined, 'gitlab-account-refused'],
    [404, `/gitlab${linkPath}`, { message: 'Namespace not found.' }, 'group-not-linkable'],
    [404, linkPath, { message: 'no Route matched with those values' }, 'not-found'],
    [404, linkPath, { message: null }, 'not-found'],
    [404, linkPath, { message: '404 Not Found' }, 'not-found'],
    [404, linkPath, { error: '404 Not Found' }, 'not-found'],
    [404, linkPath, undefined, 'not-found'],
    [404, '/api/v4/groups', { message: 'Namespace not found.' }, 'not-found'],
    [
      403,
      '/-/jira_connect/installations',
      { errors: 'You need to be in one of the Jira groups site-admins, org-admins.' },
      'jira-user-not-administrator',
    ],
    [403, '/gitlab/-/jira_connect/subscriptions/7', { error: 'Forbidden' }, 'jira-user-not-administrator'],
    [403, listPath, undefined, 'context-token-refused'],
    [404, listPath, undefined, 'not-found'],
    [422, linkPath, { message: 'Namespace has already been added' }, 'group-already-linked'],
    [422, linkPath, { error: 'The row refuses deletion' }, 'request-refused'],
    [
      429,
      '/api/v4/groups',
      { message: { error: 'This endpoint has been requested too many times.' } },
      'too-many-requests',
    ],
    [502, listPath, undefined, 'gitlab-broken'],
  ])('knows what %i from %s with %o means', (status, path, body, code) => {
    expect(new GitLabApiError(status, path, body).code).toBe(code)
  })
})

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
  [new Date(Date.now() + 90_000).toUTCString(), 90],
  ['soon', undefined],
  [null, undefined],
])('reads how long GitLab asks to wait: %s', (retryAfter, seconds) => {
  const { retryAfterSeconds } = new GitLabApiError(429, linkPath, undefined, retryAfter)
  if (seconds === undefined) expect(retryAfterSeconds).toBeUndefined()
  else expect(Math.abs((retryAfterSeconds ?? -100) - seconds)).toBeLessThan(5)
})
