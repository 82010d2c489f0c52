import type { Endpoint } from './endpoint.ts'

/** What harmless requests to the same server show after one has failed without a readable response. */
export interface ProbeResults {
  /** Whether the server responds to a request whose response no page may read. */
  readonly responds: boolean
  /** Whether the page can read what GitLab lets every page read, whatever its settings: the API's responses. */
  readonly canReadApi: boolean
  /** Whether the page can read what GitLab lets only the page at its Jira Connect Proxy URL read. */
  readonly canReadConnect: boolean
}

const PROBE_TIMEOUT_MS = 5_000

/**
 * Sends harmless requests without any token. All at once, since the user is waiting.
 * @param base of the instance
 * @param failed the endpoint that had no readable response, which isn't asked again
 * @param signal ends all of them; the results are then worthless
 */
export async function probe(
  base: URL,
  failed: Endpoint,
  signal: AbortSignal | undefined,
): Promise<ProbeResults> {
  const connect = failed === 'application-id' ? 'subscriptions.json' : 'oauth_application_id'
  const below = (path: string) => base.href.replace(/\/$/, '') + path
  const [responds, canReadApi, canReadConnect] = await Promise.all([
    // A `no-cors` request needs no permission, but it has to follow redirects. GitLab doesn't redirect this file.
    succeeds(`${base.origin}/robots.txt`, { mode: 'no-cors', method: 'HEAD' }, signal),
    succeeds(below('/api/v4/version'), { redirect: 'error' }, signal),
    succeeds(below(`/-/jira_connect/${connect}`), { redirect: 'error' }, signal),
  ])
  // A header can keep the first from the page, although the server responds.
  return { responds: responds || canReadApi || canReadConnect, canReadApi, canReadConnect }
}

/** @returns whether there was a response, with whatever status */
async function succeeds(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<boolean> {
  const patience = AbortSignal.timeout(PROBE_TIMEOUT_MS)
  try {
    const { body } = await fetch(url, {
      ...init,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    })
    body?.cancel().catch(() => undefined)
    return true
  } catch {
    return false
  }
}
