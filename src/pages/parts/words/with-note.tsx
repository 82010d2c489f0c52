import type { ReactNode } from 'react'
import { texts } from '#src/texts/texts.ts'
import { aroundPlace, PLACE } from './sentence.tsx'

interface WithNoteProps {
  readonly note: string
  /** Of the note, with its brackets. */
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A text with a note in brackets, which some languages write wide and without a space. */
export function WithNote({ note, className, children }: WithNoteProps) {
  const [before, after] = aroundPlace(texts.joined.withNote({ text: PLACE, note }))
  return (
    <>
      {before}
      {children}
      <span className={className}>{after}</span>
    </>
  )
}
