import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { belongsTo, firstSegmentsOfGitLab } from '#src/gitlab/instance/instance-url.ts'
import { SHORTEST_SEARCH } from './linkable-groups.ts'

/** What somebody means who types or pastes into the search of groups. */
export type GroupSearch =
  /** Words for GitLab to search; empty: every group. */
  | { readonly kind: 'words'; readonly words: string; readonly isTooShort: boolean }
  /** An address of this instance: full paths of the groups that it may lead to, the most probable one first. */
  | { readonly kind: 'address'; readonly fullPaths: readonly string[] }
  /** An address of this instance that lies in no group, such as that of a dashboard. */
  | { readonly kind: 'no-group' }
  /** An address of something else. */
  | { readonly kind: 'elsewhere'; readonly host: string }

/** @returns what was typed, as the search that answers it */
export function readGroupSearch(instance: InstanceUrl, typed: string): GroupSearch {
  const text = typed.trim()
  const url = addressIn(text, instance)
  if (!url) {
    // GitLab itself writes neither a slash before nor after a full path.
    const words = text.includes(' ') ? text : text.replace(/^\/+|\/+$/g, '')
    const isTooShort = words !== '' && words.length < SHORTEST_SEARCH
    return { kind: 'words', words: isTooShort ? '' : words, isTooShort }
  }
  if (!belongsTo(instance, url)) return { kind: 'elsewhere', host: url.host }
  const fullPaths = groupPathsIn(url.pathname.slice(new URL(instance).pathname.replace(/\/$/, '').length))
  return fullPaths.length > 0 ? { kind: 'address', fullPaths } : { kind: 'no-group' }
}

/** An address has a scheme, or begins with the instance's own name; `acme.com/web` is a path that a group may have. */
function addressIn(text: string, instance: InstanceUrl): URL | undefined {
  const { protocol, host, pathname } = new URL(instance)
  const isNamed = text.toLowerCase().startsWith(`${host}${pathname}`.replace(/\/$/, '').concat('/'))
  const address = isNamed ? `${protocol}//${text}` : text
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  // Who pastes http:// means the same instance.
  url.protocol = protocol
  return url
}

/**
 * `/groups/acme/web/-/issues` is a page of the group `acme/web`, whereas `/acme/web/api/-/issues` is one of a project in
 * it, and `/acme/web/api` may be either.
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
