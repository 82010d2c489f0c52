import type { UnreachableCode } from './errors.ts'

const PROBE_TIMEOUT_MS = 5_000

/** Browsers report what their policy blocked after the request has failed, in a separate task. */
const REPORT_DELAY_MS = 100

/** Notices when the page's own Content-Security-Policy blocks a request, which then fails without a reason. */
export interface PolicyWatch {
  readonly blocked: boolean
  stop(): void
}

export function watchPolicy(url: URL): PolicyWatch {
  let blocked = false
  function onViolation({ blockedURI }: SecurityPolicyViolationEvent): void {
    if (URL.canParse(blockedURI) && new URL(blockedURI).origin === url.origin) blocked = true
  }
  document.addEventListener('securitypolicyviolation', onViolation)
  return {
    get blocked() {
      return blocked
    },
    stop: () => document.removeEventListener('securitypolicyviolation', onViolation),
  }
}

/** @returns why a request had no readable response, as far as the browser lets the page find out */
export async function explainUnreachable(url: URL, policy: PolicyWatch): Promise<UnreachableCode> {
  if (!navigator.onLine) return 'browser-offline'
  const isThere = await respondsAtAll(url)
  // A policy that blocked the request blocked this one, too.
  if (!isThere && !policy.blocked) await new Promise((resolve) => setTimeout(resolve, REPORT_DELAY_MS))
  if (policy.blocked) return 'blocked-by-policy'
  if (isThere) return url.origin === location.origin ? 'gitlab-unreachable' : 'cors-refused'
  return isPrivateAddress(url.hostname) && !isPrivateAddress(location.hostname)
    ? 'local-network-refused'
    : 'gitlab-unreachable'
}

/**
 * Whether the server responds at all: without CORS, a request needs no permission, and its response can't be read. It
 * requests a file that GitLab doesn't redirect, since a redirect would have to be followed.
 */
async function respondsAtAll({ origin }: URL): Promise<boolean> {
  try {
    await fetch(`${origin}/robots.txt`, {
      mode: 'no-cors',
      method: 'HEAD',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    })
    return true
  } catch {
    return false
  }
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
