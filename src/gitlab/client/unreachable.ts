import type { UnreachableCode } from './errors.ts'

const PROBE_TIMEOUT_MS = 5_000

/** Browsers report what their policy blocked after the request has failed, in a task of its own. */
const REPORT_DELAY_MS = 100

/** Notices that the page's own Content-Security-Policy blocks a request; the request itself fails without a reason. */
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

/** @returns why a request had no readable answer, as far as the browser lets the page find out */
export async function explainUnreachable(url: URL, policy: PolicyWatch): Promise<UnreachableCode> {
  if (!navigator.onLine) return 'browser-offline'
  const answers = await answersAtAll(url)
  // A policy that blocked the request has blocked this one, too.
  if (!answers && !policy.blocked) await new Promise((resolve) => setTimeout(resolve, REPORT_DELAY_MS))
  if (policy.blocked) return 'blocked-by-policy'
  if (answers) return url.origin === location.origin ? 'gitlab-unreachable' : 'cors-refused'
  return isPrivateAddress(url.hostname) && !isPrivateAddress(location.hostname)
    ? 'local-network-refused'
    : 'gitlab-unreachable'
}

/**
 * Whether the server answers, whatever it says: such a request needs nobody's permission, and shows nothing. It asks for
 * a file that no GitLab redirects, since it would have to follow.
 */
async function answersAtAll({ origin }: URL): Promise<boolean> {
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

/** An address or a name that only a private network knows (RFC 1918, RFC 4193, RFC 6762, RFC 8375 and loopback). */
function isPrivateAddress(hostname: string): boolean {
  return (
    /^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(hostname) ||
    /^\[(::1\]|f[cd]|fe80:)/i.test(hostname) ||
    /(^|\.)(localhost|local|internal|lan|home\.arpa)$/i.test(hostname) ||
    !/[.:]/.test(hostname)
  )
}
