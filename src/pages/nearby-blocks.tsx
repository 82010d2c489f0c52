import type { ReactNode } from 'react'
import { startTransition, useEffect, useRef, useState } from 'react'

/** So many rows come at once. */
const BLOCK_ROWS = 25
/** About the height of a row. */
const ROW_PIXELS = 57

interface Blocks {
  /** What to put into the list: rows, and gaps of about the height of the rows that are not there yet. */
  readonly content: ReactNode[]
  readonly isComplete: boolean
  readonly showAll: () => void
}

/**
 * Renders the rows of a long list in blocks, as they come near to what one sees. Jira's frame is as tall as the page and
 * never scrolls, so that neither scroll events nor sizes tell where one is; an IntersectionObserver does, even from within
 * a frame of another site. Once there, rows stay: nobody's focus or search in the page gets lost.
 * @param rowOf gives the row at an index, with a key
 */
export function useNearbyBlocks(length: number, rowOf: (index: number) => ReactNode): Blocks {
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set([0]))
  const blocks = Math.ceil(length / BLOCK_ROWS)
  // Where it cannot be known what is near, everything is.
  const canObserve = typeof IntersectionObserver === 'function'
  const isShown = (block: number) => !canObserve || shown.has(block)
  const indexes = [...Array(blocks).keys()]
  return {
    isComplete: indexes.every(isShown),
    showAll: () => startTransition(() => setShown(new Set(indexes))),
    content: indexes.flatMap((block) => {
      const first = block * BLOCK_ROWS
      const rows = Math.min(BLOCK_ROWS, length - first)
      if (isShown(block)) return [...Array(rows).keys()].map((row) => rowOf(first + row))
      return (
        <Gap
          key={`gap-${block}`}
          pixels={rows * ROW_PIXELS}
          isLast={block === blocks - 1}
          onNear={() => setShown((before) => new Set(before).add(block))}
        />
      )
    }),
  }
}

interface GapProps {
  readonly pixels: number
  readonly isLast: boolean
  readonly onNear: () => void
}

function Gap({ pixels, isLast, onNear }: GapProps) {
  const sentinel = useRef<HTMLSpanElement>(null)
  const latestOnNear = useRef(onNear)
  useEffect(() => {
    latestOnNear.current = onNear
  })
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) latestOnNear.current()
    })
    if (sentinel.current) observer.observe(sentinel.current)
    return () => observer.disconnect()
  }, [])
  return (
    <li className="gap" aria-hidden="true" style={{ height: pixels }}>
      {/* Reaches out, since a margin of the observer has no effect within a frame of another site. */}
      <span ref={sentinel} className={isLast ? 'gap-sentinel gap-sentinel-last' : 'gap-sentinel'} />
    </li>
  )
}
