import { createQueryStringHash, encodeSymmetric, fromMethodAndUrl } from '@atlassian/atlassian-jwt'
import { DIALECTS } from '#mocks/gitlab/dialects.ts'
import type { Instance } from '#mocks/gitlab/instance.ts'
import type { ContextToken } from './context-token.ts'

const TOKEN_LIFETIME_SECONDS = 60

/** What GitLab learns from Jira about the user of a context token. */
export interface JiraRole {
  readonly isAdmin: boolean
  /** Names of the user's Jira groups. */
  readonly groups: readonly string[]
}

/**
 * Asks the Jira site whether the user of a context token is an administrator, that is, a member of a group named exactly
 * `site-admins` or (in newer builds) `org-admins`.
 * @returns `unfetchable` when Jira doesn't respond with 200, or the token names no user
 * @throws {TypeError} the Jira site can't be reached
 */
export async function fetchJiraRole(
  instance: Instance,
  { installation, accountId }: ContextToken,
): Promise<JiraRole | 'unfetchable'> {
  const { jiraUserCheck } = instance.settings
  if (jiraUserCheck === 'unfetchable') return 'unfetchable'
  if (jiraUserCheck !== 'real') return { isAdmin: jiraUserCheck === 'admin', groups: [] }
  if (accountId === null) return 'unfetchable'
  const base = installation.baseUrl.replace(/\/+$/, '')
  const url = `${base}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}&expand=groups`
  const issuedAt = Math.floor(instance.now() / 1000)
  const token = encodeSymmetric(
    {
      iss: appKey(instance.appUrl),
      iat: issuedAt,
      exp: issuedAt + TOKEN_LIFETIME_SECONDS,
      qsh: createQueryStringHash(fromMethodAndUrl('GET', url), false, base),
    },
    installation.sharedSecret,
  )
  const response = await instance.network(
    new Request(url, { headers: { Authorization: `JWT ${token}`, Accept: 'application/json' } }),
  )
  if (response.status !== 200) return 'unfetchable'
  const user = (await response.json()) as { groups?: { items?: { name?: string }[] } }
  const { adminGroups } = DIALECTS[instance.settings.dialect]
  const groups = (user.groups?.items ?? []).flatMap(({ name }) => name ?? [])
  return { isAdmin: groups.some((name) => adminGroups.includes(name)), groups }
}

/** The key of the app in its descriptor, at most 64 characters; it doesn't contain the port. */
function appKey(appUrl: string): string {
  return `gitlab-jira-connect-${new URL(appUrl).hostname}`.slice(0, 64)
}
