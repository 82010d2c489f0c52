import { brokenPreflight, readOnlyRedirect } from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

/** What shows when a group is unlinked, which works without signing in. */
export const unlinkingScenarios: readonly Scenario[] = [
  {
    name: 'unlinking-not-administrator',
    sentence: "The user who unlinks a group isn't a Jira administrator.",
    instance: 'gitlab',
    settings: { jira: { user: 'member' } },
    when: 'unlinking',
    failure: 'jira-user-not-administrator',
    clue: 'or-unreadable',
    gitlabSays: 'Forbidden',
  },
  {
    name: 'unlinking-jira-user-hidden',
    sentence:
      "Jira doesn't let the app read its users, so that GitLab can't look up the one who unlinks a group.",
    instance: 'gitlab',
    settings: { jira: { users: 'hidden' } },
    when: 'unlinking',
    failure: 'jira-user-not-administrator',
    clue: 'or-unreadable',
    gitlabSays: 'Forbidden',
  },
  {
    name: 'unlinking-read-only',
    sentence: 'The instance is in maintenance mode when a group is unlinked, and redirects the request.',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [readOnlyRedirect('^/-/jira_connect/subscriptions/')] } },
    when: 'unlinking',
    failure: 'cors-refused',
    clue: 'only-writing',
  },
  {
    name: 'unlinking-preflight-broken',
    sentence: 'A proxy refuses the preflight of the request that unlinks a group.',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/-/jira_connect/subscriptions/')] } },
    when: 'unlinking',
    failure: 'cors-refused',
    clue: 'only-writing',
  },
  {
    name: 'unlinked-meanwhile',
    sentence: 'Someone else has just unlinked the same group.',
    instance: 'gitlab',
    settings: { gitlab: { changedMeanwhile: true } },
    when: 'unlinking',
  },
]
