import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { GroupSearch } from '#src/gitlab/linkable-groups/group-search.ts'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { groupAtOptions } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { texts } from '#src/texts/texts.ts'
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
  const isUrl = search.kind === 'url'
  return {
    ...list,
    groups: isUrl ? one : NONE,
    firstRow: 0,
    rowCount: isUrl ? one.length : 0,
    hasMore: false,
    isUnfinished: at.data === 'unfinished',
    list: fullPaths.join(' '),
    isFetching: isUrl && at.isFetching,
    isCurrent: !at.isLoading,
    isRefining: false,
    error: isUrl ? at.error : null,
    retry: () => void at.refetch(),
  }
}

/** @returns what applies to all groups that a search found; undefined for nothing */
export function noteAbout(search: GroupSearch, { groups }: GroupRows): string | undefined {
  if (search.kind === 'words') return search.short === undefined ? undefined : texts.linkGroups.tooShort
  const [found] = groups
  if (search.kind !== 'url' || !found) return undefined
  const [path = ''] = search.fullPaths
  const isItself = found.fullPath.toLowerCase() === path.toLowerCase()
  // It might be a project, or no longer exist.
  return isItself ? undefined : texts.linkGroups.around({ path })
}

/** @returns why a search in this source found nothing */
export function whyNothing(
  search: GroupSearch,
  { user: { username, isAdministrator }, topLevelOnly }: GroupsSource,
  instanceName: string,
  { isUnfinished }: GroupRows,
): string {
  if (search.kind === 'elsewhere') return texts.linkGroups.elsewhere({ host: search.host, instanceName })
  if (search.kind === 'no-group') return texts.linkGroups.noGroupAddress
  if (isUnfinished) return texts.linkGroups.unfinished
  const path = search.kind === 'url' ? (search.fullPaths[0] ?? '') : search.words
  const owner = path.split('/')[0] ?? ''
  if (owner.toLowerCase() === username.toLowerCase()) return texts.linkGroups.ownNamespace({ path: owner })
  if (search.kind === 'url') return texts.linkGroups.noneAtAddress({ path })
  // Subgroups might match, or be what the user can link.
  if (topLevelOnly)
    return path === '' ? texts.linkGroups.noTopLevel : texts.linkGroups.noTopLevelFound({ search: path })
  if (path === '')
    return isAdministrator ? texts.linkGroups.noneAtAllForAdministrators : texts.linkGroups.noneAtAll
  return texts.linkGroups.noneFound({ search: path, instanceName })
}
