import { endpointOf } from '#src/gitlab/diagnosis/endpoint.ts'
import { judgeResponse } from '#src/gitlab/diagnosis/response-rules.ts'
import type { Clue, RefusalCode, UnreachableCode, Verdict } from '#src/gitlab/diagnosis/verdict.ts'
import type { BodyKind } from '#src/http/read-body.ts'
import { LONGEST_MESSAGE } from './plain-text.ts'

/** How a refusal came. */
interface RefusalForm {
  /** Of the request; default GET. */
  readonly method?: string
  readonly kind?: BodyKind
  readonly retryAfter?: string | null
  /** When the server responded, by its own clock. */
  readonly date?: string | null
}

/** The response has an error status. What that means is decided in `diagnosis/response-rules.ts`. */
export class GitLabApiError extends Error {
  override readonly name = 'GitLabApiError'
  readonly code: RefusalCode
  readonly clue: Clue | undefined
  readonly status: number
  /** The form of the body. */
  readonly kind: BodyKind
  /** Path of the request, without the query string (which can hold the context token). */
  readonly path: string
  /** GitLab's own message, if the body had one. */
  readonly gitlabMessage: string | undefined
  /** How long GitLab asks to wait. Browsers expose this only for the page's own origin. */
  readonly retryAfterSeconds: number | undefined

  /** @param body as parsed; undefined if it isn't JSON */
  constructor(status: number, path: string, body?: unknown, how: RefusalForm = {}) {
    const { method = 'GET', kind = body === undefined ? 'empty' : 'json', retryAfter = null, date } = how
    super(`GitLab responded with ${status} to ${path}`)
    this.status = status
    this.kind = kind
    this.path = path
    this.gitlabMessage = messageOf(body)
    this.retryAfterSeconds = secondsOf(retryAfter, date)
    const { error, errors } = isRecord(body) ? body : {}
    const { code, clue } = judgeResponse({
      status,
      endpoint: endpointOf(method, path),
      kind,
      error,
      hasFieldErrors: isRecord(errors),
      message: this.gitlabMessage ?? '',
    })
    this.code = code
    this.clue = clue
  }
}

/** There was no response that the page could read. */
export class GitLabUnreachableError extends Error {
  override readonly name = 'GitLabUnreachableError'
  readonly code: UnreachableCode
  readonly clue: Clue | undefined
  readonly path: string

  constructor({ code, clue }: Verdict<UnreachableCode>, path: string, options?: ErrorOptions) {
    super(`No readable response from ${path}`, options)
    this.code = code
    this.clue = clue
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

/** @returns whether a request was still waiting for the access token that it's sent with */
export function lackedToken(error: unknown): boolean {
  return error instanceof GitLabUnreachableError && error.path.endsWith('/oauth/token')
}

/** @returns whether GitLab might have carried out a request that ended with this error: only the way back might have failed */
export function mightHaveTakenEffect(error: unknown): boolean {
  if (error instanceof GitLabUnreachableError)
    return error.code !== 'blocked-by-policy' && !lackedToken(error)
  return error instanceof GitLabApiError && error.code === 'gitlab-broken'
}

/**
 * GitLab might have carried out a request: its response was lost or said nothing about it, and what would show it can't be
 * read. Says of itself what the failure of the request says.
 */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError'
  readonly code: unknown
  readonly clue: unknown
  readonly gitlabMessage: unknown
  /** What the request was to change. */
  readonly subject: 'links' | 'instance' | 'instance-in-use'

  constructor(failure: unknown, subject: UnknownOutcomeError['subject'] = 'links') {
    super('It is unknown whether the request took effect.', { cause: failure })
    this.subject = subject
    const { code, clue, gitlabMessage } = Object(failure) as Partial<UnknownOutcomeError>
    this.code = code
    this.clue = clue
    this.gitlabMessage = gitlabMessage
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
function secondsOf(retryAfter: string | null, date: string | null | undefined): number | undefined {
  if (retryAfter === null) return undefined
  // The clock of this computer may be wrong.
  const now = Date.parse(date ?? '') || Date.now()
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
