export interface ContentSecurityPolicyOptions {
  /**
   * The GitLab instances, besides the app host itself, to which the page may talk: none, those with these URLs,
   * or any that the administrator names (over https).
   */
  connectTo: 'none' | 'any' | readonly string[]
  /** Sources that may frame the page besides Jira Cloud's. */
  frameAncestors?: readonly string[]
}

/** Serves the bridge's script `all.js` and the theme style sheets that this script links to. */
const ATLASSIAN_CDN = 'https://connect-cdn.atl-paas.net'

/**
 * Atlaskit's remaining users of Emotion append an empty style element and fill it rule by rule, which a policy
 * does not see. Only the empty text needs permission: this is the SHA-256 of the empty string.
 */
const EMPTY_STYLE_ELEMENT = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

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
    'style-src': ["'self'", ATLASSIAN_CDN, EMPTY_STYLE_ELEMENT],
    // Styles that React sets go through the object model, which no policy restricts.
    'style-src-attr': ["'none'"],
    // Avatars come from the instance that holds the group.
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
  // A source with a path would have to match each request's path: the origin is what is meant.
  return [...new Set(connectTo.map((url) => new URL(url).origin))]
}
