import { useRef } from 'react'
import { texts } from '#src/texts/texts.ts'
import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

interface CodeBlockProps {
  readonly name: string
  /** Name of the button that copies it; default: by its own name. */
  readonly copy?: string
  readonly text: string
}

/** A text of many lines to copy, of which the first ones show. */
export function CodeBlock({ name, copy = texts.copy.copy({ name }), text }: CodeBlockProps) {
  const shown = useRef<HTMLElement>(null)
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which must be possible by keyboard */}
      <section ref={shown} tabIndex={0} aria-label={name}>
        <pre>{text}</pre>
      </section>
      <CopyButton label={copy} text={text} shown={shown} />
    </div>
  )
}
