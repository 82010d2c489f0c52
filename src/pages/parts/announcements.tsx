import type { ReactNode } from 'react'
import { createContext, useCallback, useContext, useState } from 'react'

const AnnounceContext = createContext<(text: string) => void>(() => undefined)

/** Reads texts out to people who use a screen reader. Shows nothing. */
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
        {/* A new element each time: the same text twice in a row is read out twice. */}
        <span key={announcement.count}>{announcement.text}</span>
      </div>
    </AnnounceContext>
  )
}

/** @returns a function that has a text read out */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}
