import Button from '@atlaskit/button/new'
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import type { BulkRun, BulkState } from '#src/gitlab/bulk/run-state.ts'
import type { ReaderSettings } from '#src/jira/host.ts'
import { useConnectAppDocs } from '#src/pages/context/documentation.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { identityOf } from '#src/pages/failure/failure-code.ts'
import { wordsFor } from '#src/pages/failure/words-for.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { ExternalLink } from '#src/pages/parts/copy/external-link.tsx'
import { useFocusOnMount } from '#src/pages/parts/focus.ts'
import { Hint } from '#src/pages/parts/hint.tsx'
import { IconButton } from '#src/pages/parts/icon-button.tsx'
import { CrossIcon, SuccessIcon } from '#src/pages/parts/icons.tsx'
import { WaitingForJira } from '#src/pages/parts/waiting-for-jira.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'
import type { BulkJob } from './bulk-job.ts'
import styles from './bulk-panel.module.css'
import type { Named } from './progress-words.ts'
import { pauseText, progressOf, titleOf, total } from './progress-words.ts'

/** More names than anyone reads here; the list of linked groups has all of them. */
const MOST_NAMES = 200

interface BulkPanelProps {
  readonly job: BulkJob
  /** Whether the user is signed in, which resuming may need. */
  readonly canGoOn: boolean
  readonly onClose: () => void
}

/** Linking or unlinking many groups: progress, what holds it up, and each group's result. */
export function BulkPanel({ job, canGoOn, onClose }: BulkPanelProps) {
  const { facts } = useInstance()
  const documentation = useConnectAppDocs()
  const { format } = usePageContext()
  const run: BulkRun<Named> = job.run
  const state = useSyncExternalStore(run.subscribe, run.getState)
  const words = texts.bulk[job.kind]
  const titleId = useId()
  // The button that was pressed is gone or disabled.
  const title = useFocusOnMount<HTMLHeadingElement>()
  const { counts, status, pause, isAtRest } = state
  const refusal = pause?.reason === 'refused' ? pause.error : undefined
  const hasEnded = status === 'finished' || status === 'canceled'
  const failed = failedIn(state)
  const hasSucceeded = hasEnded && isAtRest && counts.done + counts.already === total(state)
  // At the end the title already has these numbers.
  const progress = progressOf(job, state, !hasEnded)

  const thenFocusTitle = (action: () => void) => () => {
    action()
    title.current?.focus()
  }
  useProgressAnnouncements(job, state, facts, format)
  useWarningBeforeLeaving(!hasEnded)
  const isCancelFocused = useRef(false)
  useEffect(() => {
    // Whoever was about to cancel keeps a place to go on from: the button is gone, without having lost the focus.
    if (hasSucceeded && isCancelFocused.current) title.current?.focus()
  }, [hasSucceeded, title])

  return (
    <section
      className={styles.run}
      aria-labelledby={titleId}
      aria-busy={status === 'running'}
      data-run={hasSucceeded ? 'succeeded' : status}
    >
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {hasSucceeded && <SuccessIcon />}
        {titleOf(job, state)}
      </h2>
      {!hasSucceeded && (
        <progress
          aria-labelledby={titleId}
          max={total(state)}
          // At the end, failed groups leave a gap.
          value={counts.done + counts.already + (hasEnded ? 0 : counts.failed)}
        />
      )}
      {progress !== '' && <p>{progress}</p>}
      {status === 'running' && <WaitingForJira />}
      {!hasEnded && <Hint>{words.leaving}</Hint>}
      {hasEnded && !isAtRest && <Hint>{texts.bulk.finishing}</Hint>}
      {status === 'canceled' && isAtRest && counts.waiting > 0 && (
        <p>{texts.bulk.notSent({ count: counts.waiting })}</p>
      )}
      {/* GitLab has been sending the data of a group that was linked before. */}
      {hasEnded && counts.done + (job.kind === 'linking' ? 0 : counts.already) > 0 && (
        <p>
          {job.kind === 'linking' ? (
            <Sentence text={inSequence(words.whatNext, texts.linking.whereItAppears, PLACE)}>
              <ExternalLink href={documentation}>{texts.linking.whatIsSent}</ExternalLink>
            </Sentence>
          ) : (
            words.whatNext
          )}
        </p>
      )}
      {refusal !== undefined ? (
        <Failure error={refusal} onRetry={thenFocusTitle(run.resume)} />
      ) : (
        pause && <p className={styles.pause}>{pauseText(state, facts, format, canGoOn)}</p>
      )}
      {/* The list below marks as new what was linked. */}
      {!(hasSucceeded && job.kind === 'linking') && <SucceededItems job={job} state={state} />}
      {hasSucceeded ? (
        <IconButton aria-label={texts.close} onClick={onClose}>
          <CrossIcon />
        </IconButton>
      ) : (
        <Actions>
          {pause?.reason === 'connection-lost' && (
            <Button onClick={thenFocusTitle(run.resume)}>{texts.bulk.goOnNow}</Button>
          )}
          {pause?.reason === 'signed-out' && canGoOn && (
            <Button appearance="primary" onClick={thenFocusTitle(run.resume)}>
              {texts.bulk.goOn}
            </Button>
          )}
          {hasEnded && failed.length > 0 && (
            <Button isDisabled={!isAtRest} onClick={thenFocusTitle(run.retryFailed)}>
              {texts.bulk.retryFailed({ count: failed.length })}
            </Button>
          )}
          {hasEnded ? (
            <Button isDisabled={!isAtRest} onClick={onClose}>
              {texts.close}
            </Button>
          ) : (
            <Button
              onClick={thenFocusTitle(run.cancel)}
              onFocus={() => {
                isCancelFocused.current = true
              }}
              onBlur={() => {
                isCancelFocused.current = false
              }}
            >
              {texts.cancel}
            </Button>
          )}
        </Actions>
      )}
      {failed.length > 0 && (
        <FailedItems failed={failed} withReasons={hasEnded && isAtRest} explained={refusal} />
      )}
    </section>
  )
}

interface ListedItem {
  /** Among all items: two groups can have the same name. */
  readonly place: number
  readonly name: string
}

interface FailedItem extends ListedItem {
  readonly error: unknown
}

interface FailedItemsProps {
  readonly failed: readonly FailedItem[]
  /** Whether to explain each reason: only at the end, when the panel no longer changes. */
  readonly withReasons: boolean
  /** The error that is explained above; undefined if there is none. */
  readonly explained: unknown
}

function FailedItems({ failed, withReasons, explained }: FailedItemsProps) {
  const { facts } = useInstance()
  const titleId = useId()
  // Some failures have one code and several reasons.
  const reasons = new Map(failed.map(({ error }) => [identityOf(error), error]))
  const [onlyReason] = withReasons && reasons.size === 1 ? reasons.keys() : []
  const shared = explained === undefined ? onlyReason : identityOf(explained)
  return (
    <>
      <h3 id={titleId} className={styles.subtitle}>
        {texts.bulk.failures}
      </h3>
      <ul className={styles.results} aria-labelledby={titleId}>
        {failed.slice(0, MOST_NAMES).map(({ place, name, error }) => (
          <li key={place} data-status="failed">
            <bdi>{name}</bdi> {/* Where only one reason is explained, each group would only repeat it. */}
            {identityOf(error) !== shared && (
              <span className={styles.reason}>{wordsFor(error, facts).title}</span>
            )}
          </li>
        ))}
        <MoreItems count={failed.length - MOST_NAMES} />
      </ul>
      {withReasons && [...reasons].map(([identity, error]) => <Failure key={identity} error={error} />)}
    </>
  )
}

function SucceededItems({ job, state }: { job: BulkJob; state: BulkState<Named> }) {
  const [isOpen, setOpen] = useState(false)
  const words = texts.bulk[job.kind]
  const count = state.counts.done + state.counts.already
  if (count === 0) return null
  return (
    <details className={styles.done} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.done({ count })}</summary>
      {isOpen && (
        <ul className={styles.results}>
          {succeededIn(state, MOST_NAMES).map(({ place, name }) => (
            <li key={place}>
              <bdi>{name}</bdi>
            </li>
          ))}
          <MoreItems count={count - MOST_NAMES} />
        </ul>
      )}
    </details>
  )
}

function MoreItems({ count }: { count: number }) {
  return count > 0 ? <li>{texts.bulk.selection.more({ count })}</li> : null
}

function failedIn({ results }: BulkState<Named>): FailedItem[] {
  return [...results].flatMap(([{ fullName }, result], place) =>
    result.status === 'failed' ? [{ place, name: fullName, error: result.error }] : [],
  )
}

function succeededIn({ results }: BulkState<Named>, most: number): ListedItem[] {
  const items: ListedItem[] = []
  let place = 0
  for (const [{ fullName }, { status }] of results) {
    if (items.length === most) break
    if (status === 'done' || status === 'already') items.push({ place, name: fullName })
    place += 1
  }
  return items
}

/** Announces the start, each quarter, pauses, and the end, but not each group. */
function useProgressAnnouncements(
  job: BulkJob,
  state: BulkState<Named>,
  facts: FailureFacts,
  format: ReaderSettings,
): void {
  const announce = useAnnounce()
  const { counts, status, pause, isAtRest } = state
  const ended = counts.done + counts.already + counts.failed
  const quarter = status === 'running' ? Math.floor((4 * ended) / Math.max(1, total(state))) : 0
  const moment = status === 'running' ? `quarter ${quarter}` : `${status} ${pause?.reason} ${isAtRest}`
  const text =
    status === 'running' && quarter > 0
      ? progressOf(job, state)
      : pause && pause.reason !== 'refused'
        ? texts.bulk.pausedBecause({
            title: titleOf(job, state),
            reason: pauseText(state, facts, format, false),
          })
        : titleOf(job, state)
  // A failure that stops the run is announced as an alert, and the wait for the last requests is too short to announce.
  const isSpoken = pause?.reason !== 'refused' && (pause !== undefined || status === 'running' || isAtRest)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each moment, whatever else changes in it
  useEffect(() => {
    if (isSpoken) announce(text)
  }, [moment])
}

/** Leaving the page would lose what was not sent yet. The browser asks in its own words. */
function useWarningBeforeLeaving(isUnderWay: boolean): void {
  useEffect(() => {
    if (!isUnderWay) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isUnderWay])
}
