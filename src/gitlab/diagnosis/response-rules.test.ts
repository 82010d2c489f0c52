import { expect, test } from 'vitest'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'

const LINK = 'POST /gitlab/api/v4/integrations/jira_connect/subscriptions'
const UNLINK = 'DELETE /-/jira_connect/subscriptions/7'
const SAVE = 'PUT /-/jira_connect/installations'
const READ = 'GET /-/jira_connect/installations'
const LIST = 'GET /-/jira_connect/subscriptions.json'
const ID = 'GET /-/jira_connect/oauth_application_id'
const GROUPS = 'GET /api/v4/groups'

const NO_BODY = undefined
const READ_ONLY = { message: 'You cannot perform write operations on a read-only instance' }
const NOT_ADMINISTRATOR = {
  message:
    'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
}

function verdict(status: number, request: string, body: unknown, kind?: 'html' | 'text') {
  const [method = '', path = ''] = request.split(' ')
  const { code, clue } = new GitLabApiError(status, path, body, { method, ...(kind && { kind }) })
  return clue === undefined ? code : `${code} (${clue})`
}

test.each([
  // About the access token.
  [401, LINK, { error: 'invalid_token', error_description: 'Token is expired.' }, 'access-token-refused'],
  [401, GROUPS, { message: '401 Unauthorized' }, 'access-token-missing'],
  [401, GROUPS, { message: 'Cannot find namespace.' }, 'request-refused'],
  [403, LINK, { error: 'insufficient_scope', scope: 'api' }, 'scope-missing'],
  [403, LINK, { message: '403 Forbidden - Your account has been blocked.' }, 'gitlab-account-refused'],
  [403, GROUPS, { message: '403 Forbidden' }, 'request-refused'],
  [401, GROUPS, { message: 'Jwt is expired' }, 'request-refused'],
  [401, GROUPS, { message: 'No API key found in request' }, 'request-refused'],
  [403, UNLINK, { message: 'Forbidden' }, 'jira-user-not-administrator (or-unreadable)'],
  [403, UNLINK, { message: 'Access denied by policy' }, 'request-refused'],
  [403, LINK, { message: 'Access to /jira_connect/ is denied' }, 'request-refused'],
  [405, GROUPS, { error: '405 Not Allowed' }, 'request-refused'],

  // About Jira's context token.
  [401, LINK, { message: '401 Unauthorized - JWT authentication failed' }, 'context-token-refused'],
  [401, LINK, { message: '401 Unauthorized - Invalid JWT token' }, 'context-token-refused'],
  [403, LIST, NO_BODY, 'context-token-refused'],
  [403, READ, NO_BODY, 'context-token-refused'],
  [403, UNLINK, NO_BODY, 'context-token-refused'],

  // About the Jira user.
  [403, LINK, { message: 'Could not fetch user information from Jira. Check …' }, 'jira-user-unreadable'],
  [403, SAVE, { errors: 'Could not fetch user information from Jira. Check …' }, 'jira-user-unreadable'],
  [403, LINK, { message: 'The Jira user is not a site administrator.' }, 'jira-user-not-administrator'],
  [403, LINK, NOT_ADMINISTRATOR, 'jira-user-not-administrator'],
  [
    403,
    LINK,
    { message: 'You need to be in one of the Jira groups site-admins, org-admins. Yours: staff.' },
    'jira-user-not-administrator',
  ],
  [
    403,
    LINK,
    { message: 'Required groups: site-admins, org-admins. Yours: staff.' },
    'jira-user-not-administrator',
  ],
  [403, SAVE, { errors: NOT_ADMINISTRATOR.message }, 'jira-user-not-administrator (or-unreadable)'],
  [403, UNLINK, { error: 'Forbidden' }, 'jira-user-not-administrator (or-unreadable)'],
  [403, UNLINK, { error: 'forbidden' }, 'jira-user-not-administrator (or-unreadable)'],

  // About the group.
  [401, LINK, { message: 'Cannot find namespace. Make sure you have …' }, 'group-not-linkable'],
  [401, LINK, { message: 'Invalid namespace. Please make sure you have …' }, 'group-not-linkable'],
  [
    403,
    LINK,
    { message: 'You do not have permission to link this namespace.' },
    'group-not-linkable (role-too-low)',
  ],
  [404, LINK, { message: 'Namespace not found.' }, 'group-not-linkable (group-unknown)'],
  [422, LINK, { message: 'Namespace has already been added' }, 'group-already-linked'],

  // About the request.
  [404, LINK, { message: 'no Route matched with those values' }, 'not-found'],
  [404, LINK, { message: '404 Not Found' }, 'not-found'],
  [404, LINK, { error: '404 Not Found' }, 'not-found'],
  [404, GROUPS, { message: 'Namespace not found.' }, 'not-found'],
  [404, LIST, NO_BODY, 'not-found'],
  [403, LINK, { message: 'Something new' }, 'request-refused'],
  [403, GROUPS, { message: 'Forbidden' }, 'request-refused'],
  [403, LIST, { message: 'Something new' }, 'request-refused'],
  [401, LIST, { message: '401 Unauthorized' }, 'request-refused'],
  [422, LINK, { error: 'The row refuses deletion' }, 'request-refused'],
  [422, GROUPS, { errors: 'Network error' }, 'request-refused'],
  [400, LINK, { error: 'jwt is missing' }, 'request-refused'],

  // About another instance, while it is saved.
  [422, SAVE, { errors: { instance_url: ['is blocked: URI is invalid'] } }, 'instance-url-refused'],
  [
    422,
    SAVE,
    { errors: 'Could not be installed on the instance. Network error' },
    'installation-unreachable',
  ],
  [
    422,
    SAVE,
    { errors: 'Could not be installed on the instance. Error response code 401' },
    'installation-refused',
  ],
  [
    422,
    SAVE,
    { errors: 'Could not be installed on the instance. Error response code 404' },
    'installation-blocked',
  ],

  // GitLab can't do it at the moment.
  [403, LINK, READ_ONLY, 'gitlab-read-only'],
  [403, SAVE, READ_ONLY, 'gitlab-read-only'],
  [
    429,
    GROUPS,
    { message: { error: 'This endpoint has been requested too many times.' } },
    'too-many-requests',
  ],
  [500, LINK, { message: '500 Internal Server Error' }, 'gitlab-broken'],
  [502, LIST, NO_BODY, 'gitlab-broken (not-running)'],
  [503, GROUPS, { message: 'Maintenance' }, 'gitlab-broken (not-running)'],
  [522, GROUPS, NO_BODY, 'gitlab-broken (not-running)'],

  // GitLab never refuses these with an empty body, nor in these ways.
  [403, GROUPS, NO_BODY, 'refused-in-front'],
  [403, LINK, NO_BODY, 'refused-in-front'],
  [403, ID, NO_BODY, 'refused-in-front'],
  [401, LIST, NO_BODY, 'refused-in-front (sign-in)'],
  [407, GROUPS, NO_BODY, 'refused-in-front (sign-in)'],
  [405, UNLINK, NO_BODY, 'refused-in-front (method)'],
  [501, UNLINK, NO_BODY, 'refused-in-front (method)'],
  [414, LIST, NO_BODY, 'refused-in-front (too-large)'],
])('knows what %i from %s with %o means: %s', (status, request, body, expected) => {
  expect(verdict(status, request, body)).toBe(expected)
})

test.each([
  [400, LIST, 'html', 'refused-in-front'],
  [401, GROUPS, 'html', 'refused-in-front (sign-in)'],
  [403, GROUPS, 'html', 'refused-in-front'],
  [403, LIST, 'html', 'refused-in-front'],
  [403, UNLINK, 'text', 'refused-in-front'],
  [403, SAVE, 'html', 'refused-in-front'],
  [404, ID, 'html', 'not-found'],
  [418, GROUPS, 'html', 'refused-in-front'],
  [429, GROUPS, 'text', 'too-many-requests'],
  [502, GROUPS, 'html', 'gitlab-broken (not-running)'],
  [500, GROUPS, 'html', 'gitlab-broken'],
] as const)('%i from %s as %s isn’t in GitLab’s own form: %s', (status, request, kind, expected) => {
  expect(verdict(status, request, undefined, kind)).toBe(expected)
})
