import type { CheckStep, CheckVerdict } from '#src/gitlab/check/connection-check.ts'
import { CHECK_STEPS } from '#src/gitlab/check/connection-check.ts'
import { exchangeOf } from '#src/gitlab/client/client.ts'
import { environmentDetails } from '#src/pages/context/environment-details.ts'
import { errorDetails, exchangeDetails } from '#src/pages/failure/support-details.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'

/** What the connection check has decided so far. */
export type Verdicts = Partial<Record<CheckStep, CheckVerdict>>

/** @returns what a check has found, in words */
export function foundBy(step: CheckStep, detail: string): string {
  return step === 'app' ? texts.connectionCheck.savedInstance({ instance: detail }) : detail
}

/** The result of the connection check as text, for a support ticket: each step, and below it the requests it took. */
export function checkDetails(verdicts: Verdicts, facts: FailureFacts): string {
  const steps = CHECK_STEPS.flatMap((step) => {
    const verdict = verdicts[step]
    const head = `${texts.connectionCheck.steps[step]}: ${texts.connectionCheck[verdict?.status ?? 'unchecked']}`
    if (!verdict || verdict.status === 'unchecked') return [head]
    const { milliseconds, exchanges } = verdict
    const detail = verdict.status === 'passed' ? verdict.detail : undefined
    const found = detail === undefined ? '' : `, ${foundBy(step, detail)}`
    const causes = verdict.status === 'failed' ? errorDetails(verdict.error) : []
    const failed = verdict.status === 'failed' ? exchangeOf(verdict.error) : undefined
    const requests = exchanges.filter((exchange) => exchange !== failed).map(exchangeDetails)
    return [`${head} (${milliseconds} ms)${found}`, ...[...requests, ...causes].map((line) => `  ${line}`)]
  })
  return [texts.connectionCheck.title, ...environmentDetails(facts), ...steps].join('\n')
}
