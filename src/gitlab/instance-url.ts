declare const checked: unique symbol

/**
 * The address of a GitLab instance, as `https://host[:port][/sub-path]` without a trailing slash. Only this file
 * makes one, so that whoever holds it can build endpoints from it without checking again.
 */
export type InstanceUrl = string & { readonly [checked]: true }

export class InvalidInstanceUrlError extends Error {
  override readonly name = 'InvalidInstanceUrlError'
  readonly code = 'instance-url-invalid'
}

/**
 * Reads the address of a GitLab instance that GitLab itself has stored.
 * @returns the address with scheme, port and sub-path kept and trailing slashes dropped
 * @throws {InvalidInstanceUrlError} not an http(s) address, or one with credentials, query or fragment
 */
export function parseInstanceUrl(text: string): InstanceUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new InvalidInstanceUrlError('The saved address of the GitLab instance is not a plain web address.')
  return (url.origin + url.pathname.replace(/\/+$/, '')) as InstanceUrl
}

/**
 * The instance that serves this page, whose address is `<instance>/-/jira_connect/subscriptions`.
 * @throws {InvalidInstanceUrlError} the page is served from another path
 */
export function instanceServing(page: Pick<Location, 'origin' | 'pathname'>): InstanceUrl {
  const root = page.pathname.indexOf('/-/jira_connect/')
  if (root < 0) throw new InvalidInstanceUrlError('The page is not served below /-/jira_connect/.')
  return parseInstanceUrl(page.origin + page.pathname.slice(0, root))
}

/** @returns the address of an endpoint of the instance; `path` begins with a slash and is kept below the sub-path */
export function endpoint(instance: InstanceUrl, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(instance + path)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** @returns whether the address is the instance's own: same origin, at or below its sub-path */
export function belongsTo(instance: InstanceUrl, url: URL): boolean {
  const base = new URL(instance)
  return url.origin === base.origin && `${url.pathname}/`.startsWith(`${base.pathname.replace(/\/$/, '')}/`)
}

/** @returns the redirect URI of the app that this instance serves, as registered in the OAuth application */
export function redirectUri(app: InstanceUrl): URL {
  return endpoint(app, '/-/jira_connect/oauth_callbacks')
}

/** @returns the host with port and sub-path, which is how people name an instance */
export function displayName(instance: InstanceUrl): string {
  return instance.replace(/^https?:\/\//, '')
}
