import { useRef } from 'react'
import { texts } from '#src/texts/en.ts'
import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

/** A text of many lines to copy, of which the first ones show. */
export function CodeBlock({ name, text }: { name: string; text: string }) {
  const shown = useRef<HTMLElement>(null)
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which must be possible by keyboard */}
      <section ref={shown} tabIndex={0} aria-label={name}>
        <pre>{text}</pre>
      </section>
      <CopyButton label={texts.copy.copy(name)} text={text} shown={shown} />
    </div>
  )
}
