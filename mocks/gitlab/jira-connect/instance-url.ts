import { isIPv4, isIPv6 } from 'node:net'

const MAX_HOST_LENGTH = 1024

/**
 * Validates an instance URL as GitLab's public URL validator does, with a list of hosts in place of DNS.
 * @param completesScheme newer builds prepend `https://` to a bare `host.tld[:port][/path]`, also between blanks
 * @returns the URL to store, or why it is blocked
 */
export function judgeInstanceUrl(
  typed: string,
  publicHosts: readonly string[],
  completesScheme = true,
): { instanceUrl: string } | { blockedBecause: string } {
  const isBare = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?(\/\S*)?$/u.test(typed.trim())
  const instanceUrl = isBare && completesScheme ? `https://${typed.trim()}` : typed
  if (/[\r\n]/.test(instanceUrl)) return { blockedBecause: 'URI is invalid' }
  if (!/^https?:/i.test(instanceUrl)) return { blockedBecause: 'Only allowed schemes are http, https' }
  // The URL class accepts a missing or a third slash; GitLab's parser finds no host there.
  const authority = /^https?:\/\/([^/?#]*)/i.exec(instanceUrl)?.[1]
  if (!authority || !URL.canParse(instanceUrl)) return { blockedBecause: 'URI is invalid' }
  const url = new URL(instanceUrl)
  if (url.hostname.length > MAX_HOST_LENGTH) {
    return { blockedBecause: `Host is too long (maximum is ${MAX_HOST_LENGTH} characters)` }
  }
  if (!/^[\p{L}\p{N}[]/u.test(url.hostname)) return { blockedBecause: 'Hostname or IP address invalid' }
  if (publicHosts.includes(url.host)) return { instanceUrl }
  const blockedBecause = reasonAgainstHost(url.hostname)
  return blockedBecause === null ? { instanceUrl } : { blockedBecause }
}

/** Null for a public IP address. Host names resolve only if they are in the list of hosts. */
function reasonAgainstHost(hostname: string): string | null {
  if (hostname === 'localhost' || hostname.endsWith('.localhost'))
    return 'Requests to localhost are not allowed'
  if (hostname.startsWith('[')) return reasonAgainstIPv6(hostname.slice(1, -1))
  if (!isIPv4(hostname)) return 'Host cannot be resolved or invalid'
  const [a = 0, b = 0] = hostname.split('.').map(Number)
  // GitLab checks for its own machine's addresses before it checks for loopback addresses in general.
  if (hostname === '127.0.0.1' || hostname === '0.0.0.0') return 'Requests to localhost are not allowed'
  if (a === 127) return 'Requests to loopback addresses are not allowed'
  if (a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)) {
    return 'Requests to the local network are not allowed'
  }
  if (a === 169 && b === 254) return 'Requests to the link local network are not allowed'
  if (a === 100 && b >= 64 && b <= 127) return 'Requests to the shared address space are not allowed'
  return null
}

function reasonAgainstIPv6(address: string): string | null {
  if (!isIPv6(address)) return 'Host cannot be resolved or invalid'
  if (address === '::1' || address === '::') return 'Requests to localhost are not allowed'
  // An IPv4-mapped IPv6 address is treated like the IPv4 address.
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address)
  if (mapped?.[1] && mapped[2]) {
    const [high, low] = [Number.parseInt(mapped[1], 16), Number.parseInt(mapped[2], 16)]
    return reasonAgainstHost([high >> 8, high & 255, low >> 8, low & 255].join('.'))
  }
  if (/^f[cde]/.test(address)) {
    return /^fe[89ab]/.test(address)
      ? 'Requests to the link local network are not allowed'
      : 'Requests to the local network are not allowed'
  }
  return null
}
