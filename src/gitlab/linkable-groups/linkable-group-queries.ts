import { queryOptions } from '@tanstack/react-query'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import { findGroup, listEveryGroup, listGroups } from './linkable-groups.ts'

/*
 * Apart from the other queries, since the list of linked groups doesn't need them on the first load.
 */

/** Who searches for groups, and on which instance. */
export interface GroupsSource {
  readonly instance: InstanceUrl
  readonly user: GitLabUser
  readonly authorizedFetch: AuthorizedFetch
}

const groupsKey = ({ instance, user }: GroupsSource) =>
  instanceKey(instance, 'linkable-groups', user.username)

/** One page of the groups that the signed-in user can link. */
export function groupsPageOptions(source: GroupsSource, search: string, page: number) {
  return queryOptions({
    queryKey: [...groupsKey(source), search, page],
    queryFn: ({ signal }) => listGroups(source.instance, { search, page, ...readerOf(source, signal) }),
    // Scrolling through a hundred thousand groups shouldn't keep them all in memory.
    ...(page > 1 && { gcTime: 10_000 }),
  })
}

/** The group at the first of these full paths that the signed-in user can link; null if there is none. */
export function groupAtOptions(source: GroupsSource, fullPaths: readonly string[]) {
  return queryOptions({
    queryKey: [...groupsKey(source), 'at', ...fullPaths],
    queryFn: async ({ signal }) => {
      for (const fullPath of fullPaths) {
        const group = await findGroup(source.instance, fullPath, readerOf(source, signal))
        if (group) return group
      }
      return null
    },
  })
}

/** Every group that matches a search, starting at a page, as an asynchronous iterable of pages. */
export function everyGroup(source: GroupsSource, search: string, page: number, signal: AbortSignal) {
  return listEveryGroup(source.instance, { search, page, ...readerOf(source, signal) })
}

function readerOf({ user, authorizedFetch }: GroupsSource, signal: AbortSignal) {
  return { everyGroup: user.isAdministrator, authorizedFetch, signal }
}
