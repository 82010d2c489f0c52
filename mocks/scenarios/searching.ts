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
]
