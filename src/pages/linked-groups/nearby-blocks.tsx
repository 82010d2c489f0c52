import type { ReactNode } from 'react'
import { startTransition, useEffect, useEffectEvent, useRef, useState } from 'react'
import styles from './nearby-blocks.module.css'

/** So many rows come at once. */
const BLOCK_ROWS = 10
/** These come with the list: about as much as one sees. */
const FIRST_BLOCKS = [0, 1, 2]
/** About the height of a row. */
const ROW_PIXELS = 57
/** How far ahead of what one sees rows are made. */
const AHEAD_PIXELS = 1000

interface Blocks {
  /** What to put into the list: rows, and gaps of about the height of the rows that are not there yet. */
  readonly content: ReactNode[]
  /** There are more rows than come with the list. */
  readonly isLong: boolean
  /** All rows are there. */
  readonly isComplete: boolean
  readonly showAll: () => void
}

/**
 * Renders the rows of a long list in blocks, as they come near to what one sees. Jira's frame is as tall as the page and
 * never scrolls, so that neither scroll events nor sizes tell where one is; an IntersectionObserver does, even from within
 * a frame of another site. Once there, rows stay: nobody's focus or search in the page gets lost.
 * @param rows all of them, each with a key; those that are the same elements as before are not rendered again
 */
export function useNearbyBlocks(rows: readonly ReactNode[]): Blocks {
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set(FIRST_BLOCKS))
  const blocks = Math.ceil(rows.length / BLOCK_ROWS)
  // Where it cannot be known what is near, everything is.
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
  /** From its end to the list's. */
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
      {/* Reaches out, since a margin of the observer has no effect within a frame of another site. Not beyond the list,
          or the page could be scrolled further down in its frame. */}
      <span
        ref={sentinel}
        className={styles.sentinel}
        data-sentinel
        style={{ top: -AHEAD_PIXELS, bottom: -Math.min(AHEAD_PIXELS, pixelsBelow) }}
      />
    </li>
  )
}
