import type { ReactNode } from 'react'
import { startTransition, useEffect, useEffectEvent, useRef, useState } from 'react'
import { BLOCK_ROWS, FIRST_BLOCKS } from './list-limits.ts'
import styles from './nearby-blocks.module.css'

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
 * @param heights about how tall each row will be, in pixels. If the page outgrew its frame when it is rendered, the
 * browser would paint the whole page again, and once more when Jira has made the frame taller.
 */
export function useNearbyBlocks(rows: readonly ReactNode[], heights: readonly number[]): Blocks {
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set(FIRST_BLOCKS))
  const blocks = Math.ceil(rows.length / BLOCK_ROWS)
  // Without an observer, render everything.
  const canObserve = typeof IntersectionObserver === 'function'
  const pixels = (from: number, to?: number) =>
    heights.slice(from, to).reduce((sum, height) => sum + height, 0)
  const isShown = (block: number) => !canObserve || shown.has(block)
  const indexes = [...Array(blocks).keys()]
  return {
    isLong: canObserve && blocks > FIRST_BLOCKS.length,
    isComplete: indexes.every(isShown),
    showAll: () => startTransition(() => setShown(new Set(indexes))),
    content: indexes.flatMap((block) => {
      const from = block * BLOCK_ROWS
      const to = from + BLOCK_ROWS
      if (isShown(block)) return rows.slice(from, to)
      return (
        <Gap
          key={`gap-${block}`}
          pixels={pixels(from, to)}
          pixelsBelow={pixels(to)}
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
