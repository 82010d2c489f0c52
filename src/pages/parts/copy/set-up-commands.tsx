import { useRef } from 'react'
import type { SetUp } from '#src/gitlab/installation/set-up-commands.ts'
import { READ_TOKEN_COMMAND, setUpCommands } from '#src/gitlab/installation/set-up-commands.ts'
import { texts } from '#src/texts/en.ts'
import { setUpCommandsTexts } from '#src/texts/en-set-up-commands.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './set-up-commands.module.css'

/** The commands that set up an instance by one paste, closed until someone prefers them to the steps. */
export function SetUpCommands(setUp: SetUp) {
  const { title, explanation, readToken, token, run, commands } = setUpCommandsTexts
  return (
    <details className={styles.commands}>
      <summary>{title}</summary>
      <p>{explanation}</p>
      <p>{readToken}</p>
      <Shell name={token} text={READ_TOKEN_COMMAND} />
      <p>{run}</p>
      <Shell name={commands} text={setUpCommands(setUp)} />
    </details>
  )
}

function Shell({ name, text }: { name: string; text: string }) {
  const shown = useRef<HTMLElement>(null)
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which must be possible by keyboard */}
      <section ref={shown} tabIndex={0} aria-label={name}>
        <pre>{text}</pre>
      </section>
      <CopyButton label={texts.copy.copy(name)} text={text} shown={shown} />
    </div>
  )
}
