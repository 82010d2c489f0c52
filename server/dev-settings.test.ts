import { expect, test } from 'vitest'
import { parseDevSettings } from './dev-settings.ts'

test('without settings it uses a mock, and only this machine can reach the page', () => {
  expect(parseDevSettings({})).toEqual({
    appUrl: 'http://app.localhost:4701',
    gitlabUrl: undefined,
    port: 4701,
    exposesGitLab: false,
  })
  expect(parseDevSettings({ APP_PORT: '5000', APP_URL: '', GITLAB_URL: '' }).appUrl).toBe(
    'http://app.localhost:5000',
  )
})

test('URLs are trimmed, and keep port and sub-path', () => {
  const settings = {
    APP_URL: ' https://Dev.acme.example/gitlab/ ',
    GITLAB_URL: 'https://gitlab.acme.example:8443/gitlab',
  }
  expect(parseDevSettings(settings)).toEqual({
    appUrl: 'https://dev.acme.example/gitlab',
    gitlabUrl: 'https://gitlab.acme.example:8443/gitlab',
    port: 4701,
    exposesGitLab: false,
  })
})

test('without APP_URL the sub-path is the GitLab’s', () => {
  expect(parseDevSettings({ GITLAB_URL: 'http://gdk.test:3000/gitlab' }).appUrl).toBe(
    'http://app.localhost:4701/gitlab',
  )
})

test.each([
  [{ APP_PORT: '70000' }, 'APP_PORT must be a port from 1 to 65535, not "70000".'],
  [
    { APP_URL: 'dev.acme.example' },
    'APP_URL must be a URL such as https://gitlab.example.com, not "dev.acme.example".',
  ],
  [{ APP_URL: 'https:///' }, 'APP_URL must be a URL such as https://gitlab.example.com, not "https:///".'],
  [
    { APP_URL: 'http://dev.acme.example' },
    'APP_URL must begin with https://, because Jira frames nothing else; http:// is only for *.localhost.',
  ],
  [{ APP_URL: 'https://dev.acme.example/?a=b' }, 'APP_URL must end with its path, without "?" or "#".'],
  [
    { GITLAB_URL: 'ftp://gitlab.acme.example' },
    'GITLAB_URL must be a URL such as https://gitlab.example.com, not "ftp://gitlab.acme.example".',
  ],
  [
    { GITLAB_URL: 'https://root:secret@gitlab.acme.example' },
    'GITLAB_URL must not contain a user name or password.',
  ],
  [
    { GITLAB_URL: 'https://gitlab.acme.example/-/jira_connect' },
    'GITLAB_URL must be the URL of the instance, without "/-/…": https://gitlab.acme.example.',
  ],
  [
    { GITLAB_URL: 'https://gitlab.acme.example', APP_URL: 'https://gitlab.acme.example' },
    'APP_URL and GITLAB_URL are both at https://gitlab.acme.example. GITLAB_URL is the GitLab behind, APP_URL is the URL of this server.',
  ],
  [
    { GITLAB_URL: 'https://acme.example/gitlab', APP_URL: 'https://dev.acme.example' },
    "APP_URL must have the path of GITLAB_URL, because GitLab's own links contain it: https://dev.acme.example/gitlab, not https://dev.acme.example.",
  ],
])('%j is refused in one line', (env, line) => {
  expect(() => parseDevSettings(env)).toThrow(
    expect.objectContaining({ name: 'SettingsError', message: line }),
  )
})

test('each invalid setting gets a line', () => {
  const env = { APP_PORT: 'x', APP_URL: 'x', GITLAB_URL: 'x' }
  expect(() => parseDevSettings(env)).toThrow(/^APP_PORT .*\nGITLAB_URL .*\nAPP_URL .*$/)
})

test('all of the GitLab is exposed only if that is said', () => {
  const settings = { APP_URL: 'https://dev.acme.example', GITLAB_URL: 'https://gitlab.acme.example' }
  expect(parseDevSettings({ ...settings, EXPOSE_GITLAB: 'all' }).exposesGitLab).toBe(true)
  expect(() => parseDevSettings({ ...settings, EXPOSE_GITLAB: 'yes' })).toThrow(
    'EXPOSE_GITLAB must be "all" or left out, not "yes".',
  )
})
