import Button from '@atlaskit/button/new'
import { useRef, useState } from 'react'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { copyText } from '#src/pages/parts/clipboard.ts'
import type { Step } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'

/** What to do, in order, with the values to compare. */
export function Steps({ steps }: { steps: readonly (string | Step)[] }) {
  return (
    <ol className="steps">
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
    <dl className="values">
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
  const announce = useAnnounce()
  const code = useRef<HTMLElement>(null)
  const [note, setNote] = useState('')

  async function copy(): Promise<void> {
    const done = (await copyText(value, code.current)) ? texts.copy.copied : texts.copy.pressKeys
    setNote(done)
    announce(done)
  }

  return (
    <>
      <code ref={code}>{value}</code>
      <Button spacing="compact" aria-label={texts.copy.copy(name)} onClick={() => void copy()}>
        {texts.copy.button}
      </Button>
      <span aria-hidden="true">{note}</span>
    </>
  )
}
