import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'

/** How many rows away the actions for the selection are still easy to find. */
const NEAR_ROWS = 8

/**
 * Which linked groups are selected, by the id of their link; what isn't in the list anymore isn't selected either.
 * @param groups the whole list
 * @param shown the rows that the filter leaves, in their order, for selecting a range with the Shift key
 */
export function useSelection(groups: readonly LinkedGroup[], shown: readonly LinkedGroup[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const [barRow, setBarRow] = useState<string>()
  const selected = useMemo(() => {
    if (ids.size === 0) return ids
    return new Set(groups.flatMap(({ subscriptionId: id = '' }) => (ids.has(id) ? [id] : [])))
  }, [groups, ids])
  const latest = useRef({ shown, anchor, selected })
  useEffect(() => {
    latest.current = { shown, anchor, selected }
  })

  const change = useCallback((some: readonly LinkedGroup[], isSelected: boolean) => {
    setIds((before) => {
      const after = new Set(before)
      for (const { subscriptionId } of some) {
        if (subscriptionId === undefined) continue
        if (isSelected) after.add(subscriptionId)
        else after.delete(subscriptionId)
      }
      return after
    })
  }, [])

  const select = useCallback(
    (group: LinkedGroup, isSelected: boolean, shiftKey: boolean) => {
      const { shown: rows, anchor: last, selected: before } = latest.current
      const indexOf = (id: string | undefined) =>
        rows.findIndex(({ subscriptionId }) => subscriptionId !== undefined && subscriptionId === id)
      const from = indexOf(last)
      const to = rows.indexOf(group)
      const range = shiftKey && last !== undefined && from >= 0 && to >= 0
      change(range ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [group], isSelected)
      setAnchor(group.subscriptionId)
      // Where the bar moves from above a row to below it, the row moves under the pointer.
      setBarRow((row) => {
        const at = before.size > 0 ? indexOf(row) : -1
        return at >= 0 && Math.abs(to - at) <= NEAR_ROWS ? row : group.subscriptionId
      })
    },
    [change],
  )

  return {
    selected,
    /** Below which row the actions for the selection are; undefined if they belong above the list. */
    barRow,
    select,
    selectAll(some: readonly LinkedGroup[], isSelected: boolean): void {
      change(some, isSelected)
      setAnchor(undefined)
      setBarRow(undefined)
    },
    clear(): void {
      setIds(new Set())
      setAnchor(undefined)
      setBarRow(undefined)
    },
  }
}
