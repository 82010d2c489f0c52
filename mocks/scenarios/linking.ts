import {
  brokenPreflight,
  endpointLimit,
  frontDoorLimit,
  gitlabAnswer,
  proxyErrorPage,
} from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const GROUPS = '^/api/v4/groups$'
const LINK = '^/api/v4/integrations/jira_connect/subscriptions$'
const NO_GROUPS = 'Failed to load groups'
const NOT_LINKED = 'Failed to link group'
const NOT_UNLINKED = 'Unlink does nothing'

/** What shows to somebody signed in who searches groups, or links one. */
export const linkingScenarios: readonly Scenario[] = [
  {
    name: 'sign-in-revoked',
    sentence:
      'The sign-in is revoked in GitLab, so that neither the access token nor the refresh token is of use.',
    symptom: `${NO_GROUPS}: 401 invalid_token`,
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
    name: 'access-token-short-lived',
    sentence: 'Access tokens last 20 seconds, and are renewed unnoticed.',
    instance: 'gitlab',
    settings: { gitlab: { accessTokenLifetimeSeconds: 20 } },
    when: 'linking',
  },
  {
    name: 'token-scope-too-small',
    sentence: 'The access token lacks the scope for listing groups.',
    symptom: `${NO_GROUPS}: 403 insufficient_scope`,
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
    sentence: 'The limit of the groups endpoint refuses every search with an object as message.',
    symptom: `${NO_GROUPS}: 429, JSON`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [endpointLimit(GROUPS)] } },
    when: 'searching',
    failure: 'too-many-requests',
    gitlabSays: 'This endpoint has been requested too many times. Try again later.',
    check: { groups: 'too-many-requests' },
  },
  {
    name: 'groups-bad-gateway',
    sentence: 'The proxy in front of the instance answers searches with its own 502 page.',
    symptom: `${NO_GROUPS}: no readable answer, 414 or 502 in the network log`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(GROUPS, 502)] } },
    when: 'searching',
    failure: 'cors-refused',
    check: { groups: 'cors-refused' },
  },
  {
    name: 'no-group-to-link',
    sentence: 'The user has the Maintainer role in no group, so that there is nothing to link.',
    symptom: 'No groups found: 200, empty',
    instance: 'gitlab',
    settings: { gitlab: { roles: 'lost before listing' } },
    when: 'searching',
  },
  {
    name: 'groups-uncounted',
    sentence: 'The instance has too many groups to count, and leaves the totals out.',
    instance: 'gitlab',
    settings: { gitlab: { maxCountedGroups: 0 } },
    when: 'linking',
  },
  {
    name: 'version-too-old',
    sentence: 'The instance says it is GitLab 15.6, a version too old for the app.',
    instance: 'gitlab',
    settings: { gitlab: { version: '15.6.0-ee' } },
    when: 'linking',
    check: { version: 'gitlab-too-old' },
  },
  {
    name: 'jira-user-hidden',
    sentence: 'Jira does not let the app read its users.',
    symptom: `${NOT_LINKED}: 403, could not fetch user information`,
    instance: 'gitlab',
    settings: { jira: { users: 'hidden' } },
    when: 'linking',
    failure: 'jira-user-unreadable',
    gitlabSays: 'Could not fetch user information from Jira. Check the permissions in Jira and try again.',
    check: { 'jira-user': 'jira-user-unreadable' },
  },
  {
    name: 'jira-user-not-administrator',
    sentence: 'Whoever links a group is no Jira administrator.',
    symptom: `${NOT_LINKED}: 403, not an administrator`,
    instance: 'gitlab',
    settings: { jira: { user: 'member' } },
    when: 'linking',
    failure: 'jira-user-not-administrator',
    gitlabSays:
      'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
    check: { 'jira-user': 'jira-user-not-administrator' },
  },
  {
    name: 'jira-administrator-by-other-group',
    sentence: 'Whoever links a group administers Jira by a group that GitLab does not know.',
    symptom: `${NOT_LINKED}: 403, not an administrator`,
    instance: 'gitlab',
    settings: { jira: { adminGroup: 'jira-administrators' } },
    when: 'linking',
    failure: 'jira-user-not-administrator',
    gitlabSays:
      'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
    check: { 'jira-user': 'jira-user-not-administrator' },
  },
  {
    name: 'role-lost',
    sentence: 'The user loses the role in a group between finding it and linking it.',
    symptom: `${NOT_LINKED}: 401, cannot find namespace`,
    instance: 'gitlab',
    settings: { gitlab: { roles: 'lost before linking' } },
    when: 'linking',
    failure: 'group-not-linkable',
    gitlabSays: 'Cannot find namespace. Make sure you have sufficient permissions.',
  },
  {
    name: 'linked-meanwhile',
    sentence: 'Somebody else links the same group a moment before.',
    symptom: `${NOT_LINKED}: 422, already added`,
    instance: 'gitlab',
    settings: { gitlab: { changedMeanwhile: true } },
    when: 'linking',
  },
  {
    name: 'linking-context-token-refused',
    sentence: 'The instance does not accept the context token when a group is linked.',
    symptom: `${NOT_LINKED}: 401, JWT authentication failed`,
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [gitlabAnswer(LINK, 401, { message: '401 Unauthorized - JWT authentication failed' })],
      },
    },
    when: 'linking',
    failure: 'context-token-refused',
    gitlabSays: '401 Unauthorized - JWT authentication failed',
    check: { 'jira-user': 'context-token-refused' },
  },
  {
    name: 'linking-endpoint-missing',
    sentence: 'The instance does not know the address by which groups are linked.',
    symptom: `${NOT_LINKED}: 404`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [gitlabAnswer(LINK, 404, { error: '404 Not Found' })] } },
    when: 'linking',
    failure: 'not-found',
    gitlabSays: '404 Not Found',
    check: { 'jira-user': 'not-found' },
  },
  {
    name: 'linking-broken',
    sentence: 'The instance fails with a server error when a group is linked, as when it cannot reach Jira.',
    symptom: `${NOT_LINKED}: 500`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [gitlabAnswer(LINK, 500, { message: '500 Internal Server Error' })] } },
    when: 'linking',
    failure: 'gitlab-broken',
    gitlabSays: '500 Internal Server Error',
    check: { 'jira-user': 'gitlab-broken' },
  },
  {
    name: 'linking-limited',
    sentence: "The instance's front-door limit refuses to link a group with plain text.",
    symptom: `${NOT_LINKED}: 429, text`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [frontDoorLimit(LINK)] } },
    when: 'linking',
    failure: 'too-many-requests',
    check: { 'jira-user': 'too-many-requests' },
  },
  {
    name: 'linking-blocked-by-firewall',
    sentence: 'A firewall blocks the request that links a group with its own 403 page.',
    symptom: `${NOT_LINKED}: no readable answer, 403 in the network log`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(LINK, 403)] } },
    when: 'linking',
    failure: 'cors-refused',
    check: { 'jira-user': 'cors-refused' },
  },
]

/** What shows when a group is unlinked, which needs no sign-in. */
export const unlinkingScenarios: readonly Scenario[] = [
  {
    name: 'unlinking-not-administrator',
    sentence: 'Whoever unlinks a group is no Jira administrator.',
    symptom: `${NOT_UNLINKED}: 403 Forbidden`,
    instance: 'gitlab',
    settings: { jira: { user: 'member' } },
    when: 'unlinking',
    failure: 'jira-user-not-administrator',
    gitlabSays: 'Forbidden',
  },
  {
    name: 'unlinking-preflight-broken',
    sentence: 'A proxy refuses the preflight of the request that unlinks a group.',
    symptom: `${NOT_UNLINKED}: no readable answer`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/-/jira_connect/subscriptions/')] } },
    when: 'unlinking',
    failure: 'cors-refused',
  },
  {
    name: 'unlinked-meanwhile',
    sentence: 'Somebody else unlinks the same group a moment before.',
    symptom: `${NOT_UNLINKED}: 404`,
    instance: 'gitlab',
    settings: { gitlab: { changedMeanwhile: true } },
    when: 'unlinking',
  },
]
