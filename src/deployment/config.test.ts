import { expect, test } from 'vitest'
import { createQueryClient } from '#src/app/query-client.ts'
import { startWorld } from '#src/testing/world.ts'
import { configOptions } from './config.ts'

const read = () => createQueryClient().fetchQuery(configOptions)

const defaults = { instances: 'none', docs: 'https://docs.gitlab.com', concurrency: 4 }

test.each([
  {},
  { clientId: 'id', appName: 'GitLab.com' },
  { instances: 'none' },
  { instances: 'any', docs: 'https://docs.example.com' },
  { instances: ['https://gitlab.example.com'] },
  { concurrency: 8 },
])('reads the settings of the deployment, with defaults for the others: %o', async (config) => {
  const { asked } = await startWorld({ instance: 'app', config })
  expect(await read()).toEqual({ ...defaults, ...config })
  expect(asked('GET /-/jira_connect/config.json')).toHaveLength(1)
})

test('uses the defaults if there is no file', async () => {
  await startWorld({ instance: 'app', config: null })
  expect(await read()).toEqual(defaults)
})

test('turns what administrators write into instance URLs, and drops trailing slashes', async () => {
  const config = {
    instances: ['gitlab.example.com', 'https://git.example.com/gitlab/'],
    docs: 'https://docs.example.com/gitlab//',
  }
  await startWorld({ instance: 'app', config })
  expect(await read()).toEqual({
    ...defaults,
    instances: ['https://gitlab.example.com', 'https://git.example.com/gitlab'],
    docs: 'https://docs.example.com/gitlab',
  })
})

test.each([
  ['an unknown field', { clientID: 'id' }],
  ['a value of another type', { clientId: 7 }],
  ['too large a number', { concurrency: 17 }],
  ['an unknown word', { instances: 'some' }],
  ['an instance that is not a URL', { instances: ['https://gitlab.example.com', 'git lab'] }],
  ['an instance with an IPv6 address', { instances: ['https://[2001:db8::1]/gitlab'] }],
  ['an instance whose host ends with a dot', { instances: ['https://gitlab.example.com.:8443'] }],
  ['an instance with credentials', { instances: ['https://user:password@gitlab.example.com'] }],
  ['documentation that is a script', { docs: 'javascript:alert(1)' }],
  ['documentation without scheme', { docs: 'docs.example.com' }],
  ['an empty client id', { clientId: '' }],
  ['a name of spaces', { appName: ' ' }],
  ['a list', ['id']],
  ['an empty list', []],
  ['no content', ''],
])('rejects a file with %s', async (_what, config) => {
  await startWorld({ instance: 'app', config })
  await expect(read()).rejects.toMatchObject({ code: 'config-invalid' })
})

test.each([
  ['HTML', () => new Response('<!doctype html>'), 'config-invalid'],
  ['a server error', () => Response.json({}, { status: 500 }), 'config-unreadable'],
])('rejects a response with %s, without asking twice', async (_what, respond, code) => {
  const world = await startWorld({ instance: 'app' })
  world.answer('GET /-/jira_connect/config.json', respond)
  await expect(read()).rejects.toMatchObject({ code })
  expect(world.asked('GET /-/jira_connect/config.json')).toHaveLength(1)
})

test('has another code if the file can’t be read at all', async () => {
  const world = await startWorld({ instance: 'app' })
  world.answer('GET /-/jira_connect/config.json', () => Response.error())
  await expect(read()).rejects.toMatchObject({ code: 'config-unreadable' })
})
