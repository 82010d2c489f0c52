import type { ReactNode } from 'react'
import { createContext, useCallback, useContext, useState } from 'react'

const AnnounceContext = createContext<(text: string) => void>(() => undefined)

/** Announces texts to screen-reader users. Shows nothing. */
export function Announcements({ children }: { children: ReactNode }) {
  const [announcement, setAnnouncement] = useState({ text: '', count: 0 })
  const announce = useCallback(
    (text: string) => setAnnouncement(({ count }) => ({ text, count: count + 1 })),
    [],
  )
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" className="visually-hidden">
        {/* A new element each time, so that the same text is announced again. */}
        <span key={announcement.count}>{announcement.text}</span>
      </div>
    </AnnounceContext>
  )
}

/** @returns a function that announces a text to screen-reader users */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}
