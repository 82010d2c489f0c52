/**
 * How builds of different ages respond: `legacy` is about 15.7 to 16.5, `current` 16.6 to 17.x, `before-19.2` 18.x and
 * up to 19.1, and `newest` what follows.
 */
export type Dialect = 'legacy' | 'current' | 'before-19.2' | 'newest'

/** Status and `message` of a refused linking request. */
type Refusal = readonly [status: number, message: string]

interface Ways {
  /** Names of the Jira groups whose members can link and unlink. GitLab checks for `org-admins` since 16.6. */
  readonly adminGroups: readonly string[]
  /** What a Jira user without permission is told; newer builds name that user's own Jira groups. */
  readonly notAnAdministrator: (jiraGroups: readonly string[]) => string
  /** The group doesn't exist, or the user can't see it. */
  readonly groupUnknown: Refusal
  /** The user can see the group, but has too low a role in it. */
  readonly roleTooLow: Refusal
  /** The `error` of a refused unlink request. */
  readonly unlinkForbidden: string
  /** The `message` for a context token that is missing or too long; older builds don't check that separately. */
  readonly malformedContextToken: string
  /** Whether only Jira administrators can change the instance; in older builds any Jira user could. */
  readonly changingInstanceNeedsAdministrator: boolean
  /** Whether `https://` is prepended to a bare `host.tld`. */
  readonly completesScheme: boolean
  /** Whether `groups_path` repeats `skip_groups[]` instead of listing ids in one value. */
  readonly repeatsSkipGroups: boolean
  /** What a validation error adds when the value isn't a URL. */
  readonly invalidUrl: readonly string[]
}

const JWT_FAILED = '401 Unauthorized - JWT authentication failed'

const CANNOT_FIND: Refusal = [401, 'Cannot find namespace. Make sure you have sufficient permissions.']
const INVALID: Refusal = [401, 'Invalid namespace. Please make sure you have sufficient permissions']
const ADMIN_GROUPS = ['site-admins', 'org-admins']

const current: Ways = {
  adminGroups: ADMIN_GROUPS,
  notAnAdministrator: () =>
    'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
  groupUnknown: CANNOT_FIND,
  roleTooLow: CANNOT_FIND,
  unlinkForbidden: 'Forbidden',
  malformedContextToken: '401 Unauthorized - Invalid JWT token',
  changingInstanceNeedsAdministrator: false,
  completesScheme: true,
  repeatsSkipGroups: false,
  invalidUrl: [],
}

const before19_2: Ways = {
  ...current,
  changingInstanceNeedsAdministrator: true,
  invalidUrl: ['must be a valid URL'],
}

/** What differs between builds of GitLab. The words of `newest` are ours; its statuses are GitLab's. */
export const DIALECTS: Record<Dialect, Ways> = {
  legacy: {
    ...current,
    adminGroups: ['site-admins'],
    notAnAdministrator: () =>
      'The Jira user is not a site administrator. Check the permissions in Jira and try again.',
    groupUnknown: INVALID,
    roleTooLow: INVALID,
    unlinkForbidden: 'forbidden',
    malformedContextToken: JWT_FAILED,
    completesScheme: false,
    repeatsSkipGroups: true,
  },
  current,
  'before-19.2': before19_2,
  newest: {
    ...before19_2,
    notAnAdministrator: (jiraGroups) =>
      `The Jira user must be in one of these Jira groups: ${ADMIN_GROUPS.join(', ')}. The user is in: ${jiraGroups.join(', ')}.`,
    groupUnknown: [404, 'Namespace not found. Make sure it exists and you can access it.'],
    roleTooLow: [403, 'You do not have permission to link this namespace.'],
  },
}
