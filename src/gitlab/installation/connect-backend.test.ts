import { expect, test, vi } from 'vitest'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import type { TestWorld, WorldOptions } from '#src/testing/world.ts'
import { APP_URL, startWorld } from '#src/testing/world.ts'
import { createConnectBackend } from './connect-backend.ts'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const app = parseInstanceUrl(APP_URL)

function backendOf({ jira }: TestWorld) {
  const requestContextToken = vi.fn(async () => jira.contextToken(jira.settings.user))
  return { backend: createConnectBackend(app, requestContextToken), requestContextToken }
}

async function start(options: Partial<WorldOptions> = {}) {
  const world = await startWorld({ instance: 'gitlab', ...options })
  return { world, instance: parseInstanceUrl(world.instance.publicUrl), ...backendOf(world) }
}

test.each([
  { instance: 'app', gitlabPath: '', url: 'http://app.localhost:4701' },
  { instance: 'gitlab', gitlabPath: '', url: 'http://gitlab.localhost:4702' },
  { instance: 'gitlab', gitlabPath: '/gitlab', url: 'http://gitlab.localhost:4702/gitlab' },
] as const)('knows that this Jira site uses $url', async ({ url, ...options }) => {
  const { backend } = await start(options)
  expect(await backend.readInstance()).toBe(url)
})

test('refuses a saved URL that isn’t one', async () => {
  const { world, backend } = await start()
  for (const one of world.app.store.installations.values()) one.instanceUrl = 'javascript:alert(1)'
  await expect(backend.readInstance()).rejects.toMatchObject({ code: 'instance-url-scheme' })
})

test('saves which instance this Jira site uses, and the instance that serves the page as none', async () => {
  const { world, backend, instance } = await start({ instance: 'app' })
  const other = parseInstanceUrl(world.gitlab.publicUrl)
  expect(await backend.saveInstance(other)).toBe(other)
  expect(await backend.readInstance()).toBe(other)
  expect(await backend.saveInstance(instance)).toBe(app)
  expect(await backend.readInstance()).toBe(app)
  const saved = world.asked('PUT /-/jira_connect/installations').map(({ body }) => JSON.parse(body))
  expect(saved.map(({ installation }) => installation)).toEqual([
    { instance_url: other },
    { instance_url: null },
  ])
})

test('checks that Jira confirms who opened the page, and says why it doesn’t', async () => {
  const { backend, requestContextToken } = await start()
  requestContextToken.mockRejectedValue(new Error('no bridge'))
  await expect(backend.checkHost()).rejects.toThrow('no bridge')
  await expect(backend.unlinkGroup(app, '17')).rejects.toThrow('no bridge')
})

test.each([{}, { success: false }])('what GitLab confirms with %o is not taken as done', async (data) => {
  const { world, backend, instance } = await start()
  world.answer('DELETE /-/jira_connect/subscriptions/17', () => Response.json(data))
  await expect(backend.unlinkGroup(instance, '17')).rejects.toMatchObject({ code: 'answer-unexpected' })
})

test('lists the linked groups with what it takes to unlink them and tell them apart', async () => {
  const { world, backend, instance } = await start({ gitlabPath: '/gitlab' })
  const groups = await backend.listLinkedGroups(instance)
  const linked = world.gitlab.store.linkedGroups([...world.gitlab.store.installations.keys()][0] ?? '')
  expect(groups.map(({ groupId }) => groupId)).toEqual(linked.map(({ group }) => group.id))
  expect(groups[0]).toEqual({
    subscriptionId: '17',
    groupId: 15,
    name: 'Payments',
    fullName: 'Acme Corp / Payments',
    avatarUrl: 'http://gitlab.localhost:4702/gitlab/uploads/-/system/group/avatar/15/payments.png',
    description: 'Checkout, invoices and payouts',
    linkedAt: linked[0]?.subscription.createdAt,
  })
})

const row = (id: number) => ({
  unlink_path: `/-/jira_connect/subscriptions/${id}`,
  group: { name: 'Web', full_name: 'Acme / Web' },
})

test.each([
  ['in one list', '/api/v4/groups?skip_groups=7%2C91', [7, 91]],
  ['one by one, as in older versions', '/api/v4/groups?skip_groups[]=7&skip_groups[]=91', [7, 91]],
  ['for some of the groups only', '/api/v4/groups?skip_groups=7', [undefined, undefined]],
  ['in an unknown form', '/api/v4/groups?skip_groups=a,91', [undefined, 91]],
  ['not at all', undefined, [undefined, undefined]],
])('reads the IDs of the linked groups that GitLab gives %s', async (_how, groupsPath, ids) => {
  const { world, backend, instance } = await start()
  world.answer(LIST, () => Response.json({ groups_path: groupsPath, subscriptions: [row(1), row(2)] }))
  const groups = await backend.listLinkedGroups(instance)
  expect(groups.map(({ groupId }) => groupId)).toEqual(ids)
  expect(groups.map(({ subscriptionId }) => subscriptionId)).toEqual(['1', '2'])
})

test.each([undefined, null, '', 'yesterday'])('has no date for a link of “%s”', async (date) => {
  const { world, backend, instance } = await start()
  world.answer(LIST, () => Response.json({ subscriptions: [{ ...row(1), created_at: date }] }))
  expect((await backend.listLinkedGroups(instance))[0]?.linkedAt).toBeUndefined()
})

test('unlinks at the instance itself, below its sub-path, without a GitLab user', async () => {
  const { world, backend, instance } = await start({ gitlabPath: '/gitlab' })
  await backend.unlinkGroup(instance, '17')
  expect(world.gitlab.store.subscriptions.has(17)).toBe(false)
  const asked = world.asked('DELETE /gitlab/-/jira_connect/subscriptions/17')
  expect(asked).toHaveLength(1)
  expect(asked[0]?.headers.get('authorization')).toMatch(/^JWT /)
})

test('links a group by its full path, as the GitLab user', async () => {
  const { world, instance, session, signIn } = await startSession()
  await signIn()
  await backendOf(world).backend.linkGroup(instance, 'acme/data', session.authorizedFetch)
  const [asked] = world.asked('POST /api/v4/integrations/jira_connect/subscriptions')
  expect(JSON.parse(asked?.body ?? '')).toEqual({ jwt: expect.any(String), namespace_path: 'acme/data' })
  expect(asked?.url.search).toBe('')
  expect(world.gitlab.store.subscriptions.size).toBe(4)
})

test('uses one context token for everything while it’s valid', async () => {
  const { backend, instance, requestContextToken } = await start()
  await Promise.all([backend.readInstance(), backend.listLinkedGroups(instance)])
  await backend.unlinkGroup(instance, '17')
  expect(requestContextToken).toHaveBeenCalledTimes(1)
})

test('tries once more, with a new context token, if GitLab refuses the first', async () => {
  const { world, backend, instance, requestContextToken } = await start()
  await backend.readInstance()
  // Installed again, with a new secret.
  await world.jira.install()
  expect(await backend.listLinkedGroups(instance)).toHaveLength(3)
  expect(requestContextToken).toHaveBeenCalledTimes(2)
})

test('a late refusal of the old context token doesn’t discard the new one', async () => {
  const { world, backend, instance, requestContextToken } = await start()
  await backend.readInstance()
  await world.jira.install()
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const refusedLate = async (next: () => Promise<Response>) => {
    const refusal = await next()
    await released
    return refusal
  }
  world.answer(LIST, refusedLate, 1)
  const late = backend.listLinkedGroups(instance)
  await backend.listLinkedGroups(instance)
  release()
  expect(await late).toHaveLength(3)
  expect(requestContextToken).toHaveBeenCalledTimes(2)
})

test('gives up if GitLab refuses the new context token as well', async () => {
  const { world, backend, instance, requestContextToken } = await start()
  for (const one of world.gitlab.store.installations.values()) one.sharedSecret = 'an older one'
  await expect(backend.listLinkedGroups(instance)).rejects.toMatchObject({ code: 'context-token-refused' })
  expect(requestContextToken).toHaveBeenCalledTimes(2)
  expect(world.asked(LIST)).toHaveLength(2)
})

test('doesn’t repeat what GitLab refused for another reason', async () => {
  const { world, backend, instance } = await start()
  world.jira.settings.user = 'member'
  await expect(backend.unlinkGroup(instance, '17')).rejects.toMatchObject({
    code: 'jira-user-not-administrator',
    gitlabMessage: 'Forbidden',
  })
  await expect(backend.unlinkGroup(instance, '999')).rejects.toMatchObject({ code: 'not-found' })
  expect(world.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2)
})

test.each(['member', 'hidden'] as const)(
  'asks Jira again at the next attempt after GitLab refused the Jira user (%s), who might be another by then',
  async (mistake) => {
    const { world, instance, session, signIn } = await startSession()
    await signIn()
    const { backend, requestContextToken } = backendOf(world)
    const link = () => backend.linkGroup(instance, 'acme/data', session.authorizedFetch)
    if (mistake === 'member') world.jira.settings.user = 'member'
    else world.jira.settings.users = 'hidden'
    await expect(link()).rejects.toMatchObject({ code: expect.stringMatching(/^jira-user-/) })
    expect(requestContextToken, 'not repeated by itself').toHaveBeenCalledTimes(1)
    // As the page does after a failure, while the Jira user is the same.
    await backend.listLinkedGroups(instance)
    world.jira.settings.user = 'admin'
    world.jira.settings.users = 'readable'
    await link()
    expect(requestContextToken).toHaveBeenCalledTimes(2)
    await link().catch(() => undefined)
    expect(requestContextToken, 'the new one is kept').toHaveBeenCalledTimes(2)
  },
)

const INSTALLATIONS = 'GET /-/jira_connect/installations'

test.each([
  ['the instance that serves the page', 'app', []],
  // A header would need a preflight there.
  ['another instance, except for its list', 'gitlab', ['/-/jira_connect/subscriptions.json']],
] as const)('the context token stays out of the URLs of %s', async (_which, used, withToken) => {
  const { world, backend, instance } = await start({ instance: used })
  await backend.readInstance()
  await backend.listLinkedGroups(instance)
  await backend.unlinkGroup(instance, '17')
  const urls = world.requests.map(({ url }) => url).filter(({ searchParams }) => searchParams.has('jwt'))
  expect(urls.map(({ pathname }) => pathname)).toEqual(withToken)
})

function htmlPage(status: number): Response {
  return new Response('<h1>No</h1>', { status, headers: { 'content-type': 'text/html' } })
}

test.each([
  ['GitLab without the Authorization header', () => new Response(null, { status: 403 })],
  ['a proxy that takes the header for its own', () => new Response('<h1>401</h1>', { status: 401 })],
  ['a proxy that refuses any such header', () => htmlPage(403)],
])(
  'a request refused by %s is sent again with the token in its URL, and so are those after it',
  async (_who, refuse) => {
    const { world, backend, instance } = await start({ instance: 'app' })
    for (const request of [INSTALLATIONS, LIST, 'DELETE /-/jira_connect/subscriptions/17'])
      world.answer(request, async (next) => {
        const { headers } = world.requests.at(-1) ?? {}
        return headers?.has('authorization') ? refuse() : next()
      })
    expect(await backend.readInstance()).toBe(app)
    expect(await backend.listLinkedGroups(instance)).toHaveLength(3)
    await backend.unlinkGroup(instance, '17')
    expect(world.requests.map(({ url }) => url.searchParams.has('jwt'))).toEqual([false, true, true, true])
  },
)

test.each([
  ['doesn’t get to see the header', () => new Response(null, { status: 403 })],
  ['takes the header for its own', () => new Response('<h1>401</h1>', { status: 401 })],
])('a group is unlinked at another instance that %s', async (_how, refuse) => {
  const { world, backend, instance } = await start()
  world.answer('DELETE /-/jira_connect/subscriptions/17', (next) =>
    world.requests.at(-1)?.headers.has('authorization') ? refuse() : next(),
  )
  await backend.unlinkGroup(instance, '17')
  expect(world.gitlab.store.subscriptions.has(17)).toBe(false)
})

test.each([
  ['GitLab’s own refusal', () => Response.json({ message: 'Something new' }, { status: 403 })],
  ['a refusal in front of it that isn’t about who asks', () => htmlPage(400)],
])('%s isn’t answered by the same request with the token in its URL', async (_what, refuse) => {
  const { world, backend, instance } = await start({ instance: 'app' })
  world.answer(LIST, refuse)
  await expect(backend.listLinkedGroups(instance)).rejects.toThrow()
  expect(world.asked(LIST)).toHaveLength(1)
})

test('a request without a usable response doesn’t move the token into the URL', async () => {
  const { world, backend, instance } = await start()
  const request = 'DELETE /-/jira_connect/subscriptions/17'
  world.answer(request, () => htmlPage(200))
  await expect(backend.unlinkGroup(instance, '17')).rejects.toMatchObject({ code: 'answer-unexpected' })
  world.answer(request, (next) => next())
  await backend.unlinkGroup(instance, '17')
  expect(world.asked(request).map(({ url }) => url.searchParams.has('jwt'))).toEqual([false, false])
})

test('if another instance might have refused the header unreadably, the next attempt does without', async () => {
  const { world, backend, instance } = await start()
  const request = 'DELETE /-/jira_connect/subscriptions/17'
  // Without GitLab's permission for other origins, the page can't read what a proxy responds.
  world.answer(request, (next) =>
    world.requests.at(-1)?.headers.has('authorization') ? Response.error() : next(),
  )
  await expect(backend.unlinkGroup(instance, '17')).rejects.toMatchObject({ code: 'cors-refused' })
  expect(world.asked(request), 'it might have been done').toHaveLength(1)
  await backend.unlinkGroup(instance, '17')
  expect(world.gitlab.store.subscriptions.has(17)).toBe(false)
})

test('a header that is lost at one instance leaves the token out of the URLs of the other', async () => {
  const { world, backend, instance } = await start()
  world.answer('DELETE /-/jira_connect/subscriptions/17', (next) =>
    world.requests.at(-1)?.headers.has('authorization') ? new Response(null, { status: 403 }) : next(),
  )
  await backend.unlinkGroup(instance, '17')
  await backend.readInstance()
  const [asked] = world.asked(INSTALLATIONS)
  expect(asked?.url.searchParams.has('jwt')).toBe(false)
  expect(asked?.headers.get('authorization')).toMatch(/^JWT /)
})
