import Button from '@atlaskit/button/new'
import { useRef } from 'react'
import { useCopying } from '#src/pages/parts/copying.ts'
import { texts } from '#src/texts/en.ts'
import type { Step } from '#src/texts/failure-texts.ts'
import styles from './steps.module.css'

/** What to do, in order, with the values to compare. */
export function Steps({ steps }: { steps: readonly (string | Step)[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => {
        const { text, values = [] } = typeof step === 'string' ? { text: step } : step
        return (
          <li key={text}>
            {text}
            <Values values={values} />
          </li>
        )
      })}
    </ol>
  )
}

/** Fields and their exact values, each with a way to copy it. */
export function Values({ values }: { values: NonNullable<Step['values']> }) {
  if (values.length === 0) return null
  return (
    <dl className={styles.values}>
      {values.map(({ name, value, canCopy = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{canCopy ? <CopyableValue name={name} value={value} /> : value}</dd>
        </div>
      ))}
    </dl>
  )
}

function CopyableValue({ name, value }: { name: string; value: string }) {
  const code = useRef<HTMLElement>(null)
  const { copy, outcome } = useCopying()

  return (
    <>
      <code ref={code}>{value}</code>
      <Button
        spacing="compact"
        aria-label={texts.copy.copy(name)}
        onClick={() => void copy(value, code.current)}
      >
        {texts.copy.button}
      </Button>
      <span aria-hidden="true">{outcome}</span>
    </>
  )
}
