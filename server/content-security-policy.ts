export interface ContentSecurityPolicyOptions {
  /**
   * The GitLab instances, in addition to the app host, that the page can connect to: none, those with these URLs, or any
   * that an administrator enters (over https).
   */
  connectTo: 'none' | 'any' | readonly string[]
  /** Sources that can frame the page, in addition to Jira Cloud's. */
  frameAncestors?: readonly string[]
}

/** Serves the bridge's script `all.js` and the theme style sheets that this script links to. */
const ATLASSIAN_CDN = 'https://connect-cdn.atl-paas.net'

/**
 * The policy of the page and of the callback page.
 * @returns the value of the Content-Security-Policy header
 * @throws {TypeError} when an instance URL is not a URL
 */
export function contentSecurityPolicy({
  connectTo,
  frameAncestors = [],
}: ContentSecurityPolicyOptions): string {
  const instances = instanceSources(connectTo)
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ATLASSIAN_CDN],
    'style-src': ["'self'", ATLASSIAN_CDN],
    // React sets styles through the object model, which policies don't restrict.
    'style-src-attr': ["'none'"],
    // Avatars come from the group's instance.
    'img-src': ["'self'", 'data:', ...instances],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...instances],
    'frame-src': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ['https://*.atlassian.net', 'https://*.jira.com', ...frameAncestors],
  }
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

function instanceSources(connectTo: ContentSecurityPolicyOptions['connectTo']): string[] {
  if (connectTo === 'none') return []
  if (connectTo === 'any') return ['https:']
  // A source with a path would only allow requests to exactly that path.
  return [...new Set(connectTo.map((url) => new URL(url).origin))]
}
