import type { ReactNode } from 'react'

/** Give it to a text as a value, to show an element in its place. */
export const PLACE = '\uFFFC'

/**
 * A text with an element in it, wherever the language puts it.
 * @param text has {@link PLACE} as one of its values
 */
export function Sentence({ text, children }: { text: string; children: ReactNode }) {
  const [before, after] = text.split(PLACE)
  return (
    <>
      {before}
      {children}
      {after}
    </>
  )
}
