import type { ReactNode } from 'react'
import { useRef, useState } from 'react'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
import { copyText } from './clipboard.ts'

/**
 * A link to another site, with a way to copy it: what Jira's sandbox opens inherits that sandbox, and a site that
 * isolates its windows stays blank then.
 */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const announce = useAnnounce()
  const link = useRef<HTMLAnchorElement>(null)
  const [note, setNote] = useState<string>(texts.copy.link)

  async function copy(): Promise<void> {
    const copied = await copyText(href, link.current)
    setNote(copied ? texts.copy.copied : texts.copy.pressKeys)
    announce(copied ? texts.copy.copied : texts.copy.pressKeys)
  }

  return (
    <span className="external-link">
      <a ref={link} href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>{' '}
      <button type="button" className="link-button" onClick={() => void copy()}>
        {note}
      </button>
    </span>
  )
}
