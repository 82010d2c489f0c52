import Button from '@atlaskit/button/new'
import { useEffect, useId, useRef, useState } from 'react'
import { useConnectionCheck } from '#src/pages/context/connection-check-context.ts'
import { useFailureFacts, useIsInUse } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { useShownFailure } from '#src/pages/context/shown-failures.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { CopyTextButton } from '#src/pages/parts/copy/copy-button.tsx'
import { useFocusOnLeaving } from '#src/pages/parts/focus.ts'
import { BusyButton } from '#src/pages/parts/words/busy-button.tsx'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { formatTime } from '#src/texts/format.ts'
import { texts } from '#src/texts/texts.ts'
import styles from './failure.module.css'
import { FailureBody, FailureTitle } from './failure-body.tsx'
import { codeOf, evidenceOf, identityOf } from './failure-code.ts'
import { SaveInstanceAgain } from './save-instance-again.tsx'
import { failureDetails } from './support-details.ts'
import { wordsFor } from './words-for.ts'

export interface FailureProps {
  readonly error: unknown
  /** If missing, those of the instance in use. */
  readonly facts?: FailureFacts
  /** Retries what failed; missing if the button for that is next to the failure. */
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
}

/** What happened, GitLab's own words, and what to do, in the same form wherever something can fail. */
export function FailurePanel({ error, facts: given, onRetry, retrying = false }: FailureProps) {
  const facts = useFailureFacts(given)
  const titleId = useId()
  const words = wordsFor(error, facts)
  const onCheck = useConnectionCheck()
  const isAboutInstanceInUse = useIsInUse(facts)
  const [retry, triedAt] = useRetry(error, onRetry)
  useShownFailure(() => wordsFor(error, facts), titleId)
  const panel = useFocusOnLeaving<HTMLElement>()

  return (
    <section
      ref={panel}
      className={styles.failure}
      role="alert"
      aria-labelledby={titleId}
      data-failure={codeOf(error)}
    >
      <FailureTitle id={titleId} words={words} />
      {/* Opened steps are closed for another failure, but not for other words about the same one. */}
      <FailureBody key={identityOf(error)} error={error} words={words} facts={facts} />
      <Actions>
        {retry && (
          <BusyButton onClick={retry} isBusy={retrying}>
            {texts.tryAgain}
          </BusyButton>
        )}
        {given === undefined && isFixedBySaving(error, facts) && <SaveInstanceAgain onSaved={retry} />}
        {onCheck && isAboutInstanceInUse && (
          <Button appearance="subtle" data-appearance="subtle" onClick={onCheck}>
            {texts.check.button}
          </Button>
        )}
        <CopyTextButton text={() => failureDetails(error, facts, words)}>{texts.details.copy}</CopyTextButton>
        {triedAt !== undefined && <TriedAgain at={triedAt} />}
      </Actions>
    </section>
  )
}

/** @param at milliseconds since the epoch */
function TriedAgain({ at }: { at: number }) {
  const { format } = usePageContext()
  return <p className={styles.tried}>{texts.failure.triedAgain({ time: formatTime(at, format) })}</p>
}

/**
 * Without a sign of it, a retry that fails in the same way looks as if nothing had happened.
 * @returns the retry, and when the last one failed like the one before, in milliseconds since the epoch
 */
function useRetry(
  error: unknown,
  onRetry: (() => void) | undefined,
): [retry: (() => void) | undefined, triedAt: number | undefined] {
  const retried = useRef<{ error: unknown }>(undefined)
  const [last, setLast] = useState<{ at: number; identity: string }>()
  const identity = identityOf(error)
  useEffect(() => {
    if (!retried.current || retried.current.error === error) return
    // Another failure is a sign in itself.
    if (identityOf(retried.current.error) === identity) setLast({ at: Date.now(), identity })
    retried.current = undefined
  }, [error, identity])
  const retry =
    onRetry &&
    (() => {
      retried.current = { error }
      onRetry()
    })
  return [retry, last?.identity === identity ? last.at : undefined]
}

/** Failures that saving the instance again can fix: GitLab has an old secret or URL of this Jira site. */
const FIXED_BY_SAVING: ReadonlySet<string> = new Set(['context-token-refused', 'jira-user-unreadable'])

/** Whether that can fix this one: it must be the response of an instance other than the one that serves this page. */
function isFixedBySaving(error: unknown, { instanceUrl, appUrl }: FailureFacts): boolean {
  return (
    instanceUrl !== appUrl &&
    (FIXED_BY_SAVING.has(codeOf(error)) || evidenceOf(error).clue === 'or-unreadable')
  )
}
