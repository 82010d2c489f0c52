import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { groupAtOptions, groupsPageOptions } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import type { Group, GroupsPage } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { bestFirst, GROUPS_PER_PAGE, mayBeBuried } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { Reach } from './list-reach.ts'
import { isSameReach, pageOf, reachOf } from './list-reach.ts'

/** Prefetch distance, in rows. */
const ROWS_AHEAD = 20

/** The loaded part of a list of any length: the groups around the visible rows, and how long the list is. */
export interface GroupRows {
  readonly groups: readonly Group[]
  /** Index of the row of the first group, from 0. */
  readonly firstRow: number
  /** How many rows are known to exist, loaded or not. */
  readonly rowCount: number
  readonly hasMore: boolean
  /** Whether it took too long to tell whether there is such a group. */
  readonly isUnfinished: boolean
  /** Identifies the list: when it changes, the menu scrolls back to the top. */
  readonly list: string
  readonly isFetching: boolean
  /** Whether these groups match the current search, not a previous one. */
  readonly isCurrent: boolean
  /** Whether a better match might still come before them. */
  readonly isRefining: boolean
  /** Why the latest request failed. */
  readonly error: unknown
  readonly retry: () => void
  /** Call it with the first and last visible row. */
  readonly onVisible: (firstRow: number, lastRow: number) => void
}

/**
 * The groups that match a search. Only the pages around the visible rows are kept, so that scrolling through 100,000
 * groups takes no more memory than through 100.
 */
export function useGroupRows(
  source: GroupsSource,
  search: string,
  short: string | undefined,
  enabled: boolean,
): GroupRows {
  const [near, setNear] = useState({ search, first: 1, last: 1 })
  const [seen, setSeen] = useState<Reach>({ search, rows: 0, hasMore: true })

  const first = useQuery({
    ...groupsPageOptions(source, search, 1),
    placeholderData: keepPreviousData,
    enabled,
  })
  const isAnswered = first.data !== undefined && !first.isPlaceholderData
  const buried = useQuery({
    ...groupAtOptions(source, [short ?? search]),
    enabled: enabled && isAnswered && (short !== undefined || mayBeBuried(first.data, search)),
  })

  const isNear = isAnswered && near.search === search && seen.search === search
  const from = Math.max(2, near.first)
  const to = isNear ? Math.min(near.last, pageOf(seen.hasMore ? seen.rows : seen.rows - 1)) : 0
  const pages = useMemo(
    () => Array.from({ length: Math.max(0, to - from + 1) }, (_none, index) => from + index),
    [from, to],
  )
  const later = useQueries({
    queries: pages.map((page) => groupsPageOptions(source, search, page)),
    combine: (results) => ({
      data: results.map(({ data }) => data),
      isFetching: results.some(({ isFetching }) => isFetching),
      error: results.find(({ error }) => error)?.error ?? null,
      retry: () => {
        for (const result of results) if (result.error) void result.refetch()
      },
    }),
  })

  // While a new search is loading, the previous groups stay visible.
  const loaded = useMemo(() => {
    const known = new Map<number, GroupsPage>()
    if (first.data) known.set(1, { ...first.data, groups: bestFirst(first.data.groups, search) })
    for (const [index, page] of pages.entries()) {
      const data = later.data[index]
      if (data) known.set(page, data)
    }
    return known
  }, [first.data, search, pages, later.data])

  const reach = reachOf(loaded, search, isAnswered && seen.search === search ? seen : undefined)
  if (isAnswered && !isSameReach(seen, reach)) setSeen(reach)

  const exact = isAnswered && buried.data !== 'unfinished' ? (buried.data ?? undefined) : undefined
  const start = isNear && near.first > 1 ? (pages.find((page) => loaded.has(page)) ?? 1) : 1
  const groups = useMemo(() => {
    const run: Group[] = start === 1 && exact ? [exact] : []
    for (let page = start; loaded.has(page); page++) run.push(...(loaded.get(page)?.groups ?? []))
    return run
  }, [loaded, start, exact])

  const onVisible = useCallback(
    (firstRow: number, lastRow: number) => {
      const next = { search, first: pageOf(firstRow - ROWS_AHEAD), last: pageOf(lastRow + ROWS_AHEAD) }
      setNear((before) =>
        before.search === search && before.first === next.first && before.last === next.last ? before : next,
      )
    },
    [search],
  )

  const extra = exact ? 1 : 0
  return {
    groups,
    firstRow: start === 1 ? 0 : (start - 1) * GROUPS_PER_PAGE + extra,
    rowCount: reach.rows + extra,
    hasMore: isAnswered && reach.hasMore,
    isUnfinished: false,
    list: isAnswered ? (short ?? search) : '',
    isFetching: first.isFetching || later.isFetching,
    isCurrent: isAnswered,
    isRefining: buried.isLoading,
    error: first.error ?? later.error,
    retry: () => {
      if (first.error) void first.refetch()
      later.retry()
    },
    onVisible,
  }
}
