import { parse } from 'valibot'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { INSTALLATION_PATH, LINKED_GROUPS_PATH } from '#src/gitlab/diagnosis/endpoint.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { linkedGroupsIn, linkedGroupsSchema } from '#src/gitlab/linked-groups/linked-groups.ts'
import { bareRequest } from '#src/http/bare-request.ts'
import { readBody } from '#src/http/read-body.ts'
import type { ContextTokenSource } from './context-token.ts'

/** If the page's own URL hasn't sent the list within this time, the list is requested from its usual endpoint. */
const OWN_LIST_PATIENCE_MS = 3_000

/** Older responses aren't used: they might be out of date. */
const LONGEST_AGE_MS = 60_000

/** How long a caller that already knows the instance waits for the first request that asks for it. */
const INSTALLATION_PATIENCE_MS = 1_000

/** A request that left before the page's own code was there. */
export interface FirstRequest {
  /** Gives its response, as if it had been sent just now. The signal given here ends it. */
  readonly send: AuthorizedFetch
  /** The context token with which it was sent; undefined if that was the token in the page's own URL. */
  readonly jwt: string | undefined
}

/** The first requests to GitLab's back end. Each can be taken once. */
export interface FirstRequests {
  readonly contextToken: ContextTokenSource
  /** The instance in use; undefined if GitLab didn't say it. Never rejects. */
  readonly instance: Promise<InstanceUrl | undefined>
  /** Resolves once a list has been requested, or won't be. Never rejects. */
  readonly listRequested: Promise<void>
  /** The groups in the first list, before it's taken; undefined if there is none, or it can't be read. Never rejects. */
  readonly firstGroups: Promise<readonly LinkedGroup[] | undefined>
  /** @returns the request for the instance in use, if there was one */
  takeInstallation(): FirstRequest | undefined
  /**
   * @returns the request for the groups linked at an instance; undefined if there was none, or none for this instance
   * @throws whatever the request for the context token threw
   */
  takeList(instance: InstanceUrl): Promise<FirstRequest | undefined>
}

/**
 * Sends the requests for what the page shows first, each as soon as everything it needs is known. The token in the
 * page's own URL is enough for two of them: for the instance in use, where GitLab doesn't compare the token with the URL,
 * and for the groups linked at the instance that serves the page, which GitLab returns as JSON at exactly that URL.
 * @param page its own URL
 * @param app the instance that serves it
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/controllers/jira_connect/subscriptions_controller.rb
 */
export function sendFirstRequests(
  page: URL,
  app: InstanceUrl,
  contextToken: ContextTokenSource,
): FirstRequests {
  const beganAt = performance.now()
  const pageToken = page.searchParams.get('jwt')
  const installation = pageToken ? get(endpoint(app, INSTALLATION_PATH), { header: pageToken }) : undefined
  const ownList = pageToken ? get(page) : undefined
  const saved = installation && instanceIn(installation.response, app)
  const list = saved && firstList(saved)
  // A failure is reported to the caller that takes the list.
  list?.catch(() => undefined)
  let isInstallationLeft = true
  let isListLeft = true

  async function firstList(saved: Promise<InstanceUrl | undefined>) {
    const instance = await saved
    if (instance === undefined) return undefined
    if (instance === app) return { instance, request: (await ownIfUsable()) ?? (await withContextToken(app)) }
    preconnect(instance)
    ownList?.end()
    return { instance, request: await withContextToken(instance) }
  }

  /** A server that doesn't pass this request on to GitLab responds with the page instead of JSON. */
  async function ownIfUsable(): Promise<SentRequest | undefined> {
    if (!ownList) return undefined
    const response = await Promise.race([ownList.response, delay(OWN_LIST_PATIENCE_MS)]).catch(
      () => undefined,
    )
    if (response?.ok && /\bjson\b/.test(response.headers.get('content-type') ?? '')) return ownList
    ownList.end()
    return undefined
  }

  async function withContextToken(instance: InstanceUrl): Promise<SentRequest> {
    const jwt = await contextToken.get()
    // From another origin, a header would cost a preflight.
    return instance === app
      ? get(endpoint(instance, LINKED_GROUPS_PATH), { header: jwt, jwt })
      : get(endpoint(instance, LINKED_GROUPS_PATH, { jwt }), { jwt })
  }

  async function firstGroups(): Promise<readonly LinkedGroup[] | undefined> {
    const { instance, request } = (await list) ?? {}
    const response = await request?.response
    if (!instance || !response?.ok) return undefined
    const { json } = await readBody(response.clone())
    return linkedGroupsIn(parse(linkedGroupsSchema, json), instance)
  }

  const isOld = () => performance.now() - beganAt > LONGEST_AGE_MS

  return {
    contextToken,
    instance: Promise.resolve(saved),
    // That of this instance left at once.
    listRequested: (async () => {
      if (!ownList || (await saved) !== app) await list
    })().catch(() => undefined),
    firstGroups: firstGroups().catch(() => undefined),
    takeInstallation() {
      const isUsable = isInstallationLeft && !isOld()
      isInstallationLeft = false
      return isUsable ? installation : undefined
    },
    async takeList(instance) {
      const isUsable = isListLeft && !isOld()
      isListLeft = false
      if (!isUsable) return undefined
      const isRead = await Promise.race([saved?.then(() => true), delay(INSTALLATION_PATIENCE_MS)])
      const first = isRead && (await list)
      if (first) return first.instance === instance ? first.request : undefined
      // The first request didn't tell the instance in time, so the page has asked again. The list may still be the right one.
      return instance === app ? ownIfUsable() : undefined
    },
  }
}

interface SentRequest extends FirstRequest {
  readonly response: Promise<Response>
  end(): void
}

/** @param how `header`: the token to send there */
function get(url: URL, how: { header?: string; jwt?: string } = {}): SentRequest {
  const ending = new AbortController()
  const response = fetch(url, {
    ...bareRequest,
    headers: { accept: 'application/json', ...(how.header && { authorization: `JWT ${how.header}` }) },
    redirect: url.origin === location.origin ? 'manual' : 'error',
    cache: 'no-store',
    signal: ending.signal,
  })
  response.catch(() => undefined)
  return {
    jwt: how.jwt,
    response,
    end: () => ending.abort(),
    send(_url, { signal } = {}) {
      if (signal?.aborted) ending.abort(signal.reason)
      signal?.addEventListener('abort', () => ending.abort(signal.reason))
      return response
    },
  }
}

/** @returns undefined if the response doesn't say it */
async function instanceIn(arriving: Promise<Response>, app: InstanceUrl): Promise<InstanceUrl | undefined> {
  try {
    const response = await arriving
    if (!response.ok) return undefined
    const { json } = await readBody(response.clone())
    const { instance_url: saved } = json as { instance_url?: unknown }
    if (saved === null || saved === '') return app
    return typeof saved === 'string' ? parseInstanceUrl(saved) : undefined
  } catch {
    return undefined
  }
}

/** Has the browser connect to the instance now: its list is requested as soon as there is a token. */
function preconnect(instance: InstanceUrl): void {
  const link = document.createElement('link')
  link.rel = 'preconnect'
  link.crossOrigin = 'anonymous'
  link.href = new URL(instance).origin
  document.head.append(link)
}

function delay(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined))
}
