import type { PolicyWatch } from './content-policy.ts'
import type { Endpoint } from './endpoint.ts'
import { isOfApi } from './endpoint.ts'
import { allowsConnection } from './policy-sources.ts'
import type { ProbeResults } from './probes.ts'
import { probe } from './probes.ts'
import type { Clue, UnreachableCode, Verdict } from './verdict.ts'

/** Browsers report what their policy blocked after the request has failed, in a separate task. */
const REPORT_DELAY_MS = 100

/** What can be known about a request without a response that the page could read. */
interface SilenceEvidence extends ProbeResults {
  readonly endpoint: Endpoint
  /** Whether the request changes something. */
  readonly writes: boolean
  /** Whether it went to the server that this page came from, where no permission is needed. */
  readonly isOwnServer: boolean
  /** Whether the instance has an address of a private network, and this page doesn't. */
  readonly isPrivate: boolean
  /** Whether the page's policy blocked the request itself. */
  readonly blockedRequest: boolean
  /** Whether it blocked where a request to the same server was redirected. */
  readonly blockedRedirect: boolean
  /** Whether the page can read other responses that GitLab allows under the same condition. */
  readonly canReadAlike: boolean
}

interface SilenceRule {
  readonly code: UnreachableCode
  readonly clue?: Clue
  readonly when: (evidence: SilenceEvidence) => boolean
}

/** Why there was no readable response; the first rule that fits decides. */
const rules: readonly SilenceRule[] = [
  { code: 'blocked-by-policy', when: (known) => known.blockedRequest },
  {
    code: 'redirected',
    when: (known) => known.blockedRedirect && !known.canReadApi && !known.canReadConnect,
  },
  { code: 'gitlab-unreachable', clue: 'cut-off', when: (known) => known.isOwnServer && known.responds },
  { code: 'cors-refused', clue: 'only-writing', when: (known) => known.canReadAlike && known.writes },
  { code: 'cors-refused', clue: 'this-request', when: (known) => known.canReadAlike },
  {
    code: 'cors-refused',
    clue: 'proxy-url',
    when: (known) => known.canReadApi && !isOfApi(known.endpoint),
  },
  { code: 'cors-refused', clue: 'in-front', when: (known) => known.responds },
  { code: 'local-network-refused', when: (known) => known.isPrivate },
]

export interface SilentRequest {
  readonly url: URL
  readonly method: string
  readonly endpoint: Endpoint
  readonly policy: PolicyWatch
  /** The caller's: ends the search for the reason. */
  readonly signal: AbortSignal | undefined
}

/** @returns why a request had no readable response, as far as the browser lets the page find out */
export async function judgeSilence(request: SilentRequest): Promise<Verdict<UnreachableCode>> {
  const { url, method, endpoint, policy, signal } = request
  const probes = await probe(instanceOf(url), endpoint, signal)
  // Some browsers take themselves for offline in a virtual machine, or behind a VPN, and still reach every server.
  if (!probes.responds && !navigator.onLine) return { code: 'browser-offline' }
  // What blocked the request blocked the first of these as well, and its report may still be on its way.
  if (!probes.responds && policy.reports.length === 0)
    await new Promise((resolve) => setTimeout(resolve, REPORT_DELAY_MS))
  // Of a redirect, the browser reports the URL from before it, which the policy then allows.
  const blocksRequest = policy.reports.some((report) => !allowsConnection(report.policy, url))
  const blocksRedirect = policy.reports.some((report) => allowsConnection(report.policy, report.blockedUrl))
  const evidence: SilenceEvidence = {
    ...probes,
    endpoint,
    writes: method !== 'GET',
    isOwnServer: url.origin === location.origin,
    isPrivate: isPrivateAddress(url.hostname) && !isPrivateAddress(location.hostname),
    blockedRequest: blocksRequest,
    blockedRedirect: blocksRedirect,
    canReadAlike: isOfApi(endpoint) ? probes.canReadApi : probes.canReadConnect,
  }
  const rule = rules.find(({ when }) => when(evidence))
  return rule ? { code: rule.code, clue: rule.clue } : { code: 'gitlab-unreachable' }
}

/** @returns the URL of the instance that a request went to, with its own path */
function instanceOf({ origin, pathname }: URL): URL {
  return new URL(origin + pathname.replace(/\/(-\/jira_connect\/.*|api\/v4\/.*|oauth\/token)$/, ''))
}

/** An IP address or a name that is only known in a private network (RFC 1918, RFC 4193, RFC 6762, RFC 8375 and loopback). */
function isPrivateAddress(hostname: string): boolean {
  return (
    /^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname) ||
    /^\[(::1\]|f[cd]|fe80:)/i.test(hostname) ||
    /(^|\.)(localhost|local|internal|lan|home\.arpa)$/i.test(hostname) ||
    !/[.:]/.test(hostname)
  )
}
