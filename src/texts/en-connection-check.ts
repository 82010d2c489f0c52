import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount } from './format.ts'

/** The connection check. */
export const connectionCheckTexts = {
  title: 'Connection check',
  running: 'Checking…',
  passed: 'passed',
  failed: 'failed',
  unchecked: 'not checked',
  allPassed: 'All that could be checked works.',
  someFailed: 'Something does not work. Each failed step says what to do.',
  again: 'Check again',
  stop: 'Stop',
  close: 'Close',
  copy: 'Copy as text',
  needsSignIn: 'Sign in to GitLab to check the rest.',
  duration: (milliseconds: number, format: ReaderSettings) => `${formatCount(milliseconds, format)} ms`,
  steps: {
    bridge: 'Jira confirms who opened this page',
    app: 'This page’s host knows this Jira site',
    reachable: 'The browser reaches the GitLab instance',
    cors: 'The instance allows requests from this page',
    'application-id': 'The instance names its OAuth application',
    'sign-in': 'GitLab accepts the sign-in',
    user: 'The GitLab user can be read',
    version: 'GitLab is recent enough',
    groups: 'Groups can be listed',
    list: 'Linked groups can be read',
    'jira-user': 'The Jira user may link groups',
  },
}
