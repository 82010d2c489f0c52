import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { LinkedGroup } from './linked-groups.ts'

/** How long to wait before each reading. The databases of a large GitLab usually agree within a second. */
const WAITS_MS = [0, 2_000, 8_000]

/** What GitLab has confirmed about groups, and the list of linked groups should say as well. */
export interface Confirmed<T> {
  readonly groups: readonly T[]
  /** The list, if it was read since the change. */
  readonly known?: readonly LinkedGroup[] | undefined
  /** Whether a list says it of a group. */
  readonly isSaid: (group: T, linked: readonly LinkedGroup[]) => boolean
  /** Changes the cached list so that it says it of these groups. */
  readonly show: (groups: readonly T[]) => Promise<void>
}

/**
 * Shows what GitLab has confirmed, and reads the list again, unless it was read since and says it all. A GitLab with several databases can respond from one that
 * hasn't heard of it: then it stays shown, and the list is read again a little later. The last reading counts.
 * @param list key of the query
 */
export async function showAndRead<T>(
  client: QueryClient,
  list: QueryKey,
  { groups, known, isSaid, show }: Confirmed<T>,
): Promise<void> {
  let unsaid = groups
  for (const waitMs of WAITS_MS) {
    await show(unsaid)
    if (known && waitMs === 0 && groups.every((group) => isSaid(group, known))) return
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    await client.invalidateQueries({ queryKey: list })
    const linked = client.getQueryData<readonly LinkedGroup[]>(list)
    // Once the list has said it, what it says later is something new.
    unsaid = linked ? unsaid.filter((group) => !isSaid(group, linked)) : []
    if (unsaid.length === 0) return
  }
}
