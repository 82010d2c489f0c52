import type { ReactNode } from 'react'
import { createContext, useCallback, useContext, useState } from 'react'
import { languageOfTexts } from '#src/texts/texts.ts'

const AnnounceContext = createContext<(text: string) => void>(() => undefined)

/** Announces texts to screen-reader users. Shows nothing. */
export function Announcements({ children }: { children: ReactNode }) {
  const [announcement, setAnnouncement] = useState({ text: '', language: '', count: 0 })
  const announce = useCallback(
    (text: string) =>
      setAnnouncement(({ count }) => ({ text, language: languageOfTexts(), count: count + 1 })),
    [],
  )
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" className="visually-hidden">
        {/* A new element each time, so that the same text is announced again. Another language of the page changes none. */}
        <span key={announcement.count} lang={announcement.language}>
          {announcement.text}
        </span>
      </div>
    </AnnounceContext>
  )
}

/** @returns a function that announces a text to screen-reader users */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}
