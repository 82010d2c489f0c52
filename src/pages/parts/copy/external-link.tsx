import { useRef } from 'react'
import { texts } from '#src/texts/texts.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './external-link.module.css'

/**
 * A link to another site, with a button to copy its URL: a window opened from Jira's sandboxed frame inherits the
 * sandbox, and a site that isolates its windows (Cross-Origin-Opener-Policy) stays blank in it.
 */
export function ExternalLink({ href, children }: { href: string; children: string }) {
  const link = useRef<HTMLAnchorElement>(null)
  return (
    <span className={styles.link}>
      <a ref={link} href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
      <CopyButton label={texts.copy.link({ name: children })} text={href} shown={link} isQuiet />
    </span>
  )
}
