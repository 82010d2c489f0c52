import Button from '@atlaskit/button/new'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { texts } from '#src/texts/texts.ts'
import { Actions } from './actions.tsx'
import { useFocusOnMount, useInView } from './focus.ts'
import styles from './question.module.css'
import { BusyButton } from './words/busy-button.tsx'

interface QuestionProps {
  readonly question: string
  readonly consequence: ReactNode
  /** Label of the confirming button; undefined while there is nothing to confirm. */
  readonly confirm: string | undefined
  readonly appearance: 'danger' | 'warning' | 'primary'
  readonly isBusy: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
  /** Why the last attempt failed. */
  readonly children?: ReactNode
}

/**
 * Asks before something that is hard to undo. It appears next to what was clicked: Jira's frame is as tall as the page,
 * so a dialog in the middle could be out of view. The focus starts on Cancel, and Escape cancels.
 */
export function Question(props: QuestionProps) {
  const { question, consequence, confirm, appearance, isBusy, onConfirm, onCancel, children } = props
  const id = useId()
  const cancelButton = useFocusOnMount<HTMLButtonElement>()
  const box = useInView<HTMLDivElement>()

  return (
    <div
      ref={box}
      className={styles.question}
      role="alertdialog"
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-consequence`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isBusy) onCancel()
      }}
    >
      <p id={`${id}-question`} className={styles.title}>
        <bdi>{question}</bdi>
      </p>
      <p id={`${id}-consequence`}>{consequence}</p>
      {children}
      <Actions>
        {confirm !== undefined && (
          <BusyButton appearance={appearance} isBusy={isBusy} onClick={onConfirm}>
            {confirm}
          </BusyButton>
        )}
        <Button
          ref={cancelButton}
          appearance="subtle"
          data-appearance="subtle"
          isDisabled={isBusy}
          onClick={onCancel}
        >
          {confirm === undefined ? texts.close : texts.cancel}
        </Button>
      </Actions>
    </div>
  )
}
