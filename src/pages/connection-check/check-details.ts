import type { CheckStep, CheckVerdict } from '#src/gitlab/check/connection-check.ts'
import { CHECK_STEPS } from '#src/gitlab/check/connection-check.ts'
import { exchangeOf } from '#src/gitlab/client/client.ts'
import { environmentDetails } from '#src/pages/context/environment-details.ts'
import { adviceIn, errorDetails, exchangeDetails } from '#src/pages/failure/support-details.ts'
import { wordsFor } from '#src/pages/failure/words-for.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'

/** What the connection check has decided so far. */
export type Verdicts = Partial<Record<CheckStep, CheckVerdict>>

/**
 * @param appName what the page calls the instance that serves it
 * @returns what a step checks
 */
export function nameOfStep(step: CheckStep, appName: string): string {
  const name = texts.connectionCheck.steps[step]
  return typeof name === 'function' ? name({ appName }) : name
}

/** @returns what a check has found, in words */
export function foundBy(step: CheckStep, detail: string): string {
  return step === 'app' ? texts.connectionCheck.savedInstance({ instance: detail }) : detail
}

/**
 * The result of the connection check as text, for a support ticket: each step, and below it the requests it took, and what
 * to do.
 */
export function checkDetails(verdicts: Verdicts, facts: FailureFacts, appName: string): string {
  const steps = CHECK_STEPS.flatMap((step) => {
    const verdict = verdicts[step]
    const head = headOf(step, nameOfStep(step, appName), verdict)
    if (!verdict || verdict.status === 'unchecked') return [head]
    const { exchanges } = verdict
    if (verdict.status === 'passed') return [head, ...indented(exchanges.map(exchangeDetails))]
    const { error } = verdict
    const failed = exchangeOf(error)
    const requests = exchanges.filter((exchange) => exchange !== failed).map(exchangeDetails)
    return [
      head,
      ...indented([...requests, ...errorDetails(error), '', ...adviceIn(wordsFor(error, facts), error), '']),
    ]
  })
  const title = texts.connectionCheck.title({ instanceName: facts.instanceName })
  return [title, ...environmentDetails(facts), ...steps].join('\n')
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

/** @returns how a step turned out, and what it found */
function headOf(stepId: CheckStep, step: string, verdict: CheckVerdict | undefined): string {
  const { report } = texts.connectionCheck
  if (!verdict || verdict.status === 'unchecked') return report.unchecked({ step })
  // Like all numbers for support, in no reader's notation.
  const milliseconds = String(verdict.milliseconds)
  if (verdict.status === 'failed') return report.failed({ step, milliseconds })
  if (verdict.detail === undefined) return report.passed({ step, milliseconds })
  return report.passedWith({ step, milliseconds, found: foundBy(stepId, verdict.detail) })
}
