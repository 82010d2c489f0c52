/** How builds of different ages respond: `legacy` is about 15.7 to 16.5, `current` 16.6 to 17.x, `newest` 18.x and 19.x. */
export type Dialect = 'legacy' | 'current' | 'newest'

interface Ways {
  /** Names of the Jira groups whose members can link and unlink. GitLab checks for `org-admins` since 16.6. */
  readonly adminGroups: readonly string[]
  readonly notAnAdministrator: string
  readonly cannotFindNamespace: string
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

const current: Ways = {
  adminGroups: ['site-admins', 'org-admins'],
  notAnAdministrator:
    'The Jira user is not a site or organization administrator. Check the permissions in Jira and try again.',
  cannotFindNamespace: 'Cannot find namespace. Make sure you have sufficient permissions.',
  unlinkForbidden: 'Forbidden',
  malformedContextToken: '401 Unauthorized - Invalid JWT token',
  changingInstanceNeedsAdministrator: false,
  completesScheme: true,
  repeatsSkipGroups: false,
  invalidUrl: [],
}

/** What differs between builds of GitLab. */
export const DIALECTS: Record<Dialect, Ways> = {
  legacy: {
    ...current,
    adminGroups: ['site-admins'],
    notAnAdministrator:
      'The Jira user is not a site administrator. Check the permissions in Jira and try again.',
    cannotFindNamespace: 'Invalid namespace. Please make sure you have sufficient permissions',
    unlinkForbidden: 'forbidden',
    malformedContextToken: JWT_FAILED,
    completesScheme: false,
    repeatsSkipGroups: true,
  },
  current,
  newest: { ...current, changingInstanceNeedsAdministrator: true, invalidUrl: ['must be a valid URL'] },
}
