import { expect, test } from 'vitest'
import { accessTokenOf, authorize } from './testing/browser.ts'
import { createGitLabWorld, putInstanceUrl, send } from './testing/gitlab-world.ts'

test('a reset restores the initial data and settings', async () => {
  const { gitlab } = createGitLabWorld({ settings: { proxyUrl: '' } })
  const { clientId } = gitlab.store.oauthApplication
  const size = gitlab.store.groups.size
  gitlab.settings.proxyUrl = 'http://other.localhost'
  gitlab.store.groups.remove(1)
  await accessTokenOf(gitlab)
  gitlab.reset()
  expect(gitlab.settings.proxyUrl).toBe('')
  expect(gitlab.store.groups.size).toBe(size)
  expect(gitlab.store.tokens.size).toBe(0)
  expect(gitlab.store.oauthApplication.clientId).toBe(clientId)
  expect(gitlab.requests).toEqual([])
})

test('the data holds about sixty groups, up to four levels deep, with equal names in different parents', () => {
  const { gitlab } = createGitLabWorld()
  const groups = [...gitlab.store.groups.values()]
  expect(groups.length).toBeGreaterThan(55)
  expect(Math.max(...groups.map(({ fullPath }) => fullPath.split('/').length))).toBe(4)
  expect(groups.filter(({ name }) => name === 'Backend').length).toBeGreaterThan(2)
  expect(groups.some(({ name }) => name.length === 255)).toBe(true)
  for (const { parentId, visibility } of groups) {
    // In GitLab, a group can't be more visible than its parent.
    const order = ['private', 'internal', 'public']
    const parent = parentId === null ? undefined : gitlab.store.groups.get(parentId)
    if (parent) expect(order.indexOf(visibility)).toBeLessThanOrEqual(order.indexOf(parent.visibility))
  }
})

test('records requests without context tokens and codes', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  const jwt = world.jira.contextToken()
  await send(world.gitlab, `/-/jira_connect/subscriptions.json?jwt=${jwt}`)
  expect(world.gitlab.requests.at(-1)).toEqual({
    method: 'GET',
    url: `${world.gitlab.publicUrl}/-/jira_connect/subscriptions.json?jwt=`,
    status: 200,
  })
})

test('responds to a request with another Host header', async () => {
  const { gitlab } = createGitLabWorld()
  expect((await gitlab.handle(new Request('http://127.0.0.1:9000/users/sign_in'))).status).toBe(200)
})

test('an aborted request doesn’t wait for the latency', async () => {
  const { gitlab } = createGitLabWorld({ settings: { latencyMs: 60_000 } })
  const request = new Request(`${gitlab.publicUrl}/`, { signal: AbortSignal.abort() })
  expect((await gitlab.handle(request)).status).toBe(200)
})

test('a latency that is lowered lets go of what it has held up', async () => {
  const { gitlab } = createGitLabWorld({ settings: { latencyMs: 60_000 } })
  const response = gitlab.handle(new Request(`${gitlab.publicUrl}/`))
  gitlab.settings.latencyMs = 0
  expect((await response).status).toBe(200)
})

test('store helpers expire and revoke tokens, and link a group', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  const { store } = world.gitlab
  const token = await accessTokenOf(world.gitlab)
  const user = async () => {
    const headers = { Authorization: `Bearer ${token}` }
    return (await (await send(world.gitlab, '/api/v4/user', { headers })).json()).error_description
  }
  expect(await user()).toBeUndefined()
  store.expireAccessTokens()
  expect(await user()).toContain('expired')
  store.revokeAllTokens()
  expect(await user()).toContain('revoked')
  expect(store.linkGroup('acme/mobile').id).toBe(20)
  expect(() => store.linkGroup('no/such/group')).toThrow('There is no group no/such/group.')
})

test('different users can be signed in on each instance', async () => {
  const { app, gitlab } = createGitLabWorld()
  expect((await authorize(app, 'Amira Haddad')).searchParams.get('code')).toBeTruthy()
  expect((await authorize(gitlab, 'Jonas Lindqvist')).searchParams.get('code')).toBeTruthy()
})
