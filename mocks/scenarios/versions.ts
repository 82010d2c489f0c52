import type { Scenario } from './scenario.ts'

const LEGACY = { dialect: 'legacy', version: '15.11.13-ee' } as const

/** Nothing fails. */
export const healthyScenarios: readonly Scenario[] = [
  {
    name: 'healthy',
    sentence: 'A self-managed instance is chosen, and everything works.',
    instance: 'gitlab',
    settings: {},
    when: 'linking',
  },
  {
    name: 'healthy-gitlab-com',
    sentence: 'GitLab.com is chosen, and everything works.',
    instance: 'app',
    settings: {},
    when: 'linking',
  },
]

export const versionScenarios: readonly Scenario[] = [
  {
    name: 'legacy-gitlab',
    sentence: 'The instance is GitLab 15.11, and everything works for a site administrator.',
    instance: 'gitlab',
    settings: { jira: { adminGroup: 'site-admins' }, gitlab: LEGACY },
    when: 'linking',
  },
  {
    name: 'legacy-organization-administrator',
    sentence: 'The instance is GitLab 15.11, which only recognizes site administrators.',
    symptom: 'Failed to link group: 403, not a site administrator',
    instance: 'gitlab',
    settings: { gitlab: LEGACY },
    when: 'linking',
    failure: 'jira-user-not-administrator',
    gitlabSays: 'The Jira user is not a site administrator. Check the permissions in Jira and try again.',
    check: { 'jira-user': 'jira-user-not-administrator' },
  },
  {
    name: 'legacy-role-lost',
    sentence: 'The instance is GitLab 15.11, and the user loses their role in a group before linking it.',
    symptom: 'Failed to link group: 401, invalid namespace',
    instance: 'gitlab',
    settings: { jira: { adminGroup: 'site-admins' }, gitlab: { ...LEGACY, roles: 'lost before linking' } },
    when: 'linking',
    failure: 'group-not-linkable',
    gitlabSays: 'Invalid namespace. Please make sure you have sufficient permissions',
  },
  {
    name: 'legacy-unlinking-not-administrator',
    sentence: "The instance is GitLab 15.11, and the user who unlinks a group isn't a site administrator.",
    symptom: 'Unlink does nothing: 403 forbidden, in lower case',
    instance: 'gitlab',
    settings: { gitlab: LEGACY },
    when: 'unlinking',
    failure: 'jira-user-not-administrator',
    gitlabSays: 'forbidden',
  },
  {
    name: 'current-gitlab',
    sentence: 'The instance is GitLab 17.11, and everything works.',
    instance: 'gitlab',
    settings: { gitlab: { dialect: 'current', version: '17.11.2-ee' } },
    when: 'linking',
  },
]
