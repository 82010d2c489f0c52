import { encodeSymmetric } from '@atlassian/atlassian-jwt'
import { expect, test } from 'vitest'
import type { GitLabWorld } from '#mocks/gitlab/testing/gitlab-world.ts'
import {
  CLIENT_KEY,
  createGitLabWorld,
  JIRA_URL,
  putInstanceUrl,
  send,
} from '#mocks/gitlab/testing/gitlab-world.ts'
import { aSubscription } from '#mocks/gitlab/world/builders.ts'
import { queryStringHashOf } from './context-token.ts'

/** A self-managed instance that is installed in a Jira site. */
async function linkedWorld(options?: Parameters<typeof createGitLabWorld>[0]): Promise<GitLabWorld> {
  const world = createGitLabWorld(options)
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  return world
}

function list(world: GitLabWorld, jwt: string, headers: Record<string, string> = {}) {
  return send(world.gitlab, `/-/jira_connect/subscriptions.json?jwt=${jwt}`, { headers })
}

function unlink(world: GitLabWorld, id: number, accept = 'application/json') {
  return send(world.gitlab, `/-/jira_connect/subscriptions/${id}?jwt=${world.jira.contextToken()}`, {
    method: 'DELETE',
    headers: { Accept: accept },
  })
}

test('lists the linked groups with their ids in the same order in groups_path', async () => {
  const world = await linkedWorld()
  const response = await list(world, world.jira.contextToken())
  expect(response.status).toBe(200)
  const body = await response.json()
  expect(body.subscriptions_path).toBe('/-/jira_connect/subscriptions')
  const names = body.subscriptions.map(({ group }: { group: { full_name: string } }) => group.full_name)
  expect(names).toEqual([
    'Acme Corp / Payments',
    'Acme Corp / Platform / Developer Experience',
    'Acme Corp / Web',
  ])
  const ids = new URL(body.groups_path, world.gitlab.publicUrl).searchParams.get('skip_groups')?.split(',')
  expect(ids?.map((id) => world.gitlab.store.groups.get(Number(id))?.fullName)).toEqual(names)
  expect(body.subscriptions[2]).toEqual({
    created_at: new Date(world.clock.now - 40 * 60_000).toISOString(),
    unlink_path: '/-/jira_connect/subscriptions/19',
    group: {
      name: 'Web',
      full_name: 'Acme Corp / Web',
      description: 'The shop and the customer portal',
      avatar_url: expect.stringMatching(/^\/uploads\/-\/system\/group\/avatar\/\d+\/web\.png$/),
    },
  })
  const avatar = await send(world.gitlab, body.subscriptions[2].group.avatar_url)
  expect(avatar.headers.get('Content-Type')).toBe('image/png')
  // Payments is private, so its avatar requires a session.
  expect((await send(world.gitlab, body.subscriptions[0].group.avatar_url)).status).toBe(404)
})

test('an empty list ends its groups_path with an empty skip_groups', async () => {
  const world = await linkedWorld({ settings: { initialLinkedGroups: [] } })
  expect(await (await list(world, world.jira.contextToken())).json()).toEqual({
    groups_path: '/api/v4/groups?min_access_level=40&skip_groups=',
    subscriptions: [],
    subscriptions_path: '/-/jira_connect/subscriptions',
  })
})

test('paths carry the relative URL root', async () => {
  const world = await linkedWorld({ gitlabUrl: 'http://gitlab.localhost:9000/gitlab' })
  const body = await (await list(world, world.jira.contextToken())).json()
  expect(body.groups_path).toMatch(/^\/gitlab\/api\/v4\/groups\?/)
  expect(body.subscriptions[0].unlink_path).toMatch(/^\/gitlab\/-\/jira_connect\/subscriptions\/\d+$/)
})

test('the list accepts the hash of exactly its request as well as context-qsh', async () => {
  const world = await linkedWorld()
  const url = `${world.gitlab.publicUrl}/-/jira_connect/subscriptions.json`
  const instance = { publicUrl: world.gitlab.publicUrl } as Parameters<typeof queryStringHashOf>[0]
  const qsh = queryStringHashOf(instance, 'GET', url)
  expect((await list(world, world.jira.contextToken({ qsh }))).status).toBe(200)
  expect((await list(world, world.jira.contextToken({ qsh: 'other' }))).status).toBe(403)
})

test.each([
  ['an expired token', (world: GitLabWorld) => world.jira.contextToken({ exp: world.clock.now / 1000 })],
  ['an unknown client key', (world: GitLabWorld) => world.jira.contextToken({ iss: 'unknown' })],
  ['another secret', () => encodeSymmetric({ iss: CLIENT_KEY, qsh: 'context-qsh' }, 'wrong secret')],
  ['more than 8 KiB', (world: GitLabWorld) => world.jira.contextToken({ filler: 'x'.repeat(8192) })],
  ['no token at all', () => ''],
  ['nonsense', () => 'a.b.c'],
])('refuses %s with 403 and an empty body', async (_, token) => {
  const world = await linkedWorld()
  const response = await list(world, token(world), { Accept: '*/*' })
  expect(response.status).toBe(403)
  expect(await response.text()).toBe('')
})

test('a refusal is an HTML page unless only JSON is accepted', async () => {
  const world = await linkedWorld()
  const ask = (accept: string) =>
    send(world.app, '/-/jira_connect/installations', { headers: { Accept: accept } })
  const json = await ask('application/json')
  expect(json.status).toBe(403)
  expect(await json.text()).toBe('')
  for (const accept of ['*/*', 'application/json, text/plain, */*']) {
    const page = await ask(accept)
    expect(page.status).toBe(403)
    expect(page.headers.get('Content-Type')).toContain('text/html')
  }
})

test('the token can be in the Authorization header', async () => {
  const world = await linkedWorld()
  const response = await send(world.app, '/-/jira_connect/installations', {
    headers: { Authorization: `JWT ${world.jira.contextToken({ qsh: 'anything' })}` },
  })
  expect(await response.json()).toEqual({ gitlab_com: false, instance_url: world.gitlab.publicUrl })
})

test('unlinks a group once; afterwards its id is unknown', async () => {
  const world = await linkedWorld()
  const response = await unlink(world, 17)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ success: true })
  const again = await unlink(world, 17)
  expect(again.status).toBe(404)
  expect(await again.text()).toBe('')
  expect((await unlink(world, 17, '*/*')).headers.get('Content-Type')).toContain('text/html')
})

test("another installation's subscription is unknown, and isn't deleted", async () => {
  const world = await linkedWorld()
  const { store } = world.gitlab
  store.installations.set('other', {
    clientKey: 'other',
    sharedSecret: 'x',
    baseUrl: JIRA_URL,
    instanceUrl: null,
  })
  const { id } = aSubscription({ clientKey: 'other' })
  store.subscriptions.set(id, aSubscription({ clientKey: 'other' }))
  expect((await unlink(world, id)).status).toBe(404)
  expect(store.subscriptions.has(id)).toBe(true)
})

test.each([
  ['is no administrator', ['jira-administrators']],
  ['cannot be fetched', null],
])('does not unlink when the Jira user %s', async (_, groups) => {
  const world = await linkedWorld()
  world.jira.groups = groups
  const response = await unlink(world, 17)
  expect(response.status).toBe(403)
  expect(await response.json()).toEqual({ error: 'Forbidden' })
})

test('only a Jira administrator may change the instance', async () => {
  const world = await linkedWorld()
  world.jira.groups = ['jira-users']
  const response = await putInstanceUrl(world, null)
  expect(response.status).toBe(403)
  expect((await response.json()).errors).toContain('must be in one of these Jira groups')
  world.app.settings.dialect = 'current'
  expect((await putInstanceUrl(world, null)).status).toBe(200)
})

test('a blocked instance URL gets a response with the reason, and nothing changes', async () => {
  const world = await linkedWorld()
  const response = await putInstanceUrl(world, 'http://127.0.0.1:9000')
  expect(response.status).toBe(422)
  expect(await response.json()).toEqual({
    errors: { instance_url: ['is blocked: Requests to localhost are not allowed'] },
  })
  expect(world.app.store.installations.get(CLIENT_KEY)?.instanceUrl).toBe(world.gitlab.publicUrl)
})

test('the instance can be saved by a form, too', async () => {
  const world = await linkedWorld()
  const response = await send(world.app, '/-/jira_connect/installations', {
    method: 'PUT',
    body: new URLSearchParams({ jwt: world.jira.contextToken(), 'installation[instance_url]': '' }),
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ gitlab_com: true, instance_url: null })
})

test('the page is there only with a token for exactly its URL, which gets the list as well', async () => {
  const { app, jira } = await linkedWorld()
  const page = '/-/jira_connect/subscriptions'
  const instance = { publicUrl: app.publicUrl } as Parameters<typeof queryStringHashOf>[0]
  const qsh = queryStringHashOf(instance, 'GET', `${app.publicUrl}${page}`)
  const open = (jwt: string, accept: string) =>
    send(app, `${page}?jwt=${jwt}`, { headers: { Accept: accept } })
  const statusOf = async (answer: Promise<Response>) => (await answer).status

  expect(await statusOf(send(app, page)), 'without a token').toBe(403)
  expect(await statusOf(open(jira.contextToken(), 'text/html')), 'with a context token').toBe(403)
  expect(await statusOf(open(jira.contextToken({ qsh }), 'text/html'))).toBe(200)
  const list = await open(jira.contextToken({ qsh }), 'application/json')
  expect((await list.json()).subscriptions_path).toBe(page)
  expect(await statusOf(open(jira.contextToken(), 'application/json'))).toBe(200)
  expect(await statusOf(open(jira.contextToken({ qsh: 'other' }), 'application/json'))).toBe(403)
})

test('the application ID is public, but missing on GitLab.com and if it is blank', async () => {
  const { app, gitlab } = createGitLabWorld()
  const ask = (to: GitLabWorld['gitlab']) => send(to, '/-/jira_connect/oauth_application_id')
  expect(await (await ask(gitlab)).json()).toEqual({
    application_id: gitlab.store.oauthApplication.clientId,
  })
  gitlab.settings.applicationIdBlank = true
  for (const to of [gitlab, app]) {
    const response = await ask(to)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  }
})

test('serves the descriptor of its own public URL, sub-path included', async () => {
  const world = createGitLabWorld({ gitlabUrl: 'http://gitlab.localhost:8001/gitlab' })
  const response = await send(world.gitlab, '/-/jira_connect/app_descriptor.json')
  expect(await response.json()).toMatchObject({
    key: 'gitlab-jira-connect-gitlab.localhost',
    baseUrl: 'http://gitlab.localhost:8001/gitlab/-/jira_connect',
    modules: { postInstallPage: { url: '/subscriptions' } },
  })
})
