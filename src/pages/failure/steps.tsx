import { useRef } from 'react'
import { CodeBlock } from '#src/pages/parts/copy/code-block.tsx'
import { CopyButton } from '#src/pages/parts/copy/copy-button.tsx'
import { SetUpCommands } from '#src/pages/parts/copy/set-up-commands.tsx'
import { BreakableUrl } from '#src/pages/parts/words/breakable-url.tsx'
import type { PossibleCause, Step } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'
import styles from './steps.module.css'

/** The possible causes, most likely first, each with how to tell and what to do. */
export function Causes({ causes }: { causes: readonly PossibleCause[] }) {
  return (
    <>
      <h4>{texts.failure.possibleCauses}</h4>
      <ol className={styles.causes}>
        {causes.map(({ cause, steps }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: their words change with the language
          <li key={index}>
            <p>{cause}</p>
            <ul>
              <StepItems steps={steps} />
            </ul>
          </li>
        ))}
      </ol>
    </>
  )
}

/** What to do, in order, with the values to compare. */
export function Steps({ steps }: { steps: readonly (string | Step)[] }) {
  return (
    <ol className={styles.steps}>
      <StepItems steps={steps} />
    </ol>
  )
}

function StepItems({ steps }: { steps: readonly (string | Step)[] }) {
  return steps.map((step, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: their words change with the language
    <StepItem key={index} step={step} />
  ))
}

function StepItem({ step }: { step: string | Step }) {
  return (
    <li>
      {textOf(step)}
      {typeof step !== 'string' && step.values && <Values values={step.values} />}
      {typeof step !== 'string' && step.setUp && <SetUpCommands {...step.setUp} />}
    </li>
  )
}

function textOf(step: string | Step): string {
  return typeof step === 'string' ? step : step.text
}

/** Fields and their exact values, each with a way to copy it. */
export function Values({ values }: { values: NonNullable<Step['values']> }) {
  if (values.length === 0) return null
  return (
    <dl className={styles.values}>
      {values.map(({ name, value, canCopy = false }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: some of their names change with the language
        <div key={index}>
          <dt>{name}</dt>
          <dd>{canCopy ? <CopyableValue name={name} value={value} /> : value}</dd>
        </div>
      ))}
    </dl>
  )
}

function CopyableValue({ name, value }: { name: string; value: string }) {
  const code = useRef<HTMLElement>(null)
  if (value.includes('\n')) return <CodeBlock name={name} text={value} />
  return (
    <>
      <code ref={code}>
        <BreakableUrl url={value} />
      </code>
      <CopyButton label={texts.copy.copy({ name })} text={value} shown={code} />
    </>
  )
}
