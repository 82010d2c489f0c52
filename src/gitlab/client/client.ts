import type { BaseIssue, BaseSchema, InferOutput } from 'valibot'
import { safeParse } from 'valibot'
import { watchPolicy } from '#src/gitlab/diagnosis/content-policy.ts'
import { endpointOf } from '#src/gitlab/diagnosis/endpoint.ts'
import type { SilentRequest } from '#src/gitlab/diagnosis/silence-rules.ts'
import type { UnreachableCode, Verdict } from '#src/gitlab/diagnosis/verdict.ts'
import { bareRequest } from '#src/http/bare-request.ts'
import { limitTime } from '#src/http/limits.ts'
import { readBody } from '#src/http/read-body.ts'
import { GitLabApiError, GitLabUnreachableError, UnexpectedResponseError } from './errors.ts'

export type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>

/** Sends a request as the signed-in GitLab user, like `fetch`. The access token stays inside. */
export type AuthorizedFetch = (url: URL, init?: RequestInit) => Promise<Response>

export interface GitLabRequest<S extends Schema> {
  readonly schema: S
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: Record<string, unknown>
  /** Value of the Authorization header; default none. */
  readonly authorization?: string
  readonly signal?: AbortSignal | undefined
  /** Default: a plain `fetch` without credentials. */
  readonly send?: AuthorizedFetch
}

/** One request to GitLab and its outcome, for a support ticket. Leaves out the query, which can hold the context token. */
export interface Exchange {
  readonly method: string
  readonly url: string
  /** Milliseconds since the epoch. */
  readonly beganAt: number
  milliseconds: number
  /** Undefined if there was no response that the page could read. */
  status?: number
  /** GitLab's ID for the request. Its API exposes it to pages of other origins in newer versions only. */
  requestId?: string
}

const watchers = new Set<(exchange: Exchange) => void>()
const failedExchanges = new WeakMap<Error, Exchange>()

/**
 * @param watcher is called for every request to GitLab once it has ended
 * @returns a function that stops it
 */
export function watchExchanges(watcher: (exchange: Exchange) => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** @returns the request that ended with this error, or with its cause; undefined if it wasn't a request to GitLab */
export function exchangeOf(error: unknown): Exchange | undefined {
  return error instanceof Error ? (failedExchanges.get(error) ?? exchangeOf(error.cause)) : undefined
}

/**
 * Sends one request to GitLab and validates the response.
 * @returns the body as parsed by the schema, and the headers (for paging)
 * @throws {GitLabApiError} GitLab refused
 * @throws {GitLabUnreachableError} no response that the page can read, or none within 30 seconds
 * @throws {UnexpectedResponseError} success, but not the documented body
 * @throws {DOMException} `AbortError` when the caller's signal ended the request
 */
export async function requestGitLab<S extends Schema>(
  url: URL,
  request: GitLabRequest<S>,
): Promise<{ data: InferOutput<S>; headers: Headers }> {
  const { method = 'GET' } = request
  const exchange: Exchange = {
    method,
    url: url.origin + url.pathname,
    beganAt: Date.now(),
    milliseconds: 0,
  }
  try {
    return await exchangeWithGitLab(url, request, exchange)
  } catch (error) {
    if (error instanceof Error) failedExchanges.set(error, exchange)
    throw error
  } finally {
    exchange.milliseconds = Date.now() - exchange.beganAt
    for (const watcher of watchers) watcher(exchange)
  }
}

/** @param exchange gets the status and the ID of the response */
async function exchangeWithGitLab<S extends Schema>(
  url: URL,
  { schema, method = 'GET', body, authorization, signal, send = fetch }: GitLabRequest<S>,
  exchange: Exchange,
): Promise<{ data: InferOutput<S>; headers: Headers }> {
  const path = url.pathname
  const time = limitTime(signal)
  const init: RequestInit = {
    method,
    // Unless JSON is the only type, GitLab responds to failures with HTML pages.
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...(authorization && { authorization }),
    },
    ...bareRequest,
    // Either way nothing is sent to where it leads. From its own origin, the page can learn that it was a redirect.
    redirect: url.origin === location.origin ? 'manual' : 'error',
    // With `no-store`, Chromium sends a preflight before every single write.
    cache: method === 'GET' ? 'no-store' : 'default',
    signal: time.signal,
    ...(body && { body: JSON.stringify(body) }),
  }
  const policy = watchPolicy(url)
  try {
    const response = await send(url, init)
    // A browser hides everything about a redirect but that it was one.
    if (response.type === 'opaqueredirect' || isRedirect(response.status))
      throw new GitLabUnreachableError(
        { code: 'redirected', clue: method === 'GET' ? undefined : 'writing' },
        path,
      )
    exchange.status = response.status
    const requestId = response.headers.get('x-request-id')
    if (requestId !== null) exchange.requestId = requestId.slice(0, 100)
    if (!response.ok) throw await refusalOf(response, path, method)
    const parsed = safeParse(schema, (await readBody(response)).json)
    if (!parsed.success) throw new UnexpectedResponseError(path)
    return { data: parsed.output, headers: response.headers }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (time.isOver()) throw new GitLabUnreachableError({ code: 'gitlab-too-slow' }, path, { cause: error })
    // `fetch` rejects with a TypeError for everything that the browser hides from the page.
    if (error instanceof TypeError) {
      // The response had begun, so that nothing but its connection is in question.
      if (exchange.status !== undefined)
        throw new GitLabUnreachableError({ code: 'gitlab-unreachable', clue: 'cut-off' }, path, {
          cause: error,
        })
      const verdict = await explainSilence({
        url,
        method,
        endpoint: endpointOf(method, path),
        policy,
        signal,
      })
      signal?.throwIfAborted()
      throw new GitLabUnreachableError(verdict, path, { cause: error })
    }
    throw error
  } finally {
    policy.stop()
  }
}

/**
 * @returns what a response with an error status means
 * @throws what reading the body throws
 */
export async function refusalOf(response: Response, path: string, method: string): Promise<GitLabApiError> {
  const { kind, json } = await readBody(response)
  return new GitLabApiError(response.status, path, json, {
    method,
    kind,
    retryAfter: response.headers.get('retry-after'),
    date: response.headers.get('date'),
  })
}

/** Loads what finds out why a response can't be read. Load it early, since the connection might be what fails. */
export const loadSilenceRules = () => import('#src/gitlab/diagnosis/silence-rules.ts')

/** @returns why a request had no response that the page could read, as far as it can find out */
export async function explainSilence(request: SilentRequest): Promise<Verdict<UnreachableCode>> {
  let rules: Awaited<ReturnType<typeof loadSilenceRules>>
  try {
    rules = await loadSilenceRules()
  } catch {
    // The server that this page came from can't be reached either.
    return { code: navigator.onLine ? 'gitlab-unreachable' : 'browser-offline' }
  }
  return rules.judgeSilence(request)
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}
