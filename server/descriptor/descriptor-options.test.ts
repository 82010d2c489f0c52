import { expect, test, vi } from 'vitest'
import { parseDescriptorOptions } from './descriptor-options.ts'

// Compiling Atlassian's schema takes a second, and much longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const parse = (line: string) => parseDescriptorOptions(line.split(' ').filter(Boolean), { takesAppId: true })
const id = 'ari:cloud:ecosystem::app/baf12188-3db6-4ec9-aa26-f85cecb62d05'

test('the key is derived from the GitLab behind, never from a tunnel’s URL', () => {
  const { descriptor } = parse(
    '--app-url https://some-tunnel.example --gitlab-url https://gitlab.acme.example:8443',
  )

  expect(descriptor).toMatchObject({
    key: 'gitlab-jira-connect-gitlab.acme.example',
    name: 'GitLab for Jira (gitlab.acme.example)',
    baseUrl: 'https://some-tunnel.example/-/jira_connect',
  })
})

test('without --gitlab-url the app host is that GitLab', () => {
  const { descriptor } = parse('--app-url https://acme.example/gitlab/')

  expect(descriptor).toMatchObject({
    key: 'gitlab-jira-connect-acme.example',
    baseUrl: 'https://acme.example/gitlab/-/jira_connect',
  })
})

test('accepts a Forge app ID', () => {
  expect(parse(`--app-url https://acme.example --app-id ${id}`).appId).toBe(id)
})

test.each([
  ['', '--app-url is missing: the URL that Jira knows, such as https://dev.example.com.'],
  [
    '--app-url http://acme.example',
    '--app-url must begin with https://, because Jira frames nothing else; http:// is only for *.localhost.',
  ],
  [
    '--app-url acme --gitlab-url acme --app-id 7',
    [
      '--app-url must be a URL such as https://gitlab.example.com, not "acme".',
      '--gitlab-url must be a URL such as https://gitlab.example.com, not "acme".',
      '--app-id must be as "forge register" prints it, ari:cloud:ecosystem::app/…, not "7".',
    ].join('\n'),
  ],
  ['--apple', "Unknown option '--apple'"],
  [
    '--app-url https://[2001:db8::1]',
    'Jira would refuse the descriptor: key: may hold letters, digits, ".", "_" and "-" only.',
  ],
])('“%s” is refused, in one line for each mistake', (line, message) => {
  expect(() => parse(line)).toThrow(expect.objectContaining({ name: 'SettingsError', message }))
})

test('only the manifest command accepts an app ID', () => {
  expect(() => parseDescriptorOptions(['--app-id', id])).toThrow("Unknown option '--app-id'")
})
