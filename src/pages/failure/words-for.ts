import type { Failure, FailureFacts, FailureTexts } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'
import type { FailureCode } from './failure-code.ts'
import { codeOf, evidenceOf } from './failure-code.ts'

type TextsWithoutCode = Exclude<keyof typeof failures, FailureCode>

/** The texts of each failure. A code without texts doesn't compile, nor do texts without a code. */
const failureTexts: Readonly<Record<FailureCode, Failure>> & Readonly<Record<TextsWithoutCode, never>> =
  failures

/** @returns the words for a failure, also used where only its title is shown */
export function wordsFor(error: unknown, facts: FailureFacts): FailureTexts {
  return failureTexts[codeOf(error)](facts, evidenceOf(error))
}
