import { frontDoorLimit, gitlabAnswer, proxyErrorPage } from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const LINK = '^/api/v4/integrations/jira_connect/subscriptions$'
const NOT_LINKED = 'Failed to link group'

/** What a signed-in user meets when linking a group. Some of them don't fail. */
export const linkingScenarios: readonly Scenario[] = [
  {
    name: 'access-token-short-lived',
    sentence: 'Access tokens last 20 seconds and are renewed without the user noticing.',
    instance: 'gitlab',
    settings: { gitlab: { accessTokenLifetimeSeconds: 20 } },
    when: 'linking',
  },
  {
    name: 'groups-uncounted',
    sentence: 'The instance has too many groups to count and leaves out the totals.',
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
    sentence: "Jira doesn't let the app read its users.",
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
    sentence: "The user who links a group isn't a Jira administrator.",
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
    sentence:
      "The user who links a group is a Jira administrator through a group that GitLab doesn't recognize.",
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
    sentence: 'The user loses their role in a group between finding and linking it.',
    symptom: `${NOT_LINKED}: 401, cannot find namespace`,
    instance: 'gitlab',
    settings: { gitlab: { roles: 'lost before linking' } },
    when: 'linking',
    failure: 'group-not-linkable',
    gitlabSays: 'Cannot find namespace. Make sure you have sufficient permissions.',
  },
  {
    name: 'linked-meanwhile',
    sentence: 'Someone else has just linked the same group.',
    symptom: `${NOT_LINKED}: 422, already added`,
    instance: 'gitlab',
    settings: { gitlab: { changedMeanwhile: true } },
    when: 'linking',
  },
  {
    name: 'linking-context-token-refused',
    sentence: "The instance doesn't accept the context token when a group is linked.",
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
    sentence: "The instance doesn't have the endpoint for linking groups.",
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
    sentence:
      "The instance fails with a server error when a group is linked, for example because it can't reach Jira.",
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
    sentence: "The instance's general rate limit refuses to link a group, in plain text.",
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
    symptom: `${NOT_LINKED}: no readable response, 403 in the network log`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(LINK, 403)] } },
    when: 'linking',
    failure: 'cors-refused',
    check: { 'jira-user': 'cors-refused' },
  },
]
