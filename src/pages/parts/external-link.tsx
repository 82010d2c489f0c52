import type { ReactNode } from 'react'
import { useRef } from 'react'
import { texts } from '#src/texts/en.ts'
import { useCopying } from './copying.ts'
import { LinkButton } from './link-button.tsx'

/**
 * A link to another site, with a button to copy its URL: a window opened from Jira's sandboxed frame inherits the
 * sandbox, and a site that isolates its windows (Cross-Origin-Opener-Policy) stays blank in it.
 */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const link = useRef<HTMLAnchorElement>(null)
  const { copy, outcome = texts.copy.link } = useCopying()

  return (
    <span>
      <a ref={link} href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>{' '}
      <LinkButton onClick={() => void copy(href, link.current)}>{outcome}</LinkButton>
    </span>
  )
}
