import type { ReactNode } from 'react'
import { startTransition, useEffect, useEffectEvent, useRef, useState } from 'react'
import { BLOCK_ROWS, FIRST_BLOCKS } from './list-limits.ts'
import styles from './nearby-blocks.module.css'

/** Approximate height of a row. */
const ROW_PIXELS = 57
/** How far ahead of the visible area rows are rendered. */
const AHEAD_PIXELS = 1000

interface Blocks {
  /** The list's content: rows, and gaps about as tall as the rows that are not rendered yet. */
  readonly content: ReactNode[]
  /** Whether there are more rows than the first blocks. */
  readonly isLong: boolean
  /** Whether all rows are rendered. */
  readonly isComplete: boolean
  readonly showAll: () => void
}

/**
 * Renders the rows of a long list in blocks, as they get near the visible area. Jira's frame is as tall as the page and
 * never scrolls, so neither scroll events nor sizes tell what is visible; an IntersectionObserver does, even inside a
 * cross-origin frame. Rendered rows stay, so that no focus and no find-in-page result is lost.
 * @param rows all rows, each with a key; rows that are the same elements as before are not rendered again
 */
export function useNearbyBlocks(rows: readonly ReactNode[]): Blocks {
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set(FIRST_BLOCKS))
  const blocks = Math.ceil(rows.length / BLOCK_ROWS)
  // Without an observer, render everything.
  const canObserve = typeof IntersectionObserver === 'function'
  const isShown = (block: number) => !canObserve || shown.has(block)
  const indexes = [...Array(blocks).keys()]
  return {
    isLong: canObserve && blocks > FIRST_BLOCKS.length,
    isComplete: indexes.every(isShown),
    showAll: () => startTransition(() => setShown(new Set(indexes))),
    content: indexes.flatMap((block) => {
      const some = rows.slice(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS)
      if (isShown(block)) return some
      return (
        <Gap
          key={`gap-${block}`}
          pixels={some.length * ROW_PIXELS}
          pixelsBelow={Math.max(0, rows.length - (block + 1) * BLOCK_ROWS) * ROW_PIXELS}
          onNear={() => setShown((before) => new Set(before).add(block))}
        />
      )
    }),
  }
}

interface GapProps {
  readonly pixels: number
  /** From its end to the end of the list. */
  readonly pixelsBelow: number
  readonly onNear: () => void
}

function Gap({ pixels, pixelsBelow, onNear }: GapProps) {
  const sentinel = useRef<HTMLSpanElement>(null)
  const showRows = useEffectEvent(onNear)
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) showRows()
    })
    if (sentinel.current) observer.observe(sentinel.current)
    return () => observer.disconnect()
  }, [])
  return (
    <li className={styles.gap} aria-hidden="true" style={{ height: pixels }}>
      {/* Extends beyond the gap, because the observer's margin has no effect inside a cross-origin frame. Not beyond the
          end of the list, or the page would become scrollable within its frame. */}
      <span
        ref={sentinel}
        className={styles.sentinel}
        data-sentinel
        style={{ top: -AHEAD_PIXELS, bottom: -Math.min(AHEAD_PIXELS, pixelsBelow) }}
      />
    </li>
  )
}
