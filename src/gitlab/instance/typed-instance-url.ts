import type { InstanceUrl } from './instance-url.ts'
import { InvalidInstanceUrlError, parseInstanceUrl, parseParts } from './instance-url.ts'

export interface NormalizedInstanceUrl {
  readonly url: InstanceUrl
  /** The other URL that could be meant, if there is a path that could be a group as well as GitLab's sub-path. */
  readonly alternative: InstanceUrl | undefined
}

/** First path segments of GitLab's own pages: neither they nor what follows is part of the instance URL. */
export const firstSegmentsOfGitLab: ReadonlySet<string> = new Set(
  '- admin api assets dashboard explore groups health_check help import jwt oauth profile projects public search snippets uploads users'.split(
    ' ',
  ),
)

/** Usual names of a sub-path: a path up to such a name is kept, however long it is. */
const USUAL_SUB_PATHS = /^(git|gitlab|gitlab-(ce|ee)|code|scm|vcs)$/i

/** Usual names of hosts that have GitLab at their root. */
const USUAL_HOSTS = /^([^.]*-)?(git(lab)?|code|scm|vcs)\d*(-|\.|$)/i

/** A URL was pasted behind a scheme that had been typed. */
const SCHEME_BEFORE_SCHEME = /^\s*(https?:\/\/)+(?=https?:\/\/)/i

/**
 * Turns what people paste into an instance URL: a bare host, trailing slashes, a link to any page of GitLab.
 * Normalizing twice changes nothing.
 * @param page the protocol of the page: from an HTTPS page, browsers block requests to an HTTP instance
 * @throws {InvalidInstanceUrlError} with a code for each reason
 */
export function normalizeInstanceUrl(
  input: string,
  page: { readonly protocol: string } = location,
): NormalizedInstanceUrl {
  const { url, before, pageStart } = readPath(input, page)
  const subPath = before.slice(0, before.findLastIndex((segment) => USUAL_SUB_PATHS.test(segment)) + 1)
  const isForAnyPath = before.length === 1 || !USUAL_HOSTS.test(url.hostname)
  const kept = subPath.length > 0 ? subPath : isForAnyPath ? before : []
  const withPath = instanceAt(url, kept, page)
  const bare = instanceAt(url, [], page)
  if (url.host === 'gitlab.com' || kept.length === 0) return { url: bare, alternative: undefined }
  // Such pages are mostly those of projects; GitLab's sign-in or its Admin area, however, follow the sub-path.
  const isInProject = subPath.length === 0 && kept.length > 1 && pageStart === '-'
  return isInProject ? { url: bare, alternative: withPath } : { url: withPath, alternative: bare }
}

/**
 * On a host that usually has GitLab at its root, a path is taken for that of a group or a project. It's rarely GitLab's
 * sub-path.
 * @returns the URL with that path; undefined if it has none, or if it is certain to be in a project
 */
export function withWholePath(
  input: string,
  page: { readonly protocol: string } = location,
): InstanceUrl | undefined {
  try {
    const { url, before, pageStart } = readPath(input, page)
    const isTaken = before.length > 0 && normalizeInstanceUrl(input, page).url === instanceAt(url, [], page)
    return isTaken && pageStart !== '-' && url.host !== 'gitlab.com'
      ? instanceAt(url, before, page)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * @returns the URL, and what precedes GitLab's own pages: the sub-path, or a group and a project, as in /acme/web/-/issues;
 *   `pageStart` is the first segment of such a page
 */
function readPath(input: string, page: { readonly protocol: string }) {
  const { url, segments } = parseParts(input.replace(SCHEME_BEFORE_SCHEME, ''), page)
  // Chromium ignores IPv6 addresses in a Content-Security-Policy.
  if (url.hostname.startsWith('[')) throw new InvalidInstanceUrlError('instance-url-ipv6')
  // The root of DNS makes no other host, but another origin.
  url.hostname = url.hostname.replace(/\.+$/, '')
  const pageStart = segments.find((segment) => firstSegmentsOfGitLab.has(segment))
  if (pageStart === undefined && (url.search || url.hash))
    throw new InvalidInstanceUrlError('instance-url-query')
  const before = pageStart === undefined ? segments : segments.slice(0, segments.indexOf(pageStart))
  return { url, before, pageStart }
}

function instanceAt(
  { origin }: URL,
  path: readonly string[],
  page: { readonly protocol: string },
): InstanceUrl {
  return parseInstanceUrl([origin, ...path].join('/'), page)
}
