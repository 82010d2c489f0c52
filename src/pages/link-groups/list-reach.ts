import type { GroupsPage } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { GROUPS_PER_PAGE } from '#src/gitlab/linkable-groups/linkable-groups.ts'

/** How much of a search's list is known. */
export interface Reach {
  readonly search: string
  readonly rows: number
  readonly hasMore: boolean
}

/**
 * @param pages those that are loaded, by their number
 * @param seen what was known before
 * @returns what is known of the list with them
 */
export function reachOf(
  pages: ReadonlyMap<number, GroupsPage>,
  search: string,
  seen: Reach | undefined,
): Reach {
  let reach = seen ?? { search, rows: 0, hasMore: true }
  for (const [page, { groups, nextPage, total }] of pages) {
    // With a total, the last row can be reached at once. One that the page itself contradicts is wrong.
    if (
      page === 1 &&
      total !== undefined &&
      total > groups.length &&
      nextPage !== undefined &&
      reach.rows === 0
    ) {
      reach = { search, rows: total, hasMore: false }
      continue
    }
    const hasMore = nextPage !== undefined
    // Later pages can disappear when groups are deleted in the meantime.
    const rows = hasMore ? page * GROUPS_PER_PAGE : (page - 1) * GROUPS_PER_PAGE + groups.length
    if (!hasMore || rows > reach.rows) reach = { search, rows, hasMore }
  }
  return reach
}

/** @returns whether two say the same */
export function isSameReach(a: Reach, b: Reach): boolean {
  return a.search === b.search && a.rows === b.rows && a.hasMore === b.hasMore
}

/** @returns the page that contains a row; pages start at 1 */
export function pageOf(row: number): number {
  return Math.floor(Math.max(0, row) / GROUPS_PER_PAGE) + 1
}
