import { expect, test } from 'vitest'
import type { Dialect } from './dialects.ts'
import { accessTokenOf } from './testing/browser.ts'
import type { GitLabWorld } from './testing/gitlab-world.ts'
import { createGitLabWorld, putInstanceUrl, send } from './testing/gitlab-world.ts'

async function installedWorld(dialect: Dialect): Promise<GitLabWorld> {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  world.app.settings.dialect = dialect
  world.gitlab.settings.dialect = dialect
  return world
}

async function link(world: GitLabWorld, jwt: string, namespace_path: string) {
  const response = await send(world.gitlab, '/api/v4/integrations/jira_connect/subscriptions', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await accessTokenOf(world.gitlab)}`,
    },
    body: JSON.stringify({ jwt, namespace_path }),
  })
  return [response.status, (await response.json()).message]
}

test('a legacy build only knows site administrators, and has its own error messages', async () => {
  const world = await installedWorld('legacy')
  const { jira, gitlab } = world
  expect(await link(world, jira.contextToken(), 'acme/data')).toEqual([
    403,
    'The Jira user is not a site administrator. Check the permissions in Jira and try again.',
  ])
  expect((await link(world, '', 'acme/data'))[1]).toBe('401 Unauthorized - JWT authentication failed')
  const path = `/-/jira_connect/subscriptions/17?jwt=${jira.contextToken()}`
  expect(await (await send(gitlab, path, { method: 'DELETE' })).json()).toEqual({ error: 'forbidden' })

  jira.groups = ['site-admins']
  expect(await link(world, jira.contextToken(), 'no/such/group')).toEqual([
    401,
    'Invalid namespace. Please make sure you have sufficient permissions',
  ])
  expect((await link(world, jira.contextToken(), 'acme/data'))[0]).toBe(201)
})

test('since 19.2, refusals have other statuses and words, and name the user’s own Jira groups', async () => {
  const world = await installedWorld('newest')
  const { jira, gitlab } = world
  expect(await link(world, jira.contextToken(), 'no/such/group')).toEqual([
    404,
    'Namespace not found. Make sure it exists and you can access it.',
  ])
  const group = gitlab.store.groups.add({
    parentId: null,
    name: 'Visitors',
    path: 'visitors',
    description: null,
    visibility: 'public',
    hasAvatar: false,
    createdAt: 0,
  })
  expect(await link(world, jira.contextToken(), group.fullPath)).toEqual([
    403,
    'You do not have permission to link this namespace.',
  ])
  jira.groups = ['jira-users', 'staff']
  const [status, message] = await link(world, jira.contextToken(), 'acme/data')
  expect(status).toBe(403)
  expect(message).toContain('The user is in: jira-users, staff.')
})

test('a legacy build repeats skip_groups[] in groups_path', async () => {
  const { jira, gitlab } = await installedWorld('legacy')
  const list = await send(gitlab, `/-/jira_connect/subscriptions.json?jwt=${jira.contextToken()}`)
  const query = new URLSearchParams((await list.json()).groups_path.split('?')[1])
  expect(query.getAll('skip_groups[]')).toHaveLength(3)
  expect(query.get('skip_groups')).toBeNull()
})

test.each([
  ['legacy', 200],
  ['current', 200],
  ['before-19.2', 403],
] as const)(
  'a %s build responds with %i when a Jira user who isn’t an administrator changes the instance',
  async (dialect, status) => {
    const world = await installedWorld(dialect)
    world.jira.groups = ['jira-users']
    expect((await putInstanceUrl(world, null)).status).toBe(status)
  },
)

test('builds differ in how they treat a URL without a scheme', async () => {
  const errors = async (dialect: Dialect) => {
    const response = await putInstanceUrl(await installedWorld(dialect), 'gitlab')
    return (await response.json()).errors.instance_url
  }
  const blocked = 'is blocked: Only allowed schemes are http, https'
  expect(await errors('before-19.2')).toEqual([blocked, 'must be a valid URL'])
  expect(await errors('current')).toEqual([blocked])
})
