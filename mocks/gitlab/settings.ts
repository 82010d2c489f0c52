import type { Dialect } from './dialects.ts'
import type { Override } from './overrides.ts'

/** What goes wrong with some of the requests that link or unlink a group. Plain data. */
interface WriteFaults {
  /** Every so-many-th of them goes wrong; 0: none. */
  readonly everyNth: number
  /**
   * `server-error`: status 500, nothing is changed. `answer-lost`: what was asked for is done, and the connection breaks.
   * `connection-lost`: the connection breaks before. `asked-to-wait`: status 429, nothing is changed. `slow`: done, but
   * answered two seconds late. In turn where there are several.
   */
  readonly kinds: readonly ('server-error' | 'answer-lost' | 'connection-lost' | 'asked-to-wait' | 'slow')[]
}

/** The front-door throttle for requests that link or unlink a group. */
export interface WriteLimit {
  /** So many are let through in each window. */
  readonly requests: number
  readonly windowSeconds: number
}

/** What an administrator (or an accident) has set on one GitLab instance. May change while it runs. */
export interface GitLabSettings {
  /** Which company's groups the instance holds; takes effect on `reset()`. */
  data: 'company' | 'saas'
  /** How many groups there are besides those, all owned by Amira; takes effect on `reset()`. */
  manyGroups: number
  /** GitLab.com: `oauth_application_id` answers 404 although the application exists. */
  saas: boolean
  /** The wording and the rules of older or newer builds. */
  dialect: Dialect
  /** What `/version` and `/metadata` say, such as `15.6.0-ee`; nothing else follows from it. */
  version: string

  /** The administrator left "Jira Connect Application ID" blank: `oauth_application_id` answers 404. */
  applicationIdBlank: boolean
  /** What the administrator pasted as "Jira Connect Application ID" by mistake; null: the application's own id. */
  applicationIdMistyped: string | null
  /** "Jira Connect Proxy URL": the one origin with CORS access, and where install keys come from. Blank: none. */
  proxyUrl: string
  /** "Jira Connect Additional Audience URL": a second base URL that lifecycle events may be meant for. Blank: none. */
  additionalAudienceUrl: string
  /** The base URL the instance believes to have, where a reverse proxy rewrites Host; null: its public one. */
  internalUrl: string | null

  /** The OAuth application is ticked "Confidential": without a secret, the token request fails. */
  confidential: boolean
  /** The OAuth application is ticked "Trusted": an intermediate page takes the place of consent, and goes nowhere. */
  trusted: boolean
  /** The redirect URI of the OAuth application; compared literally. */
  redirectUri: string
  /** The scopes of the OAuth application. */
  scopes: readonly string[]
  /** Single sign-on loses the way back: signing in ends on the home page. Whoever is signed in already is not affected. */
  ssoLoop: boolean
  /** After "Authorize" the window stays on a page of GitLab. */
  neverReturns: boolean
  /** GitLab's own value is 7200. */
  accessTokenLifetimeSeconds: number
  /** Every refresh token counts as used or revoked: `invalid_grant`. */
  refreshRefused: boolean
  /** The account of whoever calls the API is blocked. */
  accountBlocked: boolean
  /** Whether the user's roles are there: taken away before groups are listed, or between listing and linking. */
  roles: 'kept' | 'lost before listing' | 'lost before linking'
  /** Somebody else links, or unlinks, the same group a moment before. */
  changedMeanwhile: boolean

  /** Every answer is delayed by this; an aborted request stops waiting. */
  latencyMs: number
  /** `real` asks the Jira site who the user is; the others skip that and assume its answer. */
  jiraUserCheck: 'real' | 'admin' | 'notAdmin' | 'unfetchable'
  /** The copy of the shared secret is an old one, until the next `installed` event: context tokens are refused. */
  staleSecret: boolean
  /** How the `installed` event is answered: as it deserves, by any status, or not at all. */
  installedEvent: 'real' | 'network-error' | number
  /** Why every instance URL is blocked here, such as `Requests to the local network are not allowed`; null: judged. */
  instanceUrlBlockedBecause: string | null
  /** Above this number of matches GitLab stops counting and leaves the totals out; GitLab's own value is 10,000. */
  maxCountedGroups: number
  /** Full paths of the groups linked, oldest first, when Jira installs the app for the first time. */
  initialLinkedGroups: readonly string[]
  /** How many groups more are linked then; takes effect on `reset()`. */
  manyLinkedGroups: number
  /** What goes wrong with some of the requests that link or unlink a group. */
  writeFaults: WriteFaults
  /** How many of these requests are let through in which time; null: any number. */
  writeLimit: WriteLimit | null
  /** What a proxy in front of the instance, or the instance itself, does to some requests. */
  overrides: readonly Override[]
  /** Of the instance that serves the page: whether the page's Content-Security-Policy leaves the chosen instance out. */
  policyLacksInstance: boolean
}

/** The settings of a correctly configured instance: GitLab.com when it is the app host itself, else self-managed. */
export function defaultSettings(publicUrl: string, appUrl: string): GitLabSettings {
  const isAppHost = publicUrl === appUrl
  return {
    data: isAppHost ? 'saas' : 'company',
    manyGroups: 0,
    saas: isAppHost,
    dialect: 'newest',
    version: '19.1.2-ee',
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
  }
}
