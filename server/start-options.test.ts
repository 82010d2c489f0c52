import { expect, test } from 'vitest'
import { parseStartOptions } from './start-options.ts'

test('without settings the default ports and the app host are used', () => {
  expect(parseStartOptions([], {})).toEqual({
    ports: { jira: 4700, app: 4701, gitlab: 4702 },
    instance: 'app',
    gitlabPath: '',
    groups: 0,
    linked: 0,
    latencyMs: 0,
    listScenarios: false,
  })
})

test('a port can be set, and the self-managed instance selected', () => {
  expect(parseStartOptions(['--instance', 'gitlab'], { APP_PORT: '5000' })).toMatchObject({
    ports: { app: 5000 },
    instance: 'gitlab',
  })
})

test.each(['x', '0', '70000', '-1', '80.5'])(
  'the port %s is refused, and the error names its setting',
  (value) => {
    expect(() => parseStartOptions([], { GITLAB_PORT: value })).toThrow(/^GITLAB_PORT must be a port/)
  },
)

test('one port for two servers is refused', () => {
  expect(() => parseStartOptions([], { APP_PORT: '4700' })).toThrow(/^APP_PORT is 4700/)
})

test('the error names an unknown argument', () => {
  expect(() => parseStartOptions(['--port', '1'], {})).toThrow("'--port'")
})

test('a scenario is given by name, and an unknown one is refused in one line', () => {
  expect(parseStartOptions(['--scenario', 'proxy-url-blank'], {})).toMatchObject({
    scenario: 'proxy-url-blank',
  })
  expect(() => parseStartOptions(['--scenario', 'proxy-url-blnak'], {})).toThrow(
    /^There is no scenario "proxy-url-blnak"; .*$/,
  )
})

test('the self-managed instance can have a relative URL root', () => {
  expect(parseStartOptions(['--gitlab-path', '/gitlab'], {})).toMatchObject({ gitlabPath: '/gitlab' })
  expect(() => parseStartOptions(['--gitlab-path', 'gitlab/'], {})).toThrow(/^--gitlab-path must be a path/)
})

test('both GitLabs can have many groups, and respond with a delay', () => {
  expect(parseStartOptions(['--groups', '100000', '--latency', '100'], {})).toMatchObject({
    groups: 100_000,
    latencyMs: 100,
  })
  expect(() => parseStartOptions(['--groups', 'many'], {})).toThrow(/^--groups must be a number/)
  expect(() => parseStartOptions(['--latency', '-5'], {})).toThrow(/--latency/)
})

test('both GitLabs can have many groups linked', () => {
  expect(parseStartOptions(['--linked', '1000'], {})).toMatchObject({ linked: 1000 })
  expect(() => parseStartOptions(['--linked', 'all'], {})).toThrow(/^--linked must be a number/)
})
