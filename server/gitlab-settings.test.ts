import { expect, test } from 'vitest'
import { exposureOf, gitlabSettings } from './gitlab-settings.ts'

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

test('says what a tunnel exposes of the GitLab, and that it can be all of it', () => {
  const settings = {
    appUrl: 'https://dev.acme.example',
    gitlabUrl: 'https://gitlab.acme.example',
    port: 4701,
    exposesGitLab: false,
  }
  expect(exposureOf(settings)).toContain('  /-/jira_connect/')
  expect(exposureOf(settings).join()).not.toContain('all of https://gitlab')
  expect(exposureOf({ ...settings, exposesGitLab: true })[0]).toContain('all of https://gitlab.acme.example')
  expect(exposureOf({ ...settings, appUrl: 'http://app.localhost:4701' })).toEqual([])
  expect(exposureOf({ ...settings, gitlabUrl: undefined })).toEqual([])
})
