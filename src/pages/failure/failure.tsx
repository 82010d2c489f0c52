import type { ComponentType } from 'react'
import { useEffect, useState } from 'react'
import { Button } from '#src/pages/parts/button.tsx'
import { loadLaterTexts, texts } from '#src/texts/texts.ts'
import { codeOf } from './failure-code.ts'
import type { FailureProps } from './failure-panel.tsx'

let FailurePanel: ComponentType<FailureProps> | undefined

/** Loads what explains failures. Load it before one happens, since it might take the connection along. */
export async function loadFailurePanel(): Promise<void> {
  const [module] = await Promise.all([import('./failure-panel.tsx'), loadLaterTexts()])
  FailurePanel = module.FailurePanel
}

/** What failed, why, and what to do, in the same form wherever something can fail. Its words aren't part of the first load. */
export function Failure(props: FailureProps) {
  const [isMissing, setMissing] = useState(false)
  const [, setLoaded] = useState(FailurePanel !== undefined)

  useEffect(() => {
    if (FailurePanel || isMissing) return
    let isHere = true
    loadFailurePanel().then(
      () => isHere && setLoaded(true),
      () => isHere && setMissing(true),
    )
    return () => {
      isHere = false
    }
  }, [isMissing])

  if (FailurePanel) return <FailurePanel {...props} />
  if (!isMissing) return null
  const { error, onRetry } = props
  const tryAgain = () => {
    setMissing(false)
    onRetry?.()
  }
  return (
    <section role="alert" data-failure={codeOf(error)}>
      <p>{texts.failure.wordsMissing({ code: codeOf(error) })}</p>
      <Button onClick={tryAgain}>{texts.tryAgain}</Button>
    </section>
  )
}
