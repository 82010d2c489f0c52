import Button from '@atlaskit/button/new'
import { useEffect, useId, useRef, useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { appNameOf } from '#src/deployment/deployment.ts'
import type { CheckStep, CheckVerdict } from '#src/gitlab/check/connection-check.ts'
import { CHECK_STEPS, checkConnection } from '#src/gitlab/check/connection-check.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { useExplanationOf } from '#src/pages/context/shown-failures.ts'
import { FailureBody, FailureTitle } from '#src/pages/failure/failure-body.tsx'
import { wasCanceled } from '#src/pages/failure/failure-code.ts'
import { wordsFor } from '#src/pages/failure/words-for.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { CopyTextButton } from '#src/pages/parts/copy/copy-button.tsx'
import { useInView } from '#src/pages/parts/focus.ts'
import { Hint } from '#src/pages/parts/hint.tsx'
import { CheckIcon, CrossIcon } from '#src/pages/parts/icons.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import { WithNote } from '#src/pages/parts/words/with-note.tsx'
import { formatTime } from '#src/texts/format.ts'
import { texts } from '#src/texts/texts.ts'
import type { Verdicts } from './check-details.ts'
import { checkDetails, foundBy, nameOfStep } from './check-details.ts'
import styles from './connection-check-panel.module.css'
import { useRecovery } from './use-recovery.ts'

interface ConnectionCheckPanelProps {
  readonly onClose: () => void
}

/** Runs through the chain from Jira to a linked group, and shows each link as it is decided. */
export function ConnectionCheckPanel({ onClose }: ConnectionCheckPanelProps) {
  const { instance, facts, knownClientId } = useInstance()
  const { backend, deployment, format } = usePageContext()
  const appName = appNameOf(backend.app, deployment)
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const titleId = useId()
  // Jira's frame grows after the panel has appeared, which could scroll its title away.
  const title = useInView<HTMLHeadingElement>()
  useEffect(() => title.current?.focus(), [title])
  const [run, setRun] = useState(0)
  const [verdicts, setVerdicts] = useState<Verdicts>({})
  const [isRunning, setRunning] = useState(true)
  const [endedAt, setEndedAt] = useState(0)
  const [wasStopped, setStopped] = useState(false)
  const abort = useRef<AbortController>(undefined)
  const isSignedIn = account.status === 'signed-in'
  const failed = Object.values(verdicts).some(({ status }) => status === 'failed')

  useRecovery(() => {
    if (failed) setRun(run + 1)
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs again for a new number, or another sign-in
  useEffect(() => {
    const controller = new AbortController()
    abort.current = controller
    let reported: Verdicts = {}
    setVerdicts(reported)
    setRunning(true)
    setStopped(false)
    checkConnection({
      backend,
      instance,
      knownClientId,
      authorizedFetch: isSignedIn ? session.authorizedFetch : undefined,
      signInFailure:
        account.status === 'signed-out' && !wasCanceled(account.failure) ? account.failure : undefined,
      signal: controller.signal,
      onVerdict(step, verdict) {
        reported = { ...reported, [step]: verdict }
        setVerdicts(reported)
      },
    })
      .then(() => {
        announce(outcomeOf(reported))
      })
      // Stopped: the results so far stay.
      .catch(() => {
        if (abort.current === controller) setStopped(true)
      })
      .finally(() => {
        if (abort.current !== controller) return
        setRunning(false)
        setEndedAt(Date.now())
      })
    return () => controller.abort(new Error('The check was stopped.'))
  }, [run, isSignedIn])

  const outcome = wasStopped ? texts.connectionCheck.stopped : outcomeOf(verdicts)
  return (
    <section
      className={styles.check}
      aria-labelledby={titleId}
      aria-busy={isRunning}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {texts.connectionCheck.title({ instanceName: facts.instanceName })}
      </h2>
      <p>
        {isRunning ? (
          texts.connectionCheck.running
        ) : (
          <Sentence text={inSequence(outcome, PLACE)}>
            <span className={styles.quiet}>
              {texts.connectionCheck.checkedAt({ time: formatTime(endedAt, format) })}
            </span>
          </Sentence>
        )}
      </p>
      <ol className={styles.steps}>
        {CHECK_STEPS.map((step) => (
          <CheckRow key={step} step={step} name={nameOfStep(step, appName)} verdict={verdicts[step]} />
        ))}
      </ol>
      {!isRunning && <UncheckedHint verdicts={verdicts} />}
      <Actions>
        {isRunning ? (
          <Button
            onClick={() => {
              abort.current?.abort(new Error('The check was stopped.'))
              announce(texts.connectionCheck.stopped)
              title.current?.focus()
            }}
          >
            {texts.connectionCheck.stop}
          </Button>
        ) : (
          <>
            <Button
              onClick={() => {
                setRun(run + 1)
                title.current?.focus()
              }}
            >
              {texts.connectionCheck.again}
            </Button>
            <CopyTextButton text={() => checkDetails(verdicts, facts, appName)}>
              {texts.connectionCheck.copy}
            </CopyTextButton>
          </>
        )}
        <Button appearance="subtle" data-appearance="subtle" onClick={onClose}>
          {texts.close}
        </Button>
      </Actions>
    </section>
  )
}

/** Why some steps weren't checked. */
function UncheckedHint({ verdicts }: { verdicts: Verdicts }) {
  const reasons = Object.values(verdicts).map((verdict) => verdict.status === 'unchecked' && verdict.because)
  // What failed comes first: until that is fixed, signing in might not be possible.
  if (reasons.includes('earlier-failure')) return <Hint>{texts.connectionCheck.needsEarlier}</Hint>
  if (reasons.includes('signed-out')) return <Hint>{texts.connectionCheck.needsSignIn}</Hint>
  return null
}

/** @returns what came out, in a sentence */
function outcomeOf(verdicts: Verdicts): string {
  const statuses = CHECK_STEPS.map((step) => verdicts[step]?.status)
  const count = statuses.filter((status) => status === 'failed').length
  if (count > 0) return texts.connectionCheck.someFailed({ count })
  const isComplete = statuses.every((status) => status === 'passed')
  return isComplete ? texts.connectionCheck.allPassed : texts.connectionCheck.restPassed
}

interface CheckRowProps {
  readonly step: CheckStep
  readonly name: string
  /** Undefined until the step is done. */
  readonly verdict: CheckVerdict | undefined
}

/** What takes less time than this isn't worth a figure. */
const LONG_MS = 1000

function CheckRow({ step, name, verdict }: CheckRowProps) {
  const status = verdict?.status
  const { facts } = useInstance()
  // As the page calls it everywhere else.
  const nameOf = (detail: string) => (detail === facts.instanceUrl ? facts.instanceName : detail)
  const detail = verdict?.status === 'passed' ? verdict.detail : undefined
  const isFailed = status === 'failed'
  const isLong = verdict && verdict.status !== 'unchecked' && verdict.milliseconds >= LONG_MS
  return (
    <li data-step={step} data-status={status}>
      <span className={styles.mark}>{status && MARKS[status]}</span>
      <span>
        {detail === undefined ? (
          name
        ) : (
          <WithNote note={foundBy(step, nameOf(detail))} className={styles.quiet}>
            {name}
          </WithNote>
        )}
      </span>
      <span className={styles.outcome}>
        {/* Of the others, the mark says it to those who see it. */}
        {status && (
          <span className={isFailed ? undefined : 'visually-hidden'}>{texts.connectionCheck[status]}</span>
        )}
        {isLong && (
          <span className={styles.quiet}>
            {' '}
            {texts.connectionCheck.duration({ seconds: Math.round(verdict.milliseconds / 1000) })}
          </span>
        )}
      </span>
      {verdict?.status === 'failed' && <StepFailure step={step} error={verdict.error} />}
    </li>
  )
}

const MARKS = { passed: <CheckIcon />, failed: <CrossIcon />, unchecked: <span aria-hidden="true">–</span> }

/** What failed and what to do; where the page says so below, only the way there. */
function StepFailure({ step, error }: { step: CheckStep; error: unknown }) {
  const { backend, deployment } = usePageContext()
  const { facts: instanceFacts } = useInstance()
  // The host of this page answers one step, the instance the others.
  const facts = step === 'app' ? factsAbout(backend.app, backend.app, deployment) : instanceFacts
  const words = wordsFor(error, facts)
  const explanation = useExplanationOf(words)
  if (explanation)
    return (
      <p className={styles.reference}>
        <a
          href={`#${explanation.id}`}
          onClick={(event) => {
            // In place: the URL of the frame stays as it is.
            event.preventDefault()
            explanation.focus()
          }}
        >
          {texts.connectionCheck.explainedBelow}
        </a>
      </p>
    )
  return (
    <div className={styles.failure}>
      <FailureTitle words={words} />
      <FailureBody error={error} words={words} facts={facts} />
    </div>
  )
}
