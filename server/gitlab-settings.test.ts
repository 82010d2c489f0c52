import { expect, test } from 'vitest'
import { gitlabSettings } from './gitlab-settings.ts'

test('prints the settings of the GitLab behind with the values for this URL', () => {
  const lines = gitlabSettings('https://dev.acme.example', 'https://gitlab.acme.example')

  expect(lines.find((line) => line.includes('Redirect URI'))).toContain(
    ' https://dev.acme.example/-/jira_connect/oauth_callbacks',
  )
  expect(lines.find((line) => line.includes('Audience'))).toContain(' https://dev.acme.example ')
  expect(
    lines.filter((line) => line.includes('Proxy URL')).map((line) => line.trim().split(/\s{2,}/)[1]),
  ).toEqual(['blank', 'https://dev.acme.example'])
  expect(lines.find((line) => line.includes('admin/applications'))).toMatch(
    /^https:\/\/gitlab\.acme\.example\//,
  )
})

test('with a sub-path no other instance can be offered, and the audience keeps the path', () => {
  const lines = gitlabSettings('https://dev.acme.example/gitlab', 'https://gitlab.acme.example/gitlab')

  expect(lines.filter((line) => line.includes('Proxy URL'))).toHaveLength(1)
  expect(lines.find((line) => line.includes('Audience'))).toContain(' https://dev.acme.example/gitlab ')
})
