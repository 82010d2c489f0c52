import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { Question } from '#src/pages/parts/question.tsx'
import { chooseInstanceTexts } from '#src/texts/en-instance.ts'
import styles from './choose-instance.module.css'

interface ChangeQuestionProps {
  readonly nextName: string
  /** Whether the groups stay linked that are linked now. */
  readonly keepsLinks: boolean
  readonly linkedCount: number
  readonly isBusy: boolean
  readonly onConfirm: () => void
  readonly onBackToGroups: () => void
  readonly onCancel: () => void
}

/** Says what a change of the instance does to the linked groups, before it is saved. */
export function ChangeQuestion(props: ChangeQuestionProps) {
  const { nextName, keepsLinks, linkedCount, isBusy, onConfirm, onBackToGroups, onCancel } = props
  const { format } = usePageContext()
  const { facts } = useInstance()
  const words = keepsLinks ? chooseInstanceTexts.keepsLinks : chooseInstanceTexts.removesLinks

  return (
    <Question
      question={chooseInstanceTexts.confirm(nextName)}
      consequence={words(facts.instanceName, linkedCount, format)}
      confirm={chooseInstanceTexts.confirmButton}
      appearance={keepsLinks ? 'warning' : 'danger'}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {keepsLinks && (
        <div className={styles.back}>
          <SubtleButton disabled={isBusy} onClick={onBackToGroups}>
            {chooseInstanceTexts.backToGroups}
          </SubtleButton>
        </div>
      )}
    </Question>
  )
}
