import Button from '@atlaskit/button/new'
import { useEffect, useId, useRef, useState } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { CheckStep, CheckVerdict } from '#src/gitlab/check/connection-check.ts'
import { CHECK_STEPS, checkConnection } from '#src/gitlab/check/connection-check.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { FailureBody, FailureTitle } from '#src/pages/failure/failure-body.tsx'
import { wasCanceled } from '#src/pages/failure/failure-code.ts'
import { wordsFor } from '#src/pages/failure/words-for.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { CopyTextButton } from '#src/pages/parts/copy/copy-button.tsx'
import { useFocusOnMount } from '#src/pages/parts/focus.ts'
import { Hint } from '#src/pages/parts/hint.tsx'
import { texts } from '#src/texts/en.ts'
import { connectionCheckTexts } from '#src/texts/en-connection-check.ts'
import type { Verdicts } from './check-details.ts'
import { checkDetails } from './check-details.ts'
import styles from './connection-check-panel.module.css'

interface ConnectionCheckPanelProps {
  readonly onClose: () => void
}

/** Runs through the chain from Jira to a linked group, and shows each link as it is decided. */
export function ConnectionCheckPanel({ onClose }: ConnectionCheckPanelProps) {
  const { instance, facts, knownClientId } = useInstance()
  const { backend } = usePageContext()
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const titleId = useId()
  const title = useFocusOnMount<HTMLHeadingElement>()
  const [run, setRun] = useState(0)
  const [verdicts, setVerdicts] = useState<Verdicts>({})
  const [isRunning, setRunning] = useState(true)
  const abort = useRef<AbortController>(undefined)
  const isSignedIn = account.status === 'signed-in'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is asked for by its number alone
  useEffect(() => {
    const controller = new AbortController()
    abort.current = controller
    let reported: Verdicts = {}
    setVerdicts(reported)
    setRunning(true)
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
        const failed = Object.values(reported).some(({ status }) => status === 'failed')
        announce(failed ? connectionCheckTexts.someFailed : connectionCheckTexts.allPassed)
      })
      // Stopped: the results so far stay.
      .catch(() => undefined)
      .finally(() => setRunning(false))
    return () => controller.abort(new Error('The check was stopped.'))
  }, [run])

  const failed = Object.values(verdicts).some(({ status }) => status === 'failed')
  return (
    <section className={styles.check} aria-labelledby={titleId} aria-busy={isRunning}>
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {connectionCheckTexts.title}
      </h2>
      <p>
        {isRunning
          ? connectionCheckTexts.running
          : failed
            ? connectionCheckTexts.someFailed
            : connectionCheckTexts.allPassed}
      </p>
      <ol className={styles.steps}>
        {CHECK_STEPS.map((step) => (
          <CheckRow key={step} step={step} verdict={verdicts[step]} />
        ))}
      </ol>
      {!isRunning && !isSignedIn && <Hint>{connectionCheckTexts.needsSignIn}</Hint>}
      <Actions>
        {isRunning ? (
          <Button onClick={() => abort.current?.abort(new Error('The check was stopped.'))}>
            {connectionCheckTexts.stop}
          </Button>
        ) : (
          <>
            <Button onClick={() => setRun(run + 1)}>{connectionCheckTexts.again}</Button>
            <CopyTextButton text={() => checkDetails(verdicts, facts)} shown={() => title.current}>
              {connectionCheckTexts.copy}
            </CopyTextButton>
          </>
        )}
        <Button appearance="subtle" onClick={onClose}>
          {texts.close}
        </Button>
      </Actions>
    </section>
  )
}

interface CheckRowProps {
  readonly step: CheckStep
  /** Undefined until the step is done. */
  readonly verdict: CheckVerdict | undefined
}

function CheckRow({ step, verdict }: CheckRowProps) {
  const { backend, deployment, format } = usePageContext()
  const { facts: instanceFacts } = useInstance()
  // The host of this page answers one step, the instance the others.
  const facts = step === 'app' ? factsAbout(backend.app, backend.app, deployment) : instanceFacts
  const status = verdict?.status
  const failed = verdict?.status === 'failed' ? verdict.error : undefined
  const words = verdict?.status === 'failed' ? wordsFor(failed, facts) : undefined
  return (
    <li data-step={step} data-status={status}>
      <span className={styles.mark} aria-hidden="true">
        {status && { passed: '✓', failed: '✕', unchecked: '–' }[status]}
      </span>
      <span>
        {connectionCheckTexts.steps[step]}
        {verdict?.status === 'passed' && verdict.detail !== undefined && <> ({verdict.detail})</>}
      </span>
      <span className={styles.status}>
        {status && connectionCheckTexts[status]}
        {verdict && verdict.status !== 'unchecked' && (
          <> · {connectionCheckTexts.duration(verdict.milliseconds, format)}</>
        )}
      </span>
      {words && (
        <div className={styles.failure}>
          <FailureTitle words={words} />
          <FailureBody error={failed} words={words} />
        </div>
      )}
    </li>
  )
}
