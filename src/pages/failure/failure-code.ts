import type { ConfigFailureCode } from '#src/deployment/config.ts'
import { LONGEST_MESSAGE, plainText } from '#src/gitlab/client/plain-text.ts'
import type { GitLabFailureCode } from '#src/gitlab/failure-code.ts'
import type { InstanceUrlProblem } from '#src/gitlab/instance/instance-url.ts'
import { InvalidInstanceUrlError } from '#src/gitlab/instance/instance-url.ts'
import type { JiraFailureCode } from '#src/jira/errors.ts'
import type { SignInFailureCode } from '#src/oauth/errors.ts'
import { failures } from '#src/texts/en-failures.ts'
import type { Failure } from '#src/texts/failure-texts.ts'

/** Every failure that the page can show, by the code of its error. */
export type FailureCode =
  | GitLabFailureCode
  | SignInFailureCode
  | JiraFailureCode
  | ConfigFailureCode
  /** What is wrong with a saved instance URL; why a new one can't be used is said where it is entered. */
  | Extract<InstanceUrlProblem, 'instance-url-insecure'>
  | 'instance-url-invalid'
  | 'unknown'

type TextsWithoutCode = Exclude<keyof typeof failures, FailureCode>

/** The texts of each failure. A code without texts doesn't compile, nor do texts without a code. */
export const failureTexts: Readonly<Record<FailureCode, Failure>> &
  Readonly<Record<TextsWithoutCode, never>> = failures

/** @returns the code of an error; `unknown` if it's none that a layer of this page throws on purpose */
export function codeOf(error: unknown): FailureCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return 'unknown'
  if (Object.hasOwn(failureTexts, code)) return code as FailureCode
  return error instanceof InvalidInstanceUrlError ? 'instance-url-invalid' : 'unknown'
}

/** @returns GitLab's own message, safe to show; undefined if the error has none */
export function gitlabMessageOf(error: unknown): string | undefined {
  const message = error instanceof Error && 'gitlabMessage' in error ? error.gitlabMessage : undefined
  return typeof message === 'string' ? plainText(message, LONGEST_MESSAGE) : undefined
}

/** @returns whether the user canceled the sign-in, which needs no explanation */
export function wasCanceled(failure: unknown): boolean {
  return codeOf(failure) === 'sign-in-cancelled'
}
