import type { ReactNode } from 'react'

/** Give it to a text as a value, to show an element in its place. */
export const PLACE = '\uFFFC'

/**
 * A text with an element in it, wherever the language puts it.
 * @param text has {@link PLACE} as one of its values
 */
export function Sentence({ text, children }: { text: string; children: ReactNode }) {
  const [before, after] = aroundPlace(text)
  return (
    <>
      {before}
      {children}
      {after}
    </>
  )
}

/** @returns what stands before and after the place, of which there is one; a name from GitLab might have the same character */
export function aroundPlace(text: string): [before: string, after: string] {
  const [before = '', ...after] = text.split(PLACE)
  return [before, after.join(PLACE)]
}
