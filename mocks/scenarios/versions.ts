import type { Scenario } from './scenario.ts'

const LEGACY = { dialect: 'legacy', version: '15.11.13-ee' } as const
const BEFORE_19_2 = { dialect: 'before-19.2', version: '19.1.2-ee' } as const

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
    instance: 'gitlab',
    settings: { jira: { adminGroup: 'site-admins' }, gitlab: { ...LEGACY, roles: 'lost before linking' } },
    when: 'linking',
    failure: 'group-not-linkable',
    gitlabSays: 'Invalid namespace. Please make sure you have sufficient permissions',
  },
  {
    name: 'legacy-unlinking-not-administrator',
    sentence: "The instance is GitLab 15.11, and the user who unlinks a group isn't a site administrator.",
    instance: 'gitlab',
    settings: { gitlab: LEGACY },
    when: 'unlinking',
    failure: 'jira-user-not-administrator',
    clue: 'or-unreadable',
    gitlabSays: 'forbidden',
  },
  {
    name: 'role-lost-before-19-2',
    sentence: 'The instance is GitLab 19.1, and the user loses their role in a group before linking it.',
    instance: 'gitlab',
    settings: { gitlab: { ...BEFORE_19_2, roles: 'lost before linking' } },
    when: 'linking',
    failure: 'group-not-linkable',
    gitlabSays: 'Cannot find namespace. Make sure you have sufficient permissions.',
  },
  {
    name: 'not-administrator-before-19-2',
    sentence: "The instance is GitLab 19.1, and the user who links a group isn't a Jira administrator.",
    instance: 'gitlab',
    settings: { jira: { user: 'member' }, gitlab: BEFORE_19_2 },
    when: 'linking',
    failure: 'jira-user-not-administrator',
    gitlabSays:
      'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
    check: { 'jira-user': 'jira-user-not-administrator' },
  },
  {
    name: 'gitlab-before-19-2',
    sentence: 'The instance is GitLab 19.1, and everything works.',
    instance: 'gitlab',
    settings: { gitlab: BEFORE_19_2 },
    when: 'linking',
  },
  {
    name: 'current-gitlab',
    sentence: 'The instance is GitLab 17.11, and everything works.',
    instance: 'gitlab',
    settings: { gitlab: { dialect: 'current', version: '17.11.2-ee' } },
    when: 'linking',
  },
]
