import type { CheckStep } from '#src/gitlab/check/connection-check.ts'
import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, formatTime } from './format.ts'

/** The connection check. */
export const connectionCheckTexts = {
  title: 'Connection check',
  running: 'Checking…',
  passed: 'passed',
  failed: 'failed',
  unchecked: 'not checked',
  allPassed: 'All checks passed.',
  restPassed: 'Everything that could be checked is working.',
  someFailed: 'Not everything is working.',
  again: 'Check again',
  stop: 'Stop',
  stopped: 'The check was stopped.',
  copy: 'Copy as text',
  needsSignIn: 'Sign in to GitLab to check the rest.',
  needsEarlier: 'The rest wasn’t checked because an earlier check failed.',
  checkedAt: (time: number, format: ReaderSettings) => `Checked at ${formatTime(time, format)}.`,
  /** Of a failure that the page also shows below the check. */
  explainedBelow: 'See what to do below',
  /** How long a check took, if that was long. */
  duration: (milliseconds: number, format: ReaderSettings) =>
    `${formatCount(Math.round(milliseconds / 1000), format)} s`,
  /** What a check has found. */
  found: (step: CheckStep, detail: string) => (step === 'app' ? `saved GitLab instance: ${detail}` : detail),
  steps: {
    bridge: 'Jira confirms who opened this page',
    app: 'The server of this page recognizes this Jira site',
    reachable: 'Your browser can reach the GitLab instance',
    cors: 'The instance allows requests from this page',
    'application-id': 'The instance provides its application ID',
    'sign-in': 'GitLab accepts your sign-in',
    user: 'Your GitLab user can be read',
    version: 'The GitLab version is supported',
    groups: 'Groups can be listed',
    list: 'Linked groups can be read',
    'jira-user': 'Your Jira user can link groups',
  },
}
