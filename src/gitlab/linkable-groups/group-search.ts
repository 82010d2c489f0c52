import { trimPasted } from '#src/gitlab/client/plain-text.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { belongsTo } from '#src/gitlab/instance/instance-url.ts'
import { firstSegmentsOfGitLab } from '#src/gitlab/instance/typed-instance-url.ts'
import { SHORTEST_SEARCH } from './linkable-groups.ts'

/** What text in the search for groups means. */
export type GroupSearch =
  /**
   * Words for GitLab to search for; empty for every group. `short`: what is too short to be a part of a name, but could
   * be all of it.
   */
  | { readonly kind: 'words'; readonly words: string; readonly short: string | undefined }
  /** A URL of this instance: the full paths that the group might have, the most likely one first. */
  | { readonly kind: 'url'; readonly fullPaths: readonly string[] }
  /** A URL of this instance that isn't in a group, such as that of a dashboard. */
  | { readonly kind: 'no-group' }
  /** A URL of something else. */
  | { readonly kind: 'elsewhere'; readonly host: string }

/** No group has a longer URL in practice, and servers refuse requests whose URL is too long. */
const LONGEST_SEARCH = 500

/** @returns what the typed text means on this instance */
export function readGroupSearch(instance: InstanceUrl, typed: string): GroupSearch {
  const text = trimPasted(typed).slice(0, LONGEST_SEARCH)
  const clone = sshCloneIn(text)
  if (clone) {
    const { hostname } = new URL(instance)
    // Many instances have a name of their own for SSH below the one for HTTPS, such as altssh.gitlab.com.
    if (clone.host !== hostname && !clone.host.endsWith(`.${hostname}`))
      return { kind: 'elsewhere', host: clone.host }
    return { kind: 'url', fullPaths: groupPathsIn(clone.path) }
  }
  const url = urlIn(text, instance)
  if (!url) {
    // GitLab writes full paths without slashes at the beginning or end.
    const words = text.includes(' ') ? text : text.replace(/^\/+|\/+$/g, '')
    const isTooShort = words !== '' && words.length < SHORTEST_SEARCH
    return { kind: 'words', words: isTooShort ? '' : words, short: isTooShort ? words : undefined }
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

/** `git@host:acme/web/api.git` or `ssh://git@host:2222/acme/web/api.git`, as GitLab offers for cloning. */
function sshCloneIn(text: string): { readonly host: string; readonly path: string } | undefined {
  const [, host, path] =
    /^ssh:\/\/(?:[^@/\s]+@)?([^:/\s]+)(?::\d+)?\/(\S+)$/i.exec(text) ??
    /^[\w.-]+@([^:/\s]+):(\S+)$/.exec(text) ??
    []
  return host === undefined || path === undefined ? undefined : { host: host.toLowerCase(), path }
}

/**
 * `/groups/acme/web/-/issues` is a page of the group `acme/web`, whereas `/acme/web/api/-/issues` is one of a project in
 * it, and `/acme/web/api` could be either. No group further up is meant: it would be a different one.
 */
function groupPathsIn(pathname: string): string[] {
  const all = pathname.split('/').filter(Boolean).map(decoded)
  const isGroupPage = all[0] === 'groups'
  if (!isGroupPage && firstSegmentsOfGitLab.has(all[0] ?? '-')) return []
  const rest = isGroupPage ? all.slice(1) : all
  const end = rest.indexOf('-')
  const path = (end < 0 ? rest : rest.slice(0, end)).map((segment) => segment.replace(/\.git$/, ''))
  if (isGroupPage) return path.length > 0 ? [path.join('/')] : []
  return [path, path.slice(0, -1)].filter(({ length }) => length > 0).map((segments) => segments.join('/'))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
