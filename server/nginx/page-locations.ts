import type { ContentSecurityPolicyOptions } from '#server/content-security-policy.ts'
import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'
import { indented, paragraphs } from './layout.ts'

export interface PageOptions {
  /** Relative URL root of the GitLab that serves the page, such as `/gitlab`; empty: none. */
  path: string
  /** The folder with `current` (a link to the unpacked release), `assets` (of all releases), and `config.json`. */
  root: string
  /** The instances that can be chosen, in addition to the one that serves the page. */
  instances: ContentSecurityPolicyOptions['connectTo']
  /** Sources that can frame the page, in addition to Jira Cloud's. */
  frameAncestors: readonly string[]
  /** Value of Strict-Transport-Security for our own files, where no other part of the server sends it; empty: none. */
  hsts: string
  /** Whether nginx has the module ngx_brotli. */
  brotli: boolean
}

interface LocationsOptions extends PageOptions {
  /** The named location, or none, that passes a request on to GitLab. */
  fallback: '@gitlab_for_jira' | undefined
  /** Directives that keep queries out of the server's logs, in each location; none if its logs have no queries. */
  quiet: readonly string[]
}

/** The response headers of our own files, each with the variable that holds its value. */
const HEADERS = [
  { variable: 'gitlab_for_jira_cache', header: 'Cache-Control', always: false },
  { variable: 'gitlab_for_jira_no_store', header: 'Cache-Control', always: true },
  { variable: 'gitlab_for_jira_policy', header: 'Content-Security-Policy', always: true },
  { variable: 'gitlab_for_jira_referrer', header: 'Referrer-Policy', always: true },
  { variable: 'gitlab_for_jira_nosniff', header: 'X-Content-Type-Options', always: true },
  { variable: 'gitlab_for_jira_hsts', header: 'Strict-Transport-Security', always: true },
] as const

type Header = (typeof HEADERS)[number]['header']

/**
 * The part of a `server` block that serves the built page. The options must be safe: they are neither validated nor
 * quoted.
 * @returns the lines, without indentation
 */
export function pageLocations(options: LocationsOptions): string {
  const { path, root, instances, frameAncestors, brotli, fallback, quiet } = options
  const base = `${path}/-/jira_connect`
  const policy = contentSecurityPolicy({ connectTo: instances, frameAncestors })
  const page = pageHeaders(policy) as Partial<Record<Header, string>>
  const location = (name: string, ...lines: readonly string[]) =>
    `location ${name} {\n${indented([...quiet, ...lines].join('\n'))}\n}`
  const sent = (headers: Partial<Record<Header, string>>, isCachedOnSuccess = false) =>
    setVariables(
      { ...headers, ...(options.hsts && { 'Strict-Transport-Security': options.hsts }) },
      isCachedOnSuccess,
    )
  // Without any error_page of its own, a location has those of the server, and GitLab's log queries.
  const orGitLab = (statuses: string) => `error_page ${fallback ? `${statuses} = ${fallback}` : '599 /'};`

  return paragraphs([
    `# These are for the whole server, since a location with an add_header loses those of the server, such as
# Strict-Transport-Security. They are empty except in the locations below, and nginx sends no empty header.
${setVariables({})}
${HEADERS.map(({ header, variable, always }) => `add_header ${header} $${variable}${always ? ' always' : ''};`).join('\n')}`,

    `# The page. Other methods are for GitLab, and so is its list of linked groups, which has the same URL.
# If a file is missing or can't be read, GitLab's own page is served.
${location(
  `= ${base}/subscriptions`,
  orGitLab('403 404 405'),
  ...(fallback ? ['if ($request_method !~ ^(GET|HEAD)$) {', '    return 405;', '}'] : []),
  ...(fallback ? ['if ($http_accept = "application/json") {', '    return 405;', '}'] : []),
  sent(page),
  `alias ${root}/current/page/index.html;`,
  'types { }',
  'default_type "text/html; charset=utf-8";',
)}`,

    `# The redirect URI. A Cross-Origin-Opener-Policy here would disconnect this window from the page that opened it.
${location(
  `= ${base}/oauth_callbacks`,
  orGitLab('403 404 405'),
  sent(page),
  `alias ${root}/current/page/callback.html;`,
  'types { }',
  'default_type "text/html; charset=utf-8";',
)}`,

    `# Settings of this deployment. If the file is missing, the response is 404, and the page uses its defaults.
${location(
  `= ${base}/config.json`,
  orGitLab('405'),
  'log_not_found off;',
  sent({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }),
  `alias ${root}/config.json;`,
  'types { }',
  'default_type application/json;',
)}`,

    `# The names of these files change with their content. Those of earlier releases stay: open pages load them.
${location(
  `^~ ${base}/assets/`,
  orGitLab('405'),
  sent({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' }, true),
  `alias ${root}/assets/;`,
  `types {
    text/css        css;
    text/javascript js;
    image/svg+xml   svg;
    image/png       png;
    font/woff2      woff2;
}`,
  'gzip_static on;',
  ...(brotli ? ['brotli_static on;'] : []),
  'gzip_vary on;',
)}`,

    location(
      `= ${base}/app-icon.svg`,
      orGitLab('405'),
      sent({ 'Cache-Control': 'public, max-age=86400', 'X-Content-Type-Options': 'nosniff' }, true),
      `alias ${root}/current/page/app-icon.svg;`,
      'types { }',
      'default_type image/svg+xml;',
    ),
  ])
}

/** Lines that empty all variables of our headers: for a location that passes on what one of ours began with. */
export const withoutOurHeaders = (): string => setVariables({})

/** @param isCachedOnSuccess Cache-Control is for a file that is there, not for a 404 in its place */
function setVariables(values: Partial<Record<Header, string>>, isCachedOnSuccess = false): string {
  const isSet = Object.keys(values).length > 0
  return HEADERS.flatMap(({ variable, header, always }) => {
    const isOther = header === 'Cache-Control' && always === isCachedOnSuccess
    const value = isOther ? '' : (values[header] ?? '')
    return isSet && value === '' ? [] : [`set $${variable} "${value}";`]
  }).join('\n')
}
