import type { BaseIssue, BaseSchema, InferOutput } from 'valibot'
import { safeParse } from 'valibot'
import { GitLabApiError, GitLabUnreachableError, UnexpectedAnswerError } from './errors.ts'
import { explainUnreachable, watchPolicy } from './unreachable.ts'

/** A slow GitLab answers within this; what takes longer is as good as gone for somebody who waits. */
const REQUEST_TIMEOUT_MS = 30_000

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
  { schema, method = 'GET', body, signal, send = fetch }: GitLabRequest<S>,
): Promise<{ data: InferOutput<S>; headers: Headers }> {
  const path = url.pathname
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  const init: RequestInit = {
    method,
    // Without a bare JSON type GitLab answers failures with HTML pages.
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    // Nobody's cookies take part, and nothing is sent to wherever an instance may redirect.
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(body && { body: JSON.stringify(body) }),
  }
  const policy = watchPolicy(url)
  try {
    const response = await send(url, init)
    const content = parseBody(await response.text())
    if (!response.ok)
      throw new GitLabApiError(response.status, path, content, response.headers.get('retry-after'))
    const parsed = safeParse(schema, content)
    if (!parsed.success) throw new UnexpectedAnswerError(path)
    return { data: parsed.output, headers: response.headers }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (timeout.aborted) throw new GitLabUnreachableError('gitlab-too-slow', path, { cause: error })
    // `fetch` rejects with a TypeError for everything that the browser does not let the page see.
    if (error instanceof TypeError)
      throw new GitLabUnreachableError(await explainUnreachable(url, policy), path, { cause: error })
    throw error
  } finally {
    policy.stop()
  }
}

/** @returns the parsed JSON; undefined for an empty body, HTML or other text */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
