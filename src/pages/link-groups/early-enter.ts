import { useEffect, useEffectEvent, useRef } from 'react'

export interface EarlyEnter {
  /** Call it when the text changes. */
  typed(): void
  /** Call it for every key, with whether it's Enter while the rows match an earlier text. */
  pressed(isEarlyEnter: boolean): void
  /** Call it when the field is left, or the selection changes in another way. */
  left(): void
}

/**
 * Enter right after typing means what was typed, whose search may not have been answered yet. It's remembered until
 * then, unless another key, a click, or more text follows. After an arrow key, it meant a row of the previous search.
 * @param isAnswered whether the rows match the current text, and no better match is still searched for
 * @param onEnter takes the first row
 */
export function useEarlyEnter(isAnswered: boolean, onEnter: () => void): EarlyEnter {
  const state = useRef<'typed' | 'entered'>(undefined)
  const enter = useEffectEvent(onEnter)
  useEffect(() => {
    if (!isAnswered) return
    // Not before what was found has been announced, which would take the place of the announcement about the row.
    const timer = setTimeout(() => {
      if (state.current !== 'entered') return
      state.current = undefined
      enter()
    })
    return () => clearTimeout(timer)
  }, [isAnswered])
  return {
    typed() {
      state.current = 'typed'
    },
    pressed(isEarlyEnter) {
      state.current = isEarlyEnter && state.current !== undefined ? 'entered' : undefined
    },
    left() {
      state.current = undefined
    },
  }
}
