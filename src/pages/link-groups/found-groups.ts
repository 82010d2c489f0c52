import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { GroupSearch } from '#src/gitlab/linkable-groups/group-search.ts'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { groupAtOptions } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { linkGroupsTexts } from '#src/texts/en-link-groups.ts'
import type { GroupRows } from './group-rows.ts'
import { useGroupRows } from './group-rows.ts'

const NONE: readonly never[] = []

/** @returns the groups that match what was typed: those of a search, or the one group of a URL */
export function useFoundGroups(source: GroupsSource, search: GroupSearch): GroupRows {
  const isWords = search.kind === 'words'
  const list = useGroupRows(source, isWords ? search.words : '', isWords ? search.short : undefined, isWords)
  const fullPaths = search.kind === 'url' ? search.fullPaths : NONE
  const at = useQuery({ ...groupAtOptions(source, fullPaths), enabled: search.kind === 'url' })
  const found = at.data === 'unfinished' ? null : at.data
  const one = useMemo(() => (found ? [found] : NONE), [found])
  if (search.kind === 'words') return list
  const isAddress = search.kind === 'url'
  return {
    ...list,
    groups: isAddress ? one : NONE,
    firstRow: 0,
    rowCount: isAddress ? one.length : 0,
    hasMore: false,
    isUnfinished: at.data === 'unfinished',
    list: fullPaths.join(' '),
    isFetching: isAddress && at.isFetching,
    isCurrent: !at.isLoading,
    isRefining: false,
    error: isAddress ? at.error : null,
    retry: () => void at.refetch(),
  }
}

/** @returns what applies to all groups that a search found; undefined for nothing */
export function noteAbout(search: GroupSearch, { groups }: GroupRows): string | undefined {
  if (search.kind === 'words') return search.short === undefined ? undefined : linkGroupsTexts.tooShort
  const [found] = groups
  if (search.kind !== 'url' || !found) return undefined
  const isItself = found.fullPath.toLowerCase() === search.fullPaths[0]?.toLowerCase()
  return isItself ? undefined : linkGroupsTexts.around
}

/** @returns why a search in this source found nothing */
export function whyNothing(
  search: GroupSearch,
  { user: { username, isAdministrator }, topLevelOnly }: GroupsSource,
  instanceName: string,
  { isUnfinished }: GroupRows,
): string {
  if (search.kind === 'elsewhere') return linkGroupsTexts.elsewhere(search.host, instanceName)
  if (search.kind === 'no-group') return linkGroupsTexts.noGroupAddress
  if (isUnfinished) return linkGroupsTexts.unfinished
  const path = search.kind === 'url' ? (search.fullPaths[0] ?? '') : search.words
  const owner = path.split('/')[0] ?? ''
  if (owner.toLowerCase() === username.toLowerCase()) return linkGroupsTexts.ownNamespace(owner)
  if (search.kind === 'url') return linkGroupsTexts.noneAtAddress(path)
  // Subgroups might match, or be what the user can link.
  if (topLevelOnly) return path === '' ? linkGroupsTexts.noTopLevel : linkGroupsTexts.noTopLevelFound(path)
  if (path === '')
    return isAdministrator ? linkGroupsTexts.noneAtAllForAdministrators : linkGroupsTexts.noneAtAll
  const why = isAdministrator ? linkGroupsTexts.noneFoundWhyForAdministrators : linkGroupsTexts.noneFoundWhy
  return `${linkGroupsTexts.noneFound(path, instanceName)} ${why}`
}
