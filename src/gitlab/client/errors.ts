import { LONGEST_MESSAGE } from './plain-text.ts'

/** Why GitLab refused, based on status and body, since several causes share a status. */
export type RefusalCode =
  /** The access token is expired, revoked or unknown: refresh it or sign in again. */
  | 'access-token-refused'
  /** GitLab received no access token, for example because a proxy drops the Authorization header. */
  | 'access-token-missing'
  | 'scope-missing'
  | 'gitlab-account-refused'
  /** Jira's context token: expired, or signed with a secret that this instance doesn't have. */
  | 'context-token-refused'
  | 'jira-user-unreadable'
  | 'jira-user-not-administrator'
  | 'group-not-linkable'
  | 'group-already-linked'
  | 'installation-refused'
  | 'installation-blocked'
  | 'installation-unreachable'
  | 'instance-url-refused'
  | 'not-found'
  | 'too-many-requests'
  | 'gitlab-broken'
  | 'request-refused'

/** GitLab responded with an error status. */
export class GitLabApiError extends Error {
  override readonly name = 'GitLabApiError'
  readonly code: RefusalCode
  readonly status: number
  /** Path of the request, without the query string (which can hold the context token). */
  readonly path: string
  /** GitLab's own message, if the body had one. */
  readonly gitlabMessage: string | undefined
  /** How long GitLab asks to wait. Browsers expose this only for the page's own origin. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, path: string, body: unknown, retryAfter: string | null = null) {
    const gitlabMessage = messageOf(body)
    super(`GitLab responded with ${status} to ${path}`)
    this.status = status
    this.path = path
    this.gitlabMessage = gitlabMessage
    this.retryAfterSeconds = secondsOf(retryAfter)
    this.code = refusalCode(status, path, body, gitlabMessage ?? '')
  }
}

/** Why there was no response that the page could read, as far as a browser reveals it. */
export type UnreachableCode =
  | 'gitlab-unreachable'
  | 'gitlab-too-slow'
  /** The server responds, but doesn't allow requests from this page's origin. */
  | 'cors-refused'
  | 'browser-offline'
  /** The page's own Content-Security-Policy doesn't list the instance. */
  | 'blocked-by-policy'
  /** The browser blocks public pages from connecting to a private network. */
  | 'local-network-refused'

/** There was no response that the page could read. */
export class GitLabUnreachableError extends Error {
  override readonly name = 'GitLabUnreachableError'
  readonly code: UnreachableCode
  readonly path: string

  constructor(code: UnreachableCode, path: string, options?: ErrorOptions) {
    super(`No readable response from ${path}`, options)
    this.code = code
    this.path = path
  }
}

/** A successful response, but not the documented body: often a page of a proxy. */
export class UnexpectedResponseError extends Error {
  override readonly name = 'UnexpectedResponseError'
  readonly code = 'answer-unexpected'
  readonly path: string

  constructor(path: string) {
    super(`Unexpected response from ${path}`)
    this.path = path
  }
}

/** The instance has no application ID: its administrator left the setting empty, or the version doesn't provide it. */
export class ApplicationIdMissingError extends Error {
  override readonly name = 'ApplicationIdMissingError'
  readonly code = 'application-id-missing'
}

/** GitLab nests its messages no deeper than two levels. */
const DEEPEST_MESSAGE = 4

/**
 * @returns GitLab's message in an error body: `errors` (text, or an object of lists), `message` (text or object), or `error`
 * with `error_description`, in this order; undefined for HTML and empty bodies
 */
export function messageOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  const { errors, message, error, error_description: description } = body
  const text = textOf(errors) ?? textOf(message) ?? textOf(description) ?? textOf(error)
  return text?.slice(0, LONGEST_MESSAGE)
}

function textOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (depth > DEEPEST_MESSAGE) return undefined
  if (Array.isArray(value))
    return (
      value
        .map((one) => textOf(one, depth + 1))
        .filter(Boolean)
        .join(', ') || undefined
    )
  if (!isRecord(value)) return undefined
  const lines = Object.entries(value).map(([field, detail]) => {
    const text = textOf(detail, depth + 1)
    return text && (field === 'error' ? text : `${field.replaceAll('_', ' ')} ${text}`)
  })
  return lines.filter(Boolean).join(', ') || undefined
}

/** @see RFC 9110 section 10.2.3: a number of seconds, or a date */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

/** GitLab called groups namespaces until 16.1, and still does in some messages. */
const ABOUT_GROUP = /namespace|group/i

/** Links a group, below the instance's own path. */
export const LINKING_PATH = '/api/v4/integrations/jira_connect/subscriptions'

function refusalCode(status: number, path: string, body: unknown, message: string): RefusalCode {
  const error = isRecord(body) ? body.error : undefined
  if (status === 401) {
    if (error === 'invalid_token') return 'access-token-refused'
    if (/jwt/i.test(message)) return 'context-token-refused'
    // Up to about 19.1, GitLab responds with 401 for a group that the user isn't allowed to link.
    if (ABOUT_GROUP.test(message)) return 'group-not-linkable'
    return 'access-token-missing'
  }
  if (status === 403) {
    if (error === 'insufficient_scope') return 'scope-missing'
    if (/fetch user information/i.test(message)) return 'jira-user-unreadable'
    if (/jira user is not/i.test(message)) return 'jira-user-not-administrator'
    if (path.includes('/-/jira_connect/'))
      // A refused Jira user gets JSON: `errors` when saving, `error` when unlinking. A bad context token doesn't.
      return isRecord(body) && ('error' in body || 'errors' in body)
        ? 'jira-user-not-administrator'
        : 'context-token-refused'
    if (path.endsWith(LINKING_PATH)) return forbiddenLinkingCode(message)
    return 'gitlab-account-refused'
  }
  if (status === 404) {
    // Since about 19.2, a group that doesn't exist. A gateway that doesn't know the route can have a message, too.
    return path.endsWith(LINKING_PATH) && ABOUT_GROUP.test(message) ? 'group-not-linkable' : 'not-found'
  }
  if (status === 422) return unprocessableCode(body, message)
  if (status === 429) return 'too-many-requests'
  return status >= 500 ? 'gitlab-broken' : 'request-refused'
}

/**
 * Every check of a linking request can end with 403: that of the account, whose message starts with the status; that of
 * the Jira user, whose wording differs by version but names Jira or the groups it requires there; and, since about 19.2,
 * that of the role.
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/services/jira_connect_subscriptions/create_service.rb
 */
function forbiddenLinkingCode(message: string): RefusalCode {
  if (message === '' || /^403\b/.test(message)) return 'gitlab-account-refused'
  if (/jira|site-admins|org-admins/i.test(message)) return 'jira-user-not-administrator'
  return ABOUT_GROUP.test(message) ? 'group-not-linkable' : 'request-refused'
}

/** Saving an instance fails with `errors` as an object (the app host refuses the URL) or as text (the instance refused the app host). */
function unprocessableCode(body: unknown, message: string): RefusalCode {
  if (/already/i.test(message)) return 'group-already-linked'
  if (isRecord(body) && isRecord(body.errors)) return 'instance-url-refused'
  if (/network error/i.test(message)) return 'installation-unreachable'
  const [, instanceStatus] = /response code (\d+)/i.exec(message) ?? []
  if (instanceStatus === undefined) return 'request-refused'
  return instanceStatus === '401' ? 'installation-refused' : 'installation-blocked'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
