import { trimPasted } from '#src/gitlab/client/plain-text.ts'

declare const checked: unique symbol

/**
 * The URL of a GitLab instance, as `https://host[:port][/sub-path]` without a trailing slash. Only this file
 * creates one, so that endpoints can be built from it without checking it again.
 */
export type InstanceUrl = string & { readonly [checked]: true }

export type InstanceUrlProblem =
  | 'instance-url-empty'
  | 'instance-url-too-long'
  | 'instance-url-unreadable'
  | 'instance-url-scheme'
  | 'instance-url-credentials'
  | 'instance-url-query'
  | 'instance-url-insecure'
  | 'instance-url-ipv6'

export class InvalidInstanceUrlError extends Error {
  override readonly name = 'InvalidInstanceUrlError'
  readonly code: InstanceUrlProblem

  constructor(code: InstanceUrlProblem) {
    super(`Not the URL of a GitLab instance: ${code}`)
    this.code = code
  }
}

/** The longest URL that GitLab can store. */
const LONGEST_CHARACTERS = 1024

/**
 * Parses a URL that was saved before: its whole path is kept.
 * @throws {InvalidInstanceUrlError} with a code for each reason
 */
export function parseInstanceUrl(saved: string, page: { readonly protocol: string } = location): InstanceUrl {
  const { url, segments } = parseParts(saved, page)
  if (url.search || url.hash) throw new InvalidInstanceUrlError('instance-url-query')
  return joined(url, segments)
}

/**
 * @returns the instance that serves this page, whose URL is `<instance>/-/jira_connect/subscriptions`
 * @throws {InvalidInstanceUrlError} the page is served from another path
 */
export function instanceServing(page: Pick<Location, 'origin' | 'pathname' | 'protocol'>): InstanceUrl {
  const root = page.pathname.indexOf('/-/jira_connect/')
  if (root < 0) throw new InvalidInstanceUrlError('instance-url-unreadable')
  return parseInstanceUrl(page.origin + page.pathname.slice(0, root), page)
}

/**
 * @returns the URL, not yet an instance's, and the segments of its path
 * @throws {InvalidInstanceUrlError} with a code for each reason
 */
export function parseParts(
  input: string,
  page: { readonly protocol: string },
): { readonly url: URL; readonly segments: readonly string[] } {
  const text = trimPasted(input)
  if (text === '') throw new InvalidInstanceUrlError('instance-url-empty')
  if (text.length > LONGEST_CHARACTERS) throw new InvalidInstanceUrlError('instance-url-too-long')
  // `URL` drops line breaks and tabs, which readers wouldn't see, nor characters that change the text's direction.
  if (/[\s\p{Cc}\p{Cf}]/u.test(text)) throw new InvalidInstanceUrlError('instance-url-unreadable')
  const url = urlOf(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new InvalidInstanceUrlError('instance-url-scheme')
  if (url.username || url.password) throw new InvalidInstanceUrlError('instance-url-credentials')
  if (url.protocol === 'http:' && page.protocol === 'https:')
    throw new InvalidInstanceUrlError('instance-url-insecure')
  const segments = url.pathname.split('/').filter(Boolean)
  if (!segments.every((segment) => /^[\w.~-]+$/.test(segment)))
    throw new InvalidInstanceUrlError('instance-url-unreadable')
  return { url, segments }
}

/** A missing scheme becomes https. `host:8443` would otherwise read as a scheme of its own. */
function urlOf(text: string): URL {
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d+(?:[/?#]|$))/i.exec(text)?.[1]
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    throw new InvalidInstanceUrlError('instance-url-scheme')
  const url = scheme === undefined ? `https://${text.replace(/^[/\\]+/, '')}` : text
  try {
    // Once `URL.canParse` has run often, some releases of Node.js refuse every URL with letters like ü.
    return new URL(url)
  } catch {
    throw new InvalidInstanceUrlError('instance-url-unreadable')
  }
}

function joined(url: URL, segments: readonly string[]): InstanceUrl {
  return [url.origin, ...segments].join('/') as InstanceUrl
}

/**
 * @param path begins with a slash; it's appended to the sub-path
 * @returns the URL of an endpoint of the instance
 */
export function endpoint(instance: InstanceUrl, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(instance + path)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** @returns whether the URL belongs to the instance: same origin, at or below its sub-path */
export function belongsTo(instance: InstanceUrl, url: URL): boolean {
  const base = new URL(instance)
  return url.origin === base.origin && `${url.pathname}/`.startsWith(`${base.pathname.replace(/\/$/, '')}/`)
}

/** @returns the redirect URI of the app that this instance serves, as registered in the OAuth application */
export function redirectUri(app: InstanceUrl): URL {
  return endpoint(app, '/-/jira_connect/oauth_callbacks')
}

/** @returns the host with port and sub-path, which is what people call an instance */
export function displayName(instance: InstanceUrl): string {
  return instance.replace(/^https?:\/\//, '')
}
