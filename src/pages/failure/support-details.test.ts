import { expect, test } from 'vitest'
import { GitLabApiError, UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import { failureDetails } from './support-details.ts'

const facts = {
  instanceName: 'gitlab.example.com',
  instanceUrl: 'https://gitlab.example.com',
  appUrl: 'https://app.example.com',
  redirectUri: 'https://app.example.com/-/jira_connect/oauth_callbacks',
}
const words = { title: 'Title', cause: 'Cause.' }
const LINKING = '/api/v4/integrations/jira_connect/subscriptions'

test('copies GitLab’s own words', () => {
  const error = new GitLabApiError(404, LINKING, { message: 'Namespace not found.' })
  expect(failureDetails(error, facts, words)).toContain('GitLab said: Namespace not found.')
})

test('doesn’t copy the names of the user’s Jira groups', () => {
  const error = new GitLabApiError(403, LINKING, {
    message: 'The Jira user must be in site-admins or org-admins. The user is in: layoffs-2027.',
  })
  const details = failureDetails(error, facts, words)
  expect(details).toContain('Code: jira-user-not-administrator')
  expect(details).not.toContain('layoffs')
})

test('names the version and commit of the page, from its document', () => {
  expect(failureDetails(new Error('any'), facts, words)).toContain(
    'Page: https://app.example.com (build test)',
  )
})

test('copies what the page says, with the exact values, for whoever has to act', () => {
  const step = {
    text: 'Ask a GitLab administrator to enter this value.',
    values: [{ name: 'Jira Connect Proxy URL', value: 'https://app.example.com', canCopy: true }],
  }
  const causes = [
    { cause: 'The setting is empty.', steps: [step, 'Try again.'] },
    { cause: 'A proxy removes headers.', steps: ['Ask whoever manages it.'] },
  ]
  const [advice] = failureDetails(new Error('any'), facts, { ...words, causes }).split('\n\nCode: ')
  expect(advice).toBe(
    `Title
Cause.

Possible causes, most likely first
1. The setting is empty.
   - Ask a GitLab administrator to enter this value.
     Jira Connect Proxy URL
       https://app.example.com
   - Try again.
2. A proxy removes headers.
   - Ask whoever manages it.`,
  )
  expect(failureDetails(new Error('any'), facts, { ...words, steps: [step] })).toContain(
    `
What to do
1. Ask a GitLab administrator to enter this value.
   Jira Connect Proxy URL
     https://app.example.com
`,
  )
})

test('copies that it’s unknown whether the change was made, as the page says', () => {
  const error = new UnknownOutcomeError(new GitLabApiError(502, LINKING, undefined))
  expect(failureDetails(error, facts, words)).toContain(
    'Title\nCause.\nGitLab might still have made this change',
  )
})
