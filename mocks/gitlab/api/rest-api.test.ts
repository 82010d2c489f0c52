import { expect, test } from 'vitest'
import { accessTokenOf } from '#mocks/gitlab/testing/browser.ts'
import type { GitLabWorld } from '#mocks/gitlab/testing/gitlab-world.ts'
import {
  CLIENT_KEY,
  createGitLabWorld,
  JIRA_URL,
  putInstanceUrl,
  send,
} from '#mocks/gitlab/testing/gitlab-world.ts'
import { aGroup } from '#mocks/gitlab/world/builders.ts'
import { OWNER } from '#mocks/gitlab/world/group-directory.ts'

async function installedWorld(): Promise<GitLabWorld> {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  return world
}

function link(world: GitLabWorld, accessToken: string | null, body: object): Promise<Response> {
  return send(world.gitlab, '/api/v4/integrations/jira_connect/subscriptions', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(accessToken !== null && { Authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  })
}

async function groups(world: GitLabWorld, accessToken: string, query: Record<string, string> = {}) {
  const response = await send(world.gitlab, `/api/v4/groups?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  })
  const body = await response.json()
  const paths: string[] = Array.isArray(body)
    ? body.map(({ full_path }: { full_path: string }) => full_path)
    : []
  return { status: response.status, headers: response.headers, body, paths }
}

test('links a group for a maintainer who administers Jira, once', async () => {
  const world = await installedWorld()
  const token = await accessTokenOf(world.gitlab)
  const body = { jwt: world.jira.contextToken(), namespace_path: 'acme/data' }
  const response = await link(world, token, body)
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({ success: true })
  expect(world.gitlab.store.linkedGroups(CLIENT_KEY).at(-1)?.group.fullPath).toBe('acme/data')

  const again = await link(world, token, body)
  expect(again.status).toBe(422)
  expect(await again.json()).toEqual({ message: 'Namespace has already been added' })
})

test('links a subgroup of a linked group, and accepts form encoding', async () => {
  const world = await installedWorld()
  const response = await send(world.gitlab, '/api/v4/integrations/jira_connect/subscriptions', {
    method: 'POST',
    headers: { Authorization: `Bearer ${await accessTokenOf(world.gitlab)}` },
    body: new URLSearchParams({ jwt: world.jira.contextToken(), namespace_path: 'acme/web/search' }),
  })
  expect(response.status).toBe(201)
})

test('checks the access token, the parameters, the context token, the Jira user and the role, in this order', async () => {
  const world = await installedWorld()
  const { gitlab, jira } = world
  const developer = await accessTokenOf(gitlab, 'Jonas Lindqvist')
  const refused = async (token: string | null, body: object) => {
    const response = await link(world, token, body)
    return [response.status, await response.json()]
  }
  const jwt = jira.contextToken()
  jira.groups = null

  expect(await refused(null, {})).toEqual([401, { message: '401 Unauthorized' }])
  expect(await refused(developer, {})).toEqual([400, { error: 'jwt is missing, namespace_path is missing' }])
  const namespace_path = 'acme/data'
  for (const malformed of ['', null, 'x'.repeat(8193)]) {
    expect(await refused(developer, { jwt: malformed, namespace_path })).toEqual([
      401,
      { message: '401 Unauthorized - Invalid JWT token' },
    ])
  }
  for (const overrides of [{ qsh: 'other' }, { exp: 1 }, { iss: 'unknown' }]) {
    expect(await refused(developer, { jwt: jira.contextToken(overrides), namespace_path })).toEqual([
      401,
      { message: '401 Unauthorized - JWT authentication failed' },
    ])
  }
  const unfetchable = [
    403,
    { message: 'Could not fetch user information from Jira. Check the permissions in Jira and try again.' },
  ]
  expect(await refused(developer, { jwt, namespace_path })).toEqual(unfetchable)
  jira.groups = ['org-admins']
  const noSubject = jira.contextToken({ sub: undefined })
  expect(await refused(developer, { jwt: noSubject, namespace_path })).toEqual(unfetchable)
  jira.groups = ['jira-users']
  expect(await refused(developer, { jwt, namespace_path })).toEqual([
    403,
    {
      message:
        'The Jira user must be in one of these Jira groups: site-admins, org-admins. The user is in: jira-users.',
    },
  ])
  jira.groups = ['site-admins']
  expect(await refused(developer, { jwt, namespace_path })).toEqual([
    403,
    { message: 'You do not have permission to link this namespace.' },
  ])
  expect(await refused(developer, { jwt, namespace_path: 'no/such/group' })).toEqual([
    404,
    { message: 'Namespace not found. Make sure it exists and you can access it.' },
  ])
  world.unreachable.add(JIRA_URL)
  expect(await refused(developer, { jwt, namespace_path })).toEqual([
    500,
    { message: '500 Internal Server Error' },
  ])
})

test('lists groups with a minimum role, inherited roles included', async () => {
  const world = createGitLabWorld()
  const amira = await groups(world, await accessTokenOf(world.gitlab), {
    min_access_level: '40',
    per_page: '100',
  })
  expect(amira.paths).toContain('acme/platform/infrastructure/terraform')
  expect(amira.paths).toContain('partners/integrations')
  expect(amira.paths).not.toContain('partners')
  expect(amira.paths).not.toContain('legal')

  const jonas = await accessTokenOf(world.gitlab, 'Jonas Lindqvist')
  expect((await groups(world, jonas, { min_access_level: '40' })).paths).toEqual([])
  expect((await groups(world, jonas)).paths).not.toEqual([])
})

test('an administrator sees every group, but not with a minimum role', async () => {
  const world = createGitLabWorld()
  const token = await accessTokenOf(world.gitlab, 'Administrator')
  expect((await groups(world, token, { search: 'legal' })).paths).toEqual(['legal'])
  expect((await groups(world, token, { min_access_level: '40' })).paths).toEqual([])
})

test('searches names and paths including those of ancestors, from three characters on', async () => {
  const world = createGitLabWorld()
  const token = await accessTokenOf(world.gitlab)
  expect((await groups(world, token, { search: 'PAYM' })).paths).toContain('acme/payments/checkout/fraud')
  expect((await groups(world, token, { search: 'we' })).paths).toEqual([])
  expect((await groups(world, token, { search: `${world.gitlab.publicUrl}/acme/web` })).paths).toEqual([])
  expect((await groups(world, token, { search: 'صفقات' })).paths).toEqual([])
  expect((await groups(world, token, { search: 'المدفوعات' })).paths).toEqual(['acme/playground/arabic'])
})

test('orders by similarity so that the group itself comes before its descendants', async () => {
  const world = createGitLabWorld()
  const token = await accessTokenOf(world.gitlab)
  const byName = await groups(world, token, { search: 'acme' })
  const bySimilarity = await groups(world, token, { search: 'acme', order_by: 'similarity' })
  expect(byName.paths[0]).not.toBe('acme')
  expect(bySimilarity.paths[0]).toBe('acme')
})

test('skips groups, restricts to the top level, and sorts', async () => {
  const world = createGitLabWorld()
  const token = await accessTokenOf(world.gitlab, 'Administrator')
  expect((await groups(world, token, { top_level_only: 'true' })).paths).toEqual([
    'acme',
    'legal',
    'partners',
  ])
  const descending = await groups(world, token, { top_level_only: 'true', sort: 'desc', order_by: 'path' })
  expect(descending.paths).toEqual(['partners', 'legal', 'acme'])
  const { id } = world.gitlab.store.groups.findByFullPath('legal') ?? { id: 0 }
  const skipped = await groups(world, token, { top_level_only: 'true', skip_groups: `${id},1` })
  expect(skipped.paths).toEqual(['partners'])
})

test('pages with headers that are empty at the ends', async () => {
  const world = createGitLabWorld()
  const token = await accessTokenOf(world.gitlab, 'Administrator')
  const total = world.gitlab.store.groups.size
  const first = await groups(world, token, { per_page: '50' })
  expect(first.paths).toHaveLength(50)
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-page': '1',
    'x-per-page': '50',
    'x-next-page': '2',
    'x-prev-page': '',
    'x-total': String(total),
    'x-total-pages': '2',
  })
  const last = await groups(world, token, { per_page: '50', page: '2' })
  expect(last.paths).toHaveLength(total - 50)
  expect(last.headers.get('X-Next-Page')).toBe('')
  expect(last.headers.get('X-Prev-Page')).toBe('1')
  expect(last.headers.get('Link')).toMatch(/rel="prev".*rel="first".*rel="last"/)
  expect((await groups(world, token, { per_page: '500' })).headers.get('X-Per-Page')).toBe('100')

  const none = await groups(world, token, { search: 'nothing has this name' })
  expect([none.headers.get('X-Total'), none.headers.get('X-Total-Pages')]).toEqual(['0', '1'])
})

test('leaves the totals out above 10,000 matches', async () => {
  const world = createGitLabWorld()
  const parent = world.gitlab.store.groups.add(aGroup({ name: 'Many', path: 'many' }))
  world.gitlab.store.groups.setMember('amira', parent.id, OWNER)
  const addUpTo = (count: number) => {
    for (let n = world.gitlab.store.groups.size; n < count; n++) {
      world.gitlab.store.groups.add(aGroup({ name: `Group ${n}`, path: `group-${n}`, parentId: parent.id }))
    }
  }
  const token = await accessTokenOf(world.gitlab, 'Administrator')
  addUpTo(10_000)
  expect((await groups(world, token)).headers.get('X-Total')).toBe('10000')
  addUpTo(10_001)
  const page = await groups(world, token)
  expect(page.headers.get('X-Total')).toBeNull()
  expect(page.headers.get('X-Total-Pages')).toBeNull()
  expect(page.headers.get('X-Next-Page')).toBe('2')
  expect(page.headers.get('Link')).not.toContain('rel="last"')
})

test.each([
  [{ min_access_level: '41' }, 'min_access_level does not have a valid value'],
  [{ order_by: 'size' }, 'order_by does not have a valid value'],
  [{ page: 'two' }, 'page is invalid'],
])('refuses %o', async (query, error) => {
  const world = createGitLabWorld()
  const response = await groups(world, await accessTokenOf(world.gitlab), query as Record<string, string>)
  expect(response.status).toBe(400)
  expect(response.body).toEqual({ error })
})

test('refuses a token without the api scope, and a blocked account', async () => {
  const world = createGitLabWorld()
  const { gitlab } = world
  const token = await accessTokenOf(gitlab)
  const amira = gitlab.store.users.get('amira')
  if (amira) amira.state = 'blocked'
  expect((await groups(world, token)).body).toEqual({
    message: '403 Forbidden - Your account has been blocked.',
  })
  const stored = gitlab.store.tokens.get(token)
  if (stored) gitlab.store.tokens.set(token, { ...stored, scopes: ['read_user'] })
  const response = await groups(world, token)
  expect(response.status).toBe(403)
  expect(response.body).toMatchObject({ error: 'insufficient_scope' })
})

test('an unknown API path gets JSON, any other path gets a page', async () => {
  const { gitlab } = createGitLabWorld()
  const api = await send(gitlab, '/api/v4/nothing')
  expect([api.status, await api.json()]).toEqual([404, { error: '404 Not Found' }])
  const page = await send(gitlab, '/nothing')
  expect(page.status).toBe(404)
  expect(page.headers.get('Content-Type')).toContain('text/html')
})
