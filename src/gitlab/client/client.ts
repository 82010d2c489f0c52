import type { BaseIssue, BaseSchema, InferOutput } from 'valibot'
import { safeParse } from 'valibot'
import { bareRequest } from '#src/http/bare-request.ts'
import { BodyTooLargeError, limitBody, limitTime } from '#src/http/limits.ts'
import { GitLabApiError, GitLabUnreachableError, UnexpectedAnswerError } from './errors.ts'
import { explainUnreachable, watchPolicy } from './unreachable.ts'

/** Enough for ten thousand linked groups, which come in one response. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024

type Schema = BaseSchema<unknown, unknown, BaseIssue<unknown>>

/** Sends a request as the signed-in GitLab user. It takes the place of `fetch`; the access token stays inside. */
export type AuthorizedFetch = (url: URL, init?: RequestInit) => Promise<Response>

export interface GitLabRequest<S extends Schema> {
  readonly schema: S
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: Record<string, unknown>
  readonly signal?: AbortSignal | undefined
  /** Default: a plain `fetch` without credentials. */
  readonly send?: AuthorizedFetch
}

/** One request to GitLab and what came of it, for a support ticket. Names no query, which may hold the context token. */
export interface Exchange {
  readonly method: string
  readonly url: string
  /** Milliseconds since the epoch. */
  readonly beganAt: number
  milliseconds: number
  /** Undefined where there was no answer that the page may read. */
  status?: number
  /** GitLab's own name of the request. Its API shows it to pages of other origins in newer versions only. */
  requestId?: string
}

const watchers = new Set<(exchange: Exchange) => void>()
const failedExchanges = new WeakMap<Error, Exchange>()

/**
 * @param watcher is told of every request to GitLab once it has ended
 * @returns a function that ends the watching
 */
export function watchExchanges(watcher: (exchange: Exchange) => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** @returns the request that ended with this error, or with its cause; undefined where it was none to GitLab */
export function exchangeOf(error: unknown): Exchange | undefined {
  return error instanceof Error ? (failedExchanges.get(error) ?? exchangeOf(error.cause)) : undefined
}

/**
 * Sends one request to GitLab and checks the answer.
 * @returns the body as the schema reads it, and the headers (paging)
 * @throws {GitLabApiError} GitLab refused
 * @throws {GitLabUnreachableError} no answer that the page may read, or none within 30 seconds
 * @throws {UnexpectedAnswerError} success, but not the documented body
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

/** @param exchange gets what the answer says about itself */
async function exchangeWithGitLab<S extends Schema>(
  url: URL,
  { schema, method = 'GET', body, signal, send = fetch }: GitLabRequest<S>,
  exchange: Exchange,
): Promise<{ data: InferOutput<S>; headers: Headers }> {
  const path = url.pathname
  const time = limitTime(signal)
  const init: RequestInit = {
    method,
    // Without a bare JSON type GitLab answers failures with HTML pages.
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    ...bareRequest,
    // Chromium takes it for a wish to ask again whether the page may write at all, before each single write.
    cache: method === 'GET' ? 'no-store' : 'default',
    signal: time.signal,
    ...(body && { body: JSON.stringify(body) }),
  }
  const policy = watchPolicy(url)
  try {
    const response = await send(url, init)
    exchange.status = response.status
    const requestId = response.headers.get('x-request-id')
    if (requestId !== null) exchange.requestId = requestId.slice(0, 100)
    const content = await readJson(response)
    if (!response.ok)
      throw new GitLabApiError(response.status, path, content, response.headers.get('retry-after'))
    const parsed = safeParse(schema, content)
    if (!parsed.success) throw new UnexpectedAnswerError(path)
    return { data: parsed.output, headers: response.headers }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (time.isOver()) throw new GitLabUnreachableError('gitlab-too-slow', path, { cause: error })
    // `fetch` rejects with a TypeError for everything that the browser does not let the page see.
    if (error instanceof TypeError)
      throw new GitLabUnreachableError(await explainUnreachable(url, policy), path, { cause: error })
    throw error
  } finally {
    policy.stop()
  }
}

/**
 * @returns the parsed JSON; undefined for an empty body, HTML or other text, and for more than GitLab ever says
 * @throws what reading the body throws: it may break off, or take too long
 */
export async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response)
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @returns the body; an empty text for one that is too large */
async function readText({ body }: Response): Promise<string> {
  if (!body) return ''
  const reader = limitBody(body, LARGEST_BODY_BYTES).getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      text += decoder.decode(chunk.value, { stream: true })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return ''
    throw error
  }
  return text + decoder.decode()
}
