import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { belongsTo, firstSegmentsOfGitLab } from '#src/gitlab/instance/instance-url.ts'
import { SHORTEST_SEARCH } from './linkable-groups.ts'

/** What text in the search for groups means. */
export type GroupSearch =
  /** Words for GitLab to search for; empty for every group. */
  | { readonly kind: 'words'; readonly words: string; readonly isTooShort: boolean }
  /** A URL of this instance: full paths of the groups that it might point to, the most likely one first. */
  | { readonly kind: 'url'; readonly fullPaths: readonly string[] }
  /** A URL of this instance that isn't in a group, such as that of a dashboard. */
  | { readonly kind: 'no-group' }
  /** A URL of something else. */
  | { readonly kind: 'elsewhere'; readonly host: string }

/** @returns what the typed text means on this instance */
export function readGroupSearch(instance: InstanceUrl, typed: string): GroupSearch {
  const text = typed.trim()
  const url = urlIn(text, instance)
  if (!url) {
    // GitLab writes full paths without slashes at the beginning or end.
    const words = text.includes(' ') ? text : text.replace(/^\/+|\/+$/g, '')
    const isTooShort = words !== '' && words.length < SHORTEST_SEARCH
    return { kind: 'words', words: isTooShort ? '' : words, isTooShort }
  }
  if (!belongsTo(instance, url)) return { kind: 'elsewhere', host: url.host }
  const fullPaths = groupPathsIn(url.pathname.slice(new URL(instance).pathname.replace(/\/$/, '').length))
  return fullPaths.length > 0 ? { kind: 'url', fullPaths } : { kind: 'no-group' }
}

/** A URL has a scheme, or begins with the instance's host: `acme.com/web` could be the path of a group. */
function urlIn(text: string, instance: InstanceUrl): URL | undefined {
  const { protocol, host, pathname } = new URL(instance)
  const isNamed = text.toLowerCase().startsWith(`${host}${pathname}`.replace(/\/$/, '').concat('/'))
  const candidate = isNamed ? `${protocol}//${text}` : text
  if (!/^https?:\/\//i.test(candidate) || !URL.canParse(candidate)) return undefined
  const url = new URL(candidate)
  // A pasted http:// URL means the same instance as https://.
  url.protocol = protocol
  return url
}

/**
 * `/groups/acme/web/-/issues` is a page of the group `acme/web`, whereas `/acme/web/api/-/issues` is one of a project in
 * it, and `/acme/web/api` could be either.
 */
function groupPathsIn(pathname: string): string[] {
  const all = pathname.split('/').filter(Boolean).map(decoded)
  const isGroupPage = all[0] === 'groups'
  if (!isGroupPage && firstSegmentsOfGitLab.has(all[0] ?? '-')) return []
  const rest = isGroupPage ? all.slice(1) : all
  const end = rest.indexOf('-')
  const path = (end < 0 ? rest : rest.slice(0, end)).map((segment) => segment.replace(/\.git$/, ''))
  if (isGroupPage) return path.length > 0 ? [path.join('/')] : []
  return path.map((_segment, index) => path.slice(0, path.length - index).join('/'))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
