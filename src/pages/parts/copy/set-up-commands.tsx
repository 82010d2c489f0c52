import type { SetUp } from '#src/gitlab/installation/set-up-commands.ts'
import { READ_TOKEN_COMMAND, setUpCommands } from '#src/gitlab/installation/set-up-commands.ts'
import { texts } from '#src/texts/texts.ts'
import { CodeBlock } from './code-block.tsx'
import styles from './set-up-commands.module.css'

/** The commands that set up an instance by one paste, closed until someone prefers them to the steps. */
export function SetUpCommands(setUp: SetUp) {
  const { title, explanation, readToken, token, copyToken, run, commands, copyCommands } = texts.setUpCommands
  return (
    <details className={styles.commands}>
      <summary>{title}</summary>
      <p>{explanation}</p>
      <p>{readToken}</p>
      <CodeBlock name={token} copy={copyToken} text={READ_TOKEN_COMMAND} />
      <p>{run}</p>
      <CodeBlock name={commands} copy={copyCommands} text={setUpCommands(setUp)} />
    </details>
  )
}
