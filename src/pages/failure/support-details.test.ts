import { expect, test } from 'vitest'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import { failureDetails } from './support-details.ts'

const facts = {
  instanceName: 'gitlab.example.com',
  instanceUrl: 'https://gitlab.example.com',
  appUrl: 'https://app.example.com',
  redirectUri: 'https://app.example.com/-/jira_connect/oauth_callbacks',
}
const LINKING = '/api/v4/integrations/jira_connect/subscriptions'

test('copies GitLab’s own words', () => {
  const error = new GitLabApiError(404, LINKING, { message: 'Namespace not found.' })
  expect(failureDetails(error, facts, 'Title')).toContain('GitLab said: Namespace not found.')
})

test('doesn’t copy the names of the user’s Jira groups', () => {
  const error = new GitLabApiError(403, LINKING, {
    message: 'The Jira user must be in site-admins or org-admins. The user is in: layoffs-2027.',
  })
  const details = failureDetails(error, facts, 'Title')
  expect(details).toContain('Code: jira-user-not-administrator')
  expect(details).not.toContain('layoffs')
})

test('names the version and commit of the page, from its document', () => {
  expect(failureDetails(new Error('any'), facts, 'Title')).toContain(
    'Page: https://app.example.com (build test)',
  )
})
