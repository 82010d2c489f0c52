import type { FailureMeaning } from '#src/gitlab/bulk/failure-meaning.ts'
import { gitlabFailureMeanings } from '#src/gitlab/bulk/failure-meaning.ts'
import type { FailureCode } from '#src/pages/failure/failure-code.ts'
import { codeOf, evidenceOf } from '#src/pages/failure/failure-code.ts'

/** What each failure means for a whole run. Failures of sign-in and Jira are included, because requests need their tokens. */
const meanings: Readonly<Record<FailureCode, FailureMeaning>> = {
  ...gitlabFailureMeanings,

  'session-expired': 'signed-out',
  // Without a token, nothing was sent; reading the list, which needs none, would tell nothing about the next attempt.
  'token-endpoint-unreachable': 'wait',
  'token-endpoint-busy': 'wait',
  'jira-silent': 'every-item',
  'jira-refused': 'every-item',
  unknown: 'uncertain',

  // None of these ends a request of a run: while tokens are refreshed, every other failure of the token endpoint becomes
  // `session-expired`.
  'popup-blocked': 'item',
  'popup-closed': 'item',
  'sign-in-cancelled': 'item',
  'sign-in-denied': 'item',
  'authorization-failed': 'item',
  'issuer-mismatch': 'item',
  'client-refused': 'item',
  'token-request-failed': 'item',
  'part-missing': 'item',
  'config-unreadable': 'item',
  'config-invalid': 'item',
  'instance-url-insecure': 'item',
  'instance-url-invalid': 'item',
}

/** @returns what an error means for a run that links or unlinks many groups */
export function meaningOf(error: unknown): FailureMeaning {
  const code = codeOf(error)
  // While GitLab is being restarted, the page can read the response of what stands in front of it at its own origin, but
  // not at others, where it looks like a lost connection.
  if (code === 'gitlab-broken' && evidenceOf(error).clue === 'not-running') return 'connection'
  return meanings[code]
}
