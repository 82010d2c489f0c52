import { queryOptions } from '@tanstack/react-query'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import { findGroup, listEveryGroup, listGroups } from './linkable-groups.ts'

/*
 * The queries of the groups that somebody may link. Apart from the others, since the first list of linked groups needs
 * none of them.
 */

/** Who searches groups, and where. */
export interface GroupsSource {
  readonly instance: InstanceUrl
  readonly user: GitLabUser
  readonly authorizedFetch: AuthorizedFetch
}

const groupsKey = ({ instance, user }: GroupsSource) => ['groups', instance, user.username] as const

/** One page of the groups that the signed-in user may link. */
export function groupsPageOptions(source: GroupsSource, search: string, page: number) {
  return queryOptions({
    queryKey: [...groupsKey(source), search, page],
    queryFn: ({ signal }) => listGroups(source.instance, { search, page, ...readerOf(source, signal) }),
    // Who scrolls through a hundred thousand groups does not keep them all.
    ...(page > 1 && { gcTime: 10_000 }),
  })
}

/** The first of some full paths at which there is a group that the signed-in user may link; null where there is none. */
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

/** Every group that matches a search, from a page on, as an asynchronous iterable of pages. */
export function everyGroup(source: GroupsSource, search: string, page: number, signal: AbortSignal) {
  return listEveryGroup(source.instance, { search, page, ...readerOf(source, signal) })
}

function readerOf({ user, authorizedFetch }: GroupsSource, signal: AbortSignal) {
  return { everyGroup: user.isAdministrator, authorizedFetch, signal }
}
