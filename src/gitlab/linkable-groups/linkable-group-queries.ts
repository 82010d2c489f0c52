import { queryOptions } from '@tanstack/react-query'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import type { GroupsReading } from './linkable-groups.ts'
import { findGroup, listEveryGroup, listGroups } from './linkable-groups.ts'

/*
 * Apart from the other queries, since the list of linked groups doesn't need them on the first load.
 */

/** Who searches for groups, and on which instance. */
export interface GroupsSource {
  readonly instance: InstanceUrl
  readonly user: GitLabUser
  readonly authorizedFetch: AuthorizedFetch
  /** Whether subgroups are left out of lists; a certain group is found all the same. */
  readonly topLevelOnly: boolean
}

const groupsKey = ({ instance, user, topLevelOnly }: GroupsSource) =>
  instanceKey(instance, 'linkable-groups', user.id, topLevelOnly)

/** One page of the groups that the signed-in user can link. */
export function groupsPageOptions(source: GroupsSource, search: string, page: number) {
  return queryOptions({
    queryKey: [...groupsKey(source), search, page],
    queryFn: ({ signal }) => listGroups(source.instance, listQuery(source, search, page, signal)),
    // Scrolling through a hundred thousand groups shouldn't keep them all in memory.
    ...(page > 1 && { gcTime: 10_000 }),
  })
}

/**
 * The group at the first of these full paths that the signed-in user can link; null if there is none. `unfinished` if it
 * took too long to tell: then no later path is tried, since a group further up is a different one.
 */
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

/** Every group that matches a search, going on from what was read before: see {@link listEveryGroup}. */
export function everyGroup(
  source: GroupsSource,
  search: string,
  reading: GroupsReading,
  signal: AbortSignal,
) {
  const { topLevelOnly } = source
  return listEveryGroup(source.instance, { search, topLevelOnly, ...readerOf(source, signal) }, reading)
}

function listQuery(source: GroupsSource, search: string, page: number, signal: AbortSignal) {
  return { search, page, topLevelOnly: source.topLevelOnly, ...readerOf(source, signal) }
}

function readerOf({ user, authorizedFetch }: GroupsSource, signal: AbortSignal) {
  return { everyGroup: user.isAdministrator, authorizedFetch, signal }
}
