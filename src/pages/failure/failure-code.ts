import type { ConfigFailureCode } from '#src/deployment/config.ts'
import { plainText } from '#src/gitlab/client/plain-text.ts'
import type { GitLabFailureCode } from '#src/gitlab/failure-code.ts'
import type { JiraFailureCode } from '#src/jira/errors.ts'
import type { SignInFailureCode } from '#src/oauth/errors.ts'
import { failures } from '#src/texts/en.ts'

/** Every failure that the page can show. The catalogue has words for each, or this page doesn't compile. */
export type FailureCode =
  | GitLabFailureCode
  | SignInFailureCode
  | JiraFailureCode
  | ConfigFailureCode
  /** What is wrong with a saved instance URL; why a new one can't be used is said where it is entered. */
  | 'instance-url-insecure'
  | 'instance-url-invalid'
  | 'unknown'

const LONGEST_MESSAGE = 500

/** @returns the stable code of one of our errors; `unknown` for what no part of this page throws on purpose */
export function codeOf(error: unknown): FailureCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return 'unknown'
  // The picker has a sentence for each problem of an address; one that was saved before has them all together.
  if (code.startsWith('instance-url-') && !Object.hasOwn(failures, code)) return 'instance-url-invalid'
  return Object.hasOwn(failures, code) ? (code as FailureCode) : 'unknown'
}

/** @returns GitLab's own words as they can be shown, where the error has any */
export function gitlabMessageOf(error: unknown): string | undefined {
  const message = error instanceof Error && 'gitlabMessage' in error ? error.gitlabMessage : undefined
  return typeof message === 'string' ? plainText(message, LONGEST_MESSAGE) : undefined
}

/** @returns whether somebody ended the sign-in on purpose: whoever cancels knows that they did */
export function wasCancelled(failure: unknown): boolean {
  return codeOf(failure) === 'sign-in-cancelled'
}
