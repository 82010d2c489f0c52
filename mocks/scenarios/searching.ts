import { endpointLimit, gitlabAnswer, proxyErrorPage } from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const GROUPS = '^/api/v4/groups$'

/** What a signed-in user meets when searching groups. */
export const searchingScenarios: readonly Scenario[] = [
  {
    name: 'sign-in-revoked',
    sentence:
      'The sign-in is revoked in GitLab, so that neither the access token nor the refresh token is valid.',
    instance: 'gitlab',
    settings: {
      gitlab: {
        refreshRefused: true,
        overrides: [
          gitlabAnswer(GROUPS, 401, {
            error: 'invalid_token',
            error_description: 'Token was revoked. You have to re-authorize from the user.',
          }),
        ],
      },
    },
    when: 'searching',
    failure: 'session-expired',
    gitlabSays:
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    check: { 'sign-in': 'session-expired' },
  },
  {
    name: 'oauth-application-deleted',
    sentence:
      'The OAuth application is deleted while a user is signed in, so that the instance no longer knows the access token.',
    instance: 'gitlab',
    settings: {
      gitlab: {
        refreshRefused: true,
        overrides: [gitlabAnswer(GROUPS, 401, { message: '401 Unauthorized' })],
      },
    },
    when: 'searching',
    failure: 'session-expired',
    gitlabSays:
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    check: { 'sign-in': 'session-expired' },
  },
  {
    name: 'groups-paging-header-removed',
    sentence: 'A proxy removes the header that lets the page read how many groups there are; all are listed.',
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [{ path: GROUPS, by: 'proxy', dropsResponseHeaders: ['access-control-expose-headers'] }],
      },
    },
    when: 'searching',
  },
  {
    name: 'token-scope-too-small',
    sentence: 'The access token lacks the scope for listing groups.',
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [
          gitlabAnswer(GROUPS, 403, {
            error: 'insufficient_scope',
            error_description: 'The request requires higher privileges than provided by the access token.',
            scope: 'api read_api',
          }),
        ],
      },
    },
    when: 'searching',
    failure: 'scope-missing',
    gitlabSays: 'The request requires higher privileges than provided by the access token.',
    check: { groups: 'scope-missing' },
  },
  {
    name: 'groups-limited',
    sentence: 'The rate limit of the groups endpoint refuses every search, with an object as message.',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [endpointLimit(GROUPS)] } },
    when: 'searching',
    failure: 'too-many-requests',
    gitlabSays: 'This endpoint has been requested too many times. Try again later.',
    check: { groups: 'too-many-requests' },
  },
  {
    name: 'groups-blocked-by-firewall',
    sentence: 'A firewall in front of GitLab.com blocks searches with its own 403 page.',
    instance: 'app',
    settings: { app: { overrides: [proxyErrorPage(GROUPS, 403)] } },
    when: 'searching',
    failure: 'refused-in-front',
    check: { groups: 'refused-in-front' },
  },
  {
    name: 'groups-bad-gateway',
    sentence: 'The proxy in front of the instance responds to searches with its own 502 page.',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(GROUPS, 502)] } },
    when: 'searching',
    failure: 'cors-refused',
    clue: 'this-request',
    check: { groups: 'cors-refused' },
  },
  {
    name: 'no-group-to-link',
    sentence: "The user doesn't have the Maintainer role in any group, so there is nothing to link.",
    instance: 'gitlab',
    settings: { gitlab: { roles: 'lost before listing' } },
    when: 'searching',
  },
  {
    name: 'sign-in-refresh-blocked',
    sentence:
      "A firewall in front of GitLab.com responds with its own 403 page when the page refreshes its sign-in; GitLab hasn't ended it.",
    instance: 'app',
    settings: {
      app: {
        overrides: [
          gitlabAnswer(GROUPS, 401, {
            error: 'invalid_token',
            error_description: 'Token is expired. You can either do re-authorization or token refresh.',
          }),
          { ...proxyErrorPage('^/oauth/token$', 403, 'POST'), bodyContains: 'refresh_token' },
        ],
      },
    },
    when: 'searching',
    failure: 'token-endpoint-unreachable',
    check: { groups: 'token-endpoint-unreachable' },
  },
  {
    name: 'group-after-many',
    sentence:
      'A pasted URL names a group that comes after 120 others with the same word in their paths; exactly that group is found.',
    instance: 'gitlab',
    settings: {},
    groups: [
      { fullPath: 'acme/api-gateway' },
      ...Array.from({ length: 120 }, (_, index) => ({ fullPath: `acme/api-gateway/service-${index + 1}` })),
      { fullPath: 'acme/api' },
    ],
    when: 'searching',
  },
  {
    name: 'group-with-short-name',
    sentence:
      'One of 150 groups has a name of two letters, which GitLab finds by the whole name only; typing it finds the group.',
    instance: 'gitlab',
    settings: {},
    groups: [
      ...Array.from({ length: 150 }, (_, index) => ({ fullPath: `quality-${index + 1}` })),
      { fullPath: 'qa' },
    ],
    when: 'searching',
  },
  {
    name: 'many-groups',
    sentence:
      'There are 350 more groups, so that the list loads in parts; Home and End reach its first and last row at once.',
    instance: 'gitlab',
    settings: {},
    groups: Array.from({ length: 350 }, (_, index) => ({ fullPath: `team-${index + 1}` })),
    when: 'searching',
  },
  {
    name: 'group-being-deleted',
    sentence: 'A group is scheduled for deletion, which its row says.',
    instance: 'gitlab',
    settings: {},
    groups: [{ fullPath: 'acme/closing-down', markedForDeletionOn: '2027-01-15' }],
    when: 'searching',
  },
  {
    name: 'admin-mode',
    sentence:
      "Admin Mode is on, so that an administrator's token lists only the groups in which the administrator has a role.",
    instance: 'gitlab',
    settings: { gitlab: { adminMode: true } },
    when: 'searching',
  },
]
