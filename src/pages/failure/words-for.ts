import { UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import type { Failure, FailureFacts, FailureTexts } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'
import { texts } from '#src/texts/texts.ts'
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

/** @returns that it's unknown whether what failed was done all the same; undefined if it is known, or the cause says so */
export function unknownOutcomeIn(error: unknown): string | undefined {
  if (!(error instanceof UnknownOutcomeError) || evidenceOf(error).clue === 'only-writing') return undefined
  const { outcomeUnknown, saveUnknown, saveAgainUnknown } = texts.failures.shared
  return { links: outcomeUnknown, instance: saveUnknown, 'instance-in-use': saveAgainUnknown }[error.subject]
}
