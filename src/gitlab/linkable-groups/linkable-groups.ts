import { array, nullish, number, object, string } from 'valibot'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { LONGEST_PATH, plainText } from '#src/gitlab/client/plain-text.ts'
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
}

export interface GroupsPage {
  readonly groups: Group[]
  /** Undefined on the last page. GitLab leaves totals out of long lists, so only this says whether there are more. */
  readonly nextPage: number | undefined
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
}

const groupsSchema = array(
  object({
    id: number(),
    parent_id: nullish(number()),
    name: string(),
    full_name: string(),
    full_path: string(),
    avatar_url: nullish(string()),
  }),
)

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
  })
}

/**
 * Lists all groups that match a search, page after page. In the order of their IDs, no group is missed or listed twice if
 * others are created or deleted meanwhile.
 * @returns the groups of each page as it comes
 * @throws what {@link requestGitLab} throws
 */
export async function* listEveryGroup(
  instance: InstanceUrl,
  { search, page, ...reader }: GroupsQuery,
): AsyncGenerator<GroupsPage> {
  const known = new Set<number>()
  for (let next: number | undefined = page; next !== undefined; ) {
    const found: GroupsPage = await requestGroups(instance, reader, next, {
      per_page: String(MOST_PER_PAGE),
      order_by: 'id',
      sort: 'asc',
      ...(search.length >= SHORTEST_SEARCH && { search }),
    })
    const groups = found.groups.filter(({ id }) => !known.has(id))
    for (const { id } of groups) known.add(id)
    // If a server returned the same groups for every page, this would never end.
    next = groups.length > 0 ? found.nextPage : undefined
    yield { groups, nextPage: next }
  }
}

/**
 * Finds the one group of a full path, which a search can bury under its own subgroups. They were created later,
 * so in the order of IDs the group comes first.
 * @returns undefined if there is none that the signed-in user can link
 * @throws what {@link requestGitLab} throws
 */
export async function findGroup(
  instance: InstanceUrl,
  fullPath: string,
  reader: GroupsReader,
): Promise<Group | undefined> {
  const { groups } = await requestGroups(instance, reader, 1, {
    per_page: String(MOST_PER_PAGE),
    order_by: 'id',
    sort: 'asc',
    ...(fullPath.length >= SHORTEST_SEARCH && { search: fullPath }),
    ...(!fullPath.includes('/') && { top_level_only: 'true' }),
  })
  return groups.find((group) => isSame(group.fullPath, fullPath))
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
  const nextPage = Number(headers.get('x-next-page'))
  // An instance whose pages never end, or go in circles, must not keep this page sending requests.
  const isFurther = data.length > 0 && nextPage === page + 1 && nextPage <= LAST_PAGE
  return {
    groups: data.map((group) => ({
      id: group.id,
      parentId: group.parent_id ?? undefined,
      name: plainText(group.name),
      fullName: plainText(group.full_name, LONGEST_PATH),
      // GitLab's own paths are plain text anyway. Any other can't be linked, but is still shown.
      fullPath: plainText(group.full_path, LONGEST_PATH),
      avatarUrl: avatarUrlOf(instance, group.avatar_url),
    })),
    nextPage: isFurther ? nextPage : undefined,
  }
}
