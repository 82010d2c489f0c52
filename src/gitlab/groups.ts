import { array, nullish, number, object, string } from 'valibot'
import { avatarUrlOf } from './avatar.ts'
import type { AuthorizedFetch } from './client.ts'
import { requestGitLab } from './client.ts'
import type { InstanceUrl } from './instance-url.ts'
import { endpoint } from './instance-url.ts'
import { LONGEST_PATH, plainText } from './plain-text.ts'

/** GitLab's number for the Maintainer role, the least that may link a group. */
const MAINTAINER = '40'
const GROUPS_PER_PAGE = '20'
/** More groups than anybody looks through. */
const LAST_PAGE = 5_000

/** GitLab finds nothing at all for a search of one or two letters. */
export const SHORTEST_SEARCH = 3

export interface Group {
  readonly id: number
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  /** What the group is linked by. */
  readonly fullPath: string
  readonly avatarUrl: string | undefined
}

export interface GroupsPage {
  readonly groups: Group[]
  /** Undefined on the last page. GitLab leaves out totals on long lists, so this alone says whether there is more. */
  readonly nextPage: number | undefined
}

export interface GroupsQuery {
  readonly search: string
  readonly page: number
  /** Administrators may link every group; other people those in which they have at least the Maintainer role. */
  readonly everyGroup: boolean
  readonly authorizedFetch: AuthorizedFetch
  readonly signal?: AbortSignal | undefined
}

const groupsSchema = array(
  object({
    id: number(),
    name: string(),
    full_name: string(),
    full_path: string(),
    avatar_url: nullish(string()),
  }),
)

/**
 * Lists the groups that the signed-in user may link, a page at a time, as GitLab orders them.
 * @throws what {@link requestGitLab} throws
 * @see https://docs.gitlab.com/api/groups/#list-groups
 */
export async function listGroups(instance: InstanceUrl, query: GroupsQuery): Promise<GroupsPage> {
  const search = query.search.length < SHORTEST_SEARCH ? '' : query.search
  const url = endpoint(instance, '/api/v4/groups', {
    page: String(query.page),
    per_page: GROUPS_PER_PAGE,
    ...(!query.everyGroup && { min_access_level: MAINTAINER }),
    // Under name order an exact match drowns among its own subgroups.
    ...(search && { search, order_by: 'similarity' }),
  })
  const { data, headers } = await requestGitLab(url, {
    schema: groupsSchema,
    signal: query.signal,
    send: query.authorizedFetch,
  })
  const nextPage = Number(headers.get('x-next-page'))
  // An instance that goes on for ever, or in circles, must not keep the page asking.
  const isFurther = data.length > 0 && nextPage === query.page + 1 && nextPage <= LAST_PAGE
  return {
    groups: data.map((group) => ({
      id: group.id,
      name: plainText(group.name),
      fullName: plainText(group.full_name, LONGEST_PATH),
      // A path of GitLab's is plain anyway. Any other cannot be linked, but has to be shown.
      fullPath: plainText(group.full_path, LONGEST_PATH),
      avatarUrl: avatarUrlOf(instance, group.avatar_url),
    })),
    nextPage: isFurther ? nextPage : undefined,
  }
}
