import { array, fallback, nullable, nullish, number, object, string } from 'valibot'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
import { descriptionIn, LONGEST_PATH, plainText } from '#src/gitlab/client/plain-text.ts'
import { avatarUrlOf } from '#src/gitlab/instance/avatar.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint } from '#src/gitlab/instance/instance-url.ts'

/** GitLab's number for the Maintainer role, the lowest role that can link a group. */
const MAINTAINER = '40'
/** Enough to fill the open list several times, and as fast as a few. */
export const GROUPS_PER_PAGE = 50
/** The most that GitLab returns at once. */
const MOST_PER_PAGE = 100
/** More pages than anyone scrolls through. */
const LAST_PAGE = 5_000
/** On an instance where groups come and go all the time. */
const MOST_ROUNDS = 5
/** One group is searched for in at most 5,000. */
const MOST_PAGES_FOR_ONE = 50

/** GitLab finds nothing for a search of one or two characters. */
export const SHORTEST_SEARCH = 3

export interface Group {
  readonly id: number
  /** Undefined at the top level, or if GitLab doesn't say. */
  readonly parentId?: number | undefined
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  /** Linking names the group by this. */
  readonly fullPath: string
  readonly avatarUrl: string | undefined
  /** What its owners say about it; undefined if they say nothing. */
  readonly description?: string | undefined
  /** GitLab deletes it at a date in the near future. */
  readonly isBeingDeleted?: boolean
}

export interface GroupsPage {
  readonly groups: Group[]
  /** Undefined on the last page. */
  readonly nextPage: number | undefined
  /** How many groups there are on all pages; undefined for long lists, which GitLab doesn't count. */
  readonly total: number | undefined
}

/** Who searches. */
export interface GroupsReader {
  /** Administrators can link every group, other users those in which they have at least the Maintainer role. */
  readonly everyGroup: boolean
  readonly authorizedFetch: AuthorizedFetch
  readonly signal?: AbortSignal | undefined
}

export interface GroupsQuery extends GroupsReader {
  readonly search: string
  readonly page: number
  /** Leaves out subgroups: linking a group also covers everything below it. */
  readonly topLevelOnly?: boolean
}

const textOrNothing = fallback(nullish(string()), undefined)

const groupSchema = object({
  id: number(),
  parent_id: fallback(nullish(number()), undefined),
  name: textOrNothing,
  full_name: textOrNothing,
  full_path: string(),
  avatar_url: textOrNothing,
  description: textOrNothing,
  marked_for_deletion_on: textOrNothing,
})

/** What can't be linked, for want of an ID or a path, is left out: the others can be. */
const groupsSchema = array(fallback(nullable(groupSchema), null))

/**
 * Lists the groups that the signed-in user can link, a page at a time, as GitLab orders them.
 * @throws what {@link requestGitLab} throws
 * @see https://docs.gitlab.com/api/groups/#list-groups
 */
export function listGroups(instance: InstanceUrl, query: GroupsQuery): Promise<GroupsPage> {
  const search = query.search.length < SHORTEST_SEARCH ? '' : query.search
  return requestGroups(instance, query, query.page, {
    per_page: String(GROUPS_PER_PAGE),
    // Ordered by name, an exact match would be lost among its own subgroups.
    ...(search && { search, order_by: 'similarity' }),
    ...(query.topLevelOnly && { top_level_only: 'true' }),
  })
}

/** What has been read so far of all groups that match a search. */
export interface GroupsReading {
  /** By ID, so that no group is in it twice. It grows while reading continues. */
  readonly groups: Map<number, Group>
  /** Undefined once all are read. */
  readonly nextPage: number | undefined
  /** The IDs of the groups on the pages of this round, which began with the first page. */
  readonly current: Set<number>
  /** Undefined where GitLab doesn't count them. */
  readonly total: number | undefined
  /** Groups came or went in this round, so others might have moved from one page to another. */
  readonly hasMoved: boolean
  /** How often the first page has been read. */
  readonly rounds: number
}

export function nothingRead(): GroupsReading {
  return { groups: new Map(), nextPage: 1, current: new Set(), total: undefined, hasMoved: false, rounds: 1 }
}

/**
 * Reads all groups that match a search, page after page, in the order of their IDs. If their number changes meanwhile,
 * they are read again, since a group that moves to the page before would be missed. That goes unnoticed if the number
 * stays the same, because one group goes while another comes, or if GitLab doesn't count the groups.
 * @param reading what was read before, by an attempt that failed
 * @returns what has been read, after each page
 * @throws what {@link requestGitLab} throws
 */
export async function* listEveryGroup(
  instance: InstanceUrl,
  { search, topLevelOnly = false, ...reader }: Omit<GroupsQuery, 'page'>,
  reading: GroupsReading,
): AsyncGenerator<GroupsReading> {
  let { groups, nextPage, current, total, hasMoved, rounds } = reading
  while (nextPage !== undefined) {
    const found: GroupsPage = await requestGroups(instance, reader, nextPage, {
      per_page: String(MOST_PER_PAGE),
      order_by: 'id',
      sort: 'asc',
      ...(search.length >= SHORTEST_SEARCH && { search }),
      ...(topLevelOnly && { top_level_only: 'true' }),
    })
    hasMoved ||= nextPage > 1 && found.total !== total
    total = found.total
    const before = current.size
    for (const group of found.groups) {
      groups.set(group.id, group)
      current.add(group.id)
    }
    // If a server returned the same groups for every page, this would never end.
    nextPage = current.size > before ? found.nextPage : undefined
    if (nextPage === undefined && hasMoved && rounds < MOST_ROUNDS) {
      nextPage = 1
      current = new Set()
      hasMoved = false
      rounds += 1
    } else if (nextPage === undefined && !hasMoved) {
      groups = new Map([...groups].filter(([id]) => current.has(id)).sort(([a], [b]) => a - b))
    }
    yield { groups, nextPage, current, total, hasMoved, rounds }
  }
}

/**
 * Finds the one group of a full path, which a search can bury under its own subgroups and those of others whose path
 * begins alike. Reads on until it's found or the list ends. In the order of IDs, a group precedes its subgroups, and
 * none is missed.
 * @returns undefined if there is none that the signed-in user can link; `unfinished` if that took too many pages to tell
 * @throws what {@link requestGitLab} throws
 */
export async function findGroup(
  instance: InstanceUrl,
  fullPath: string,
  reader: GroupsReader,
): Promise<Group | 'unfinished' | undefined> {
  for (let page: number | undefined = 1; page !== undefined; ) {
    if (page > MOST_PAGES_FOR_ONE) return 'unfinished'
    const { groups, nextPage }: GroupsPage = await requestGroups(instance, reader, page, {
      per_page: String(MOST_PER_PAGE),
      order_by: 'id',
      sort: 'asc',
      // One or two characters find the group whose whole path or name they are.
      search: fullPath,
      ...(!fullPath.includes('/') && { top_level_only: 'true' }),
    })
    const found = groups.find((group) => isSame(group.fullPath, fullPath))
    if (found) return found
    page = nextPage
  }
  return undefined
}

/** @returns the groups in their order, except that exact matches come first: by path, then full name, then name */
export function bestFirst(groups: readonly Group[], search: string): Group[] {
  if (search === '') return [...groups]
  const rank = (group: Group): number => {
    if (isSame(group.fullPath, search)) return 0
    if (isSame(group.fullName, search)) return 1
    if (isSame(group.name, search) || isSame(lastSegment(group.fullPath), search))
      return 2 + group.fullPath.split('/').length
    return 100
  }
  return groups.toSorted((a, b) => rank(a) - rank(b))
}

/** @returns whether a search could be the full path of a group that isn't on this page of the results */
export function mayBeBuried({ groups, nextPage }: GroupsPage, search: string): boolean {
  return (
    nextPage !== undefined &&
    /^[\w.-]+(\/[\w.-]+)*$/.test(search) &&
    !groups.some((group) => isSame(group.fullPath, search))
  )
}

/** GitLab compares paths and names regardless of case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function lastSegment(fullPath: string): string {
  return fullPath.slice(fullPath.lastIndexOf('/') + 1)
}

async function requestGroups(
  instance: InstanceUrl,
  { everyGroup, authorizedFetch, signal }: GroupsReader,
  page: number,
  parameters: Record<string, string>,
): Promise<GroupsPage> {
  const url = endpoint(instance, '/api/v4/groups', {
    page: String(page),
    ...(!everyGroup && { min_access_level: MAINTAINER }),
    ...parameters,
  })
  const { data, headers } = await requestGitLab(url, { schema: groupsSchema, signal, send: authorizedFetch })
  const usable = data.filter((group) => group !== null)
  if (usable.length === 0 && data.length > 0) throw new UnexpectedResponseError(url.pathname)
  // Without this header, which a proxy might remove, a full page isn't the last one.
  const next = headers.get('x-next-page')
  const hasNext = next === String(page + 1) || (next !== '' && data.length >= Number(parameters.per_page))
  // An instance whose pages never end must not keep this page sending requests.
  const isFurther = data.length > 0 && hasNext && page < LAST_PAGE
  return {
    groups: usable.map((group) => ({
      id: group.id,
      parentId: group.parent_id ?? undefined,
      name: plainText(group.name ?? lastSegment(group.full_path)),
      fullName: plainText(group.full_name ?? group.full_path, LONGEST_PATH),
      // GitLab's own paths are plain text anyway. Any other can't be linked, but is still shown.
      fullPath: plainText(group.full_path, LONGEST_PATH),
      avatarUrl: avatarUrlOf(instance, group.avatar_url),
      description: descriptionIn(group.description),
      ...(group.marked_for_deletion_on && { isBeingDeleted: true }),
    })),
    nextPage: isFurther ? page + 1 : undefined,
    total: countIn(headers.get('x-total')),
  }
}

function countIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined
}
