import type { ConfigFailureCode } from '#src/deployment/config.ts'
import { UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import { LONGEST_MESSAGE, plainText } from '#src/gitlab/client/plain-text.ts'
import type { GitLabFailureCode } from '#src/gitlab/failure-code.ts'
import type { InstanceUrlProblem } from '#src/gitlab/instance/instance-url.ts'
import { InvalidInstanceUrlError } from '#src/gitlab/instance/instance-url.ts'
import type { JiraFailureCode } from '#src/jira/errors.ts'
import type { SignInFailureCode } from '#src/oauth/errors.ts'
import type { FailureEvidence } from '#src/texts/failure-texts.ts'

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

/** Every code once more, for a check at run time without the words. */
const CODES: Readonly<Record<FailureCode, true>> = {
  'access-token-missing': true,
  'access-token-refused': true,
  'answer-unexpected': true,
  'application-id-missing': true,
  'authorization-failed': true,
  'blocked-by-policy': true,
  'browser-offline': true,
  'client-refused': true,
  'config-invalid': true,
  'config-unreadable': true,
  'context-token-refused': true,
  'cors-refused': true,
  'gitlab-account-refused': true,
  'gitlab-broken': true,
  'gitlab-read-only': true,
  'gitlab-too-old': true,
  'gitlab-too-slow': true,
  'gitlab-unreachable': true,
  'group-already-linked': true,
  'group-not-linkable': true,
  'installation-blocked': true,
  'installation-refused': true,
  'installation-unreachable': true,
  'instance-url-insecure': true,
  'instance-url-invalid': true,
  'instance-url-refused': true,
  'issuer-mismatch': true,
  'jira-refused': true,
  'jira-silent': true,
  'jira-user-not-administrator': true,
  'jira-user-unreadable': true,
  'local-network-refused': true,
  'not-found': true,
  'part-missing': true,
  'popup-blocked': true,
  'popup-closed': true,
  redirected: true,
  'refused-in-front': true,
  'request-refused': true,
  'scope-missing': true,
  'session-expired': true,
  'sign-in-cancelled': true,
  'sign-in-denied': true,
  'token-endpoint-busy': true,
  'token-endpoint-unreachable': true,
  'token-request-failed': true,
  'too-many-requests': true,
  unknown: true,
}

/** @returns the code of an error; `unknown` if it's none that a layer of this page throws on purpose */
export function codeOf(error: unknown): FailureCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return 'unknown'
  if (Object.hasOwn(CODES, code)) return code as FailureCode
  return error instanceof InvalidInstanceUrlError ? 'instance-url-invalid' : 'unknown'
}

/** @returns GitLab's own message, safe to show; undefined if the error has none */
export function gitlabMessageOf(error: unknown): string | undefined {
  const message = error instanceof Error && 'gitlabMessage' in error ? error.gitlabMessage : undefined
  return typeof message === 'string' ? plainText(message, LONGEST_MESSAGE) : undefined
}

/** @returns what an error says besides its code */
export function evidenceOf(error: unknown): FailureEvidence {
  const clue = error instanceof Error && 'clue' in error ? error.clue : undefined
  return {
    // Only errors of this page's own layers have one.
    clue: typeof clue === 'string' ? (clue as FailureEvidence['clue']) : undefined,
    isQuoted: gitlabMessageOf(error) !== undefined,
  }
}

/**
 * @returns whether a failure to save an instance is about that instance, which GitLab asked in turn; otherwise it's about
 *   the one that serves this page, which saves it
 */
export function isAboutSavedInstance(error: unknown): boolean {
  return /^(installation|instance-url)-/.test(codeOf(error))
}

/** @returns what stays the same of a failure while its words change with the language or with GitLab’s message */
export function identityOf(error: unknown): string {
  const outcome = error instanceof UnknownOutcomeError ? 'unknown' : 'known'
  return `${codeOf(error)} ${evidenceOf(error).clue} ${outcome}`
}

/** @returns whether the user canceled the sign-in, which needs no explanation */
export function wasCanceled(failure: unknown): boolean {
  return codeOf(failure) === 'sign-in-cancelled'
}
