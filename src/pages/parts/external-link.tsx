import type { ReactNode } from 'react'
import { useRef } from 'react'
import { texts } from '#src/texts/en.ts'
import { useCopying } from './copying.ts'
import { LinkButton } from './link-button.tsx'

/**
 * A link to another site, with a way to copy it: what Jira's sandbox opens inherits that sandbox, and a site that
 * isolates its windows stays blank then.
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
