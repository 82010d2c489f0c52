import type { SetUp } from '#src/gitlab/installation/set-up-commands.ts'
import { READ_TOKEN_COMMAND, setUpCommands } from '#src/gitlab/installation/set-up-commands.ts'
import { setUpCommandsTexts } from '#src/texts/en-set-up-commands.ts'
import { CodeBlock } from './code-block.tsx'
import styles from './set-up-commands.module.css'

/** The commands that set up an instance by one paste, closed until someone prefers them to the steps. */
export function SetUpCommands(setUp: SetUp) {
  const { title, explanation, readToken, token, run, commands } = setUpCommandsTexts
  return (
    <details className={styles.commands}>
      <summary>{title}</summary>
      <p>{explanation}</p>
      <p>{readToken}</p>
      <CodeBlock name={token} text={READ_TOKEN_COMMAND} />
      <p>{run}</p>
      <CodeBlock name={commands} text={setUpCommands(setUp)} />
    </details>
  )
}
