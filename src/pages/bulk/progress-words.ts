import type { BulkState } from '#src/gitlab/bulk/run-state.ts'
import type { ReaderSettings } from '#src/jira/host.ts'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import { wordsFor } from '#src/pages/failure/words-for.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { formatTime } from '#src/texts/format.ts'
import { texts } from '#src/texts/texts.ts'
import type { BulkJob } from './bulk-job.ts'

/** A group being linked or unlinked. */
export interface Named {
  readonly fullName: string
}

/** @returns how many groups the run is about */
export const total = ({ results }: BulkState<Named>) => results.size

/** @returns how the run is going, in a few words */
export function titleOf({ kind }: BulkJob, state: BulkState<Named>): string {
  const words = texts.bulk[kind]
  const { status, counts } = state
  const all = total(state)
  const done = counts.done + counts.already
  if (status === 'running') return words.running({ total: all })
  if (status === 'paused') return words.paused
  // The requests under way at the time of canceling may have been the last ones.
  const isComplete = done === all
  if (status === 'canceled' && !isComplete) return words.canceled({ done, total: all })
  if (counts.failed > 0) return words.finishedPartly({ done, total: all })
  return words.finished({ total: all })
}

/** Such as “Linked 37 of 120 · 3 failed · about 2 minutes left”, or without the first part. */
export function progressOf({ kind }: BulkJob, state: BulkState<Named>, withCount = true): string {
  const words = texts.bulk[kind]
  const { counts, status, remainingMs } = state
  const parts: string[] = []
  if (withCount) parts.push(words.progress({ done: counts.done + counts.already, total: total(state) }))
  if (counts.already > 0) parts.push(words.already({ count: counts.already }))
  if (counts.failed > 0) parts.push(texts.bulk.failed({ count: counts.failed }))
  if (status === 'running' && remainingMs !== undefined) parts.push(timeLeft(remainingMs))
  return parts.join(' · ')
}

function timeLeft(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  const hours = Math.round(ms / 3_600_000)
  if (minutes <= 1 && ms < 50_000) return texts.bulk.lessThanAMinuteLeft
  return minutes < 90 ? texts.bulk.minutesLeft({ count: minutes }) : texts.bulk.hoursLeft({ count: hours })
}

/** @returns why the run is paused, and what ends that; empty if it isn't, or if a failure says so */
export function pauseText(
  { pause }: BulkState<Named>,
  facts: FailureFacts,
  format: ReaderSettings,
  canGoOn: boolean,
): string {
  switch (pause?.reason) {
    case 'asked-to-wait': {
      const time = formatTime(pause.until ?? Date.now(), format)
      if (codeOf(pause.error) === 'too-many-requests')
        return texts.bulk.askedToWait({ instanceName: facts.instanceName, time })
      return texts.bulk.triesAgain({ reason: wordsFor(pause.error, facts).title, time })
    }
    case 'connection-lost':
      return texts.bulk.connectionLost({ reason: wordsFor(pause.error, facts).title })
    case 'signed-out':
      return canGoOn ? texts.bulk.signedInAgain : texts.bulk.signedOut
    default:
      return ''
  }
}
