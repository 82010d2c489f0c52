import Button from '@atlaskit/button/new'
import { useId } from 'react'
import { useConnectionCheck } from '#src/pages/context/connection-check-context.ts'
import { useFailureFacts } from '#src/pages/context/instance-context.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useCopying } from '#src/pages/parts/copying.ts'
import { texts } from '#src/texts/en.ts'
import type { FailureFacts, FailureTexts } from '#src/texts/failure-texts.ts'
import styles from './failure.module.css'
import { codeOf, failureTexts, gitlabMessageOf } from './failure-code.ts'
import { Steps } from './steps.tsx'
import { failureDetails } from './support-details.ts'

interface FailureProps {
  readonly error: unknown
  /** If missing, those of the instance in use. */
  readonly facts?: FailureFacts
  /** Retries what failed; missing if the button for that is next to the failure. */
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
}

/** What happened, GitLab's own words, and what to do, in the same form wherever something can fail. */
export function Failure({ error, facts: given, onRetry, retrying = false }: FailureProps) {
  const facts = useFailureFacts(given)
  const titleId = useId()
  const { title, cause, steps } = wordsFor(error, facts)
  const gitlabMessage = gitlabMessageOf(error)
  const { copy } = useCopying()
  const onCheck = useConnectionCheck()

  const copyDetails = () => copy(failureDetails(error, facts, title), document.getElementById(titleId))

  return (
    <section className={styles.failure} role="alert" aria-labelledby={titleId} data-failure={codeOf(error)}>
      <h3 id={titleId} className={styles.title}>
        {title}
      </h3>
      <p>{cause}</p>
      {gitlabMessage !== undefined && (
        <p>
          {texts.failure.gitlabSaid} <q dir="auto">{gitlabMessage}</q>
        </p>
      )}
      <h4>{texts.failure.whatToDo}</h4>
      <Steps steps={steps} />
      <Actions>
        {onRetry && (
          <Button onClick={onRetry} isLoading={retrying}>
            {texts.tryAgain}
          </Button>
        )}
        {onCheck && (
          <Button appearance="subtle" onClick={onCheck}>
            {texts.check.button}
          </Button>
        )}
        <Button appearance="subtle" onClick={() => void copyDetails()}>
          {texts.details.copy}
        </Button>
      </Actions>
    </section>
  )
}

/** The words for a failure, also used where only its title is shown. */
export function wordsFor(error: unknown, facts: FailureFacts): FailureTexts {
  return failureTexts[codeOf(error)](facts)
}
