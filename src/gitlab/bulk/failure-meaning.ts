import type { GitLabFailureCode } from '#src/gitlab/failure-code.ts'

/** What the failure of one item's request means for the whole run. */
export type FailureMeaning =
  /** GitLab limits requests, and did nothing: wait, then send it again. */
  | 'wait'
  /** The sign-in has ended, and GitLab did nothing: pause until the user has signed in again. */
  | 'signed-out'
  /** GitLab did nothing, and would refuse every other item as well: stop. */
  | 'every-item'
  /** There is no connection, and the request might have taken effect: pause, and read the actual state. */
  | 'connection'
  /** GitLab or something in front of it failed, and the request might have taken effect: read the actual state later. */
  | 'uncertain'
  /** GitLab did nothing, for a reason that might not be this item's: go on, unless several in a row end alike. */
  | 'item-or-every'
  /** It concerns this item alone: go on. */
  | 'item'

/** What GitLab's own failures mean. */
export const gitlabFailureMeanings: Readonly<Record<GitLabFailureCode, FailureMeaning>> = {
  'too-many-requests': 'wait',
  'gitlab-read-only': 'wait',
  'access-token-refused': 'every-item',
  'access-token-missing': 'every-item',
  'scope-missing': 'every-item',
  'gitlab-account-refused': 'every-item',
  'context-token-refused': 'every-item',
  'jira-user-unreadable': 'every-item',
  'jira-user-not-administrator': 'every-item',
  'not-found': 'every-item',
  'blocked-by-policy': 'every-item',
  'gitlab-unreachable': 'connection',
  'gitlab-too-slow': 'connection',
  'cors-refused': 'connection',
  'browser-offline': 'connection',
  'local-network-refused': 'connection',
  'gitlab-broken': 'uncertain',
  redirected: 'uncertain',
  'answer-unexpected': 'uncertain',
  'group-not-linkable': 'item',
  'group-already-linked': 'item',
  'request-refused': 'item-or-every',
  // A firewall can take exception to the path of one group.
  'refused-in-front': 'item-or-every',
  // These end no request of a run.
  'installation-refused': 'item',
  'installation-blocked': 'item',
  'installation-unreachable': 'item',
  'instance-url-refused': 'item',
  'application-id-missing': 'item',
  'gitlab-too-old': 'item',
}
