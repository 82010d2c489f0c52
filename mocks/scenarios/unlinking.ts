import { brokenPreflight } from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const NOT_UNLINKED = 'Unlink does nothing'

/** What shows when a group is unlinked, which works without signing in. */
export const unlinkingScenarios: readonly Scenario[] = [
  {
    name: 'unlinking-not-administrator',
    sentence: "The user who unlinks a group isn't a Jira administrator.",
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
    symptom: `${NOT_UNLINKED}: no readable response`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/-/jira_connect/subscriptions/')] } },
    when: 'unlinking',
    failure: 'cors-refused',
  },
  {
    name: 'unlinked-meanwhile',
    sentence: 'Someone else has just unlinked the same group.',
    symptom: `${NOT_UNLINKED}: 404`,
    instance: 'gitlab',
    settings: { gitlab: { changedMeanwhile: true } },
    when: 'unlinking',
  },
]
