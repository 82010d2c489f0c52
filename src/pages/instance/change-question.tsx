import { useInstance } from '#src/pages/context/instance-context.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { Question } from '#src/pages/parts/question.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { texts } from '#src/texts/texts.ts'
import styles from './choose-instance.module.css'

interface ChangeQuestionProps {
  readonly nextName: string
  /** Whether the groups stay linked that are linked now. */
  readonly keepsLinks: boolean
  /** How many groups are linked as far as the page knows. Where it knows none, there might still be some. */
  readonly linkedCount: number
  readonly isBusy: boolean
  readonly onConfirm: () => void
  readonly onBackToGroups: () => void
  readonly onCancel: () => void
}

/** Says what a change of the instance does to the linked groups, before it is saved. */
export function ChangeQuestion(props: ChangeQuestionProps) {
  const { nextName, keepsLinks, linkedCount, isBusy, onConfirm, onBackToGroups, onCancel } = props
  const { facts } = useInstance()
  const values = { name: facts.instanceName, count: linkedCount }
  // What serves the page doesn't move to another URL, but one that was chosen may.
  const mightHaveMoved = facts.instanceUrl !== facts.appUrl
  const kept = inSequence(
    texts.chooseInstance.keepsLinks(values),
    mightHaveMoved ? texts.chooseInstance.sameInstance({ name: nextName }) : undefined,
  )
  const isRemoval = !keepsLinks && linkedCount > 0
  const removal =
    linkedCount > 0 ? texts.chooseInstance.removesLinks(values) : texts.chooseInstance.removesAnyLinks

  return (
    <Question
      question={texts.chooseInstance.confirm({ name: nextName })}
      consequence={keepsLinks ? kept : removal}
      confirm={isRemoval ? texts.chooseInstance.confirmRemoval(values) : texts.chooseInstance.confirmButton}
      appearance={keepsLinks ? 'warning' : 'danger'}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {keepsLinks && (
        <div className={styles.back}>
          <SubtleButton disabled={isBusy} onClick={onBackToGroups}>
            {texts.chooseInstance.backToGroups}
          </SubtleButton>
        </div>
      )}
    </Question>
  )
}
