import type { Dialect } from './dialects.ts'
import type { Override } from './overrides.ts'

/** Faults in some of the requests that link or unlink a group. Plain data. */
interface WriteFaults {
  /** Every nth request fails; 0: none. */
  readonly everyNth: number
  /**
   * `server-error`: status 500, nothing changes. `answer-lost`: the change is made, then the connection breaks.
   * `connection-lost`: the connection breaks before the change. `asked-to-wait`: status 429, nothing changes. `slow`: the
   * change is made, and the response comes two seconds late. Several take turns.
   */
  readonly kinds: readonly ('server-error' | 'answer-lost' | 'connection-lost' | 'asked-to-wait' | 'slow')[]
}

/** The rate limit for requests that link or unlink a group. */
export interface WriteLimit {
  /** How many are let through in each window. */
  readonly requests: number
  readonly windowSeconds: number
}

/** How one GitLab instance is configured, on purpose or by mistake. Can be changed while it runs. */
export interface GitLabSettings {
  /** Which company's groups the instance holds; takes effect on `reset()`. */
  data: 'company' | 'saas'
  /** Number of groups in addition to those, all owned by Amira; takes effect on `reset()`. */
  manyGroups: number
  /** GitLab.com: `oauth_application_id` responds with 404 although the application exists. */
  saas: boolean
  /** The error messages and rules of older or newer builds. */
  dialect: Dialect
  /** The version in `/version` and `/metadata`, such as `15.6.0-ee`; it has no other effect. */
  version: string

  /** No one has created the OAuth application yet; it can be created through the API. */
  applicationMissing: boolean
  /** The administrator left "Jira Connect Application ID" blank: `oauth_application_id` responds with 404. */
  applicationIdBlank: boolean
  /** Another "Jira Connect Application ID" that the administrator entered, such as a wrong one; null: the application's. */
  applicationIdMistyped: string | null
  /** "Jira Connect Proxy URL": the one origin with CORS access, and where install keys come from. Blank: none. */
  proxyUrl: string
  /** "Jira Connect Additional Audience URL": a second base URL that is accepted as the audience of lifecycle events. Blank: none. */
  additionalAudienceUrl: string
  /** The base URL that the instance takes for its own where a reverse proxy rewrites Host; null: its public URL. */
  internalUrl: string | null

  /** "Confidential" is selected for the OAuth application: token requests without a secret fail. */
  confidential: boolean
  /** "Trusted" is selected for the OAuth application: instead of the consent page, a page appears that leads nowhere. */
  trusted: boolean
  /** The redirect URI of the OAuth application; compared character by character. */
  redirectUri: string
  /** The scopes of the OAuth application. */
  scopes: readonly string[]
  /** Single sign-on loses the return URL, so signing in ends on the home page. Users who are already signed in aren't affected. */
  ssoLoop: boolean
  /** After "Authorize" the window stays on a GitLab page. */
  neverReturns: boolean
  /** GitLab's own value is 7200. */
  accessTokenLifetimeSeconds: number
  /** Refresh tokens are refused as used or revoked: `invalid_grant`. */
  refreshRefused: boolean
  /** Every user who calls the API is blocked. */
  accountBlocked: boolean
  /** Admin Mode is on: a token lists and links only what its user has a role in, also that of an administrator. */
  adminMode: boolean
  /** Whether users keep their roles, or lose them before groups are listed, or between listing and linking. */
  roles: 'kept' | 'lost before listing' | 'lost before linking'
  /** Someone else has just linked, or unlinked, the same group. */
  changedMeanwhile: boolean

  /** Delay of every response, until it is lowered; an aborted request stops waiting. */
  latencyMs: number
  /** `real` asks the Jira site who the user is; the others skip the request and assume its result. */
  jiraUserCheck: 'real' | 'admin' | 'notAdmin' | 'unfetchable'
  /** The instance has an old shared secret until the next `installed` event, so it refuses context tokens. */
  staleSecret: boolean
  /** The response to the `installed` event: the real one, a certain status, or none. */
  installedEvent: 'real' | 'network-error' | number
  /** A reason for which every instance URL is blocked, such as `Requests to the local network are not allowed`; null: URLs are validated. */
  instanceUrlBlockedBecause: string | null
  /** With more matches than this, GitLab doesn't count them and leaves out the totals; GitLab's own limit is 10,000. */
  maxCountedGroups: number
  /** Full paths of the groups that are linked, oldest first, when Jira installs the app for the first time. */
  initialLinkedGroups: readonly string[]
  /** Number of additional groups that are linked then; takes effect on `reset()`. */
  manyLinkedGroups: number
  /** Faults in some of the requests that link or unlink a group. */
  writeFaults: WriteFaults
  /** The rate limit for these requests; null: none. */
  writeLimit: WriteLimit | null
  /** What a proxy in front of the instance, or the instance itself, does to certain requests. */
  overrides: readonly Override[]
  /** On the instance that serves the page: whether the page's Content-Security-Policy leaves out the chosen instance. */
  policyLacksInstance: boolean
  /** On the instance that serves the page: something on the way refuses the script of Atlassian's bridge. */
  bridgeScriptBlocked: boolean
}

/** The settings of a correctly configured instance: GitLab.com if it is the app host itself, otherwise self-managed. */
export function defaultSettings(publicUrl: string, appUrl: string): GitLabSettings {
  const isAppHost = publicUrl === appUrl
  return {
    data: isAppHost ? 'saas' : 'company',
    manyGroups: 0,
    saas: isAppHost,
    dialect: 'newest',
    version: '19.3.0-ee',
    applicationMissing: false,
    applicationIdBlank: false,
    applicationIdMistyped: null,
    proxyUrl: isAppHost ? '' : appUrl,
    additionalAudienceUrl: '',
    internalUrl: null,
    confidential: false,
    trusted: false,
    redirectUri: `${appUrl}/-/jira_connect/oauth_callbacks`,
    scopes: ['api'],
    ssoLoop: false,
    neverReturns: false,
    accessTokenLifetimeSeconds: 7200,
    refreshRefused: false,
    accountBlocked: false,
    adminMode: false,
    roles: 'kept',
    changedMeanwhile: false,
    latencyMs: 0,
    jiraUserCheck: 'real',
    staleSecret: false,
    installedEvent: 'real',
    instanceUrlBlockedBecause: null,
    maxCountedGroups: 10_000,
    initialLinkedGroups: isAppHost
      ? ['acme-corp/open-source', 'acme-corp/storefront', 'acme-corp/internal-tools/design-system']
      : ['acme/payments', 'acme/platform/developer-experience', 'acme/web'],
    manyLinkedGroups: 0,
    writeFaults: { everyNth: 0, kinds: ['server-error', 'answer-lost', 'connection-lost'] },
    writeLimit: null,
    overrides: [],
    policyLacksInstance: false,
    bridgeScriptBlocked: false,
  }
}
