/** What an administrator (or an accident) has set on one GitLab instance. May change while it runs. */
export interface GitLabSettings {
  /** Which company's groups the instance holds; takes effect on `reset()`. */
  data: 'company' | 'saas'
  /** GitLab.com: `oauth_application_id` answers 404 although the application exists. */
  saas: boolean
  /** The administrator left "Jira Connect Application ID" blank: `oauth_application_id` answers 404. */
  applicationIdBlank: boolean
  /** "Jira Connect Proxy URL": the one origin with CORS access, and where install keys come from. Blank: none. */
  proxyUrl: string
  /** The OAuth application is ticked "Confidential": without a secret, the token request fails. */
  confidential: boolean
  /** The redirect URI of the OAuth application; compared literally. */
  redirectUri: string
  /** The scopes of the OAuth application. */
  scopes: readonly string[]
  /** GitLab's own value is 7200. */
  accessTokenLifetimeSeconds: number
  /** Every answer is delayed by this; an aborted request stops waiting. */
  latencyMs: number
  /** `real` asks the Jira site who the user is; the others skip that and assume its answer. */
  jiraUserCheck: 'real' | 'admin' | 'notAdmin' | 'unfetchable'
  /** Newest builds let only Jira administrators change `instance_url`; older ones any Jira user. */
  instanceChangeNeedsJiraAdmin: boolean
  /** Full paths of the groups linked, oldest first, when Jira installs the app for the first time. */
  initialLinkedGroups: readonly string[]
}

/** The settings of a correctly configured instance: GitLab.com when it is the app host itself, else self-managed. */
export function defaultSettings(publicUrl: string, appUrl: string): GitLabSettings {
  const isAppHost = publicUrl === appUrl
  return {
    data: isAppHost ? 'saas' : 'company',
    saas: isAppHost,
    applicationIdBlank: false,
    proxyUrl: isAppHost ? '' : appUrl,
    confidential: false,
    redirectUri: `${appUrl}/-/jira_connect/oauth_callbacks`,
    scopes: ['api'],
    accessTokenLifetimeSeconds: 7200,
    latencyMs: 0,
    jiraUserCheck: 'real',
    instanceChangeNeedsJiraAdmin: true,
    initialLinkedGroups: isAppHost
      ? ['acme-corp/open-source', 'acme-corp/storefront', 'acme-corp/internal-tools/design-system']
      : ['acme/payments', 'acme/platform/developer-experience', 'acme/web'],
  }
}
