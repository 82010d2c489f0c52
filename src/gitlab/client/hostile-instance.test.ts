import { unknown } from 'valibot'
import { expect, test } from 'vitest'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { readApplicationId } from '#src/gitlab/instance/application-id.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { listGroups } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import { APP_URL, GITLAB_URL, startWorld } from '#src/testing/world.ts'
import { requestGitLab } from './client.ts'
import { messageOf } from './errors.ts'
import { LONGEST_PATH } from './plain-text.ts'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const GROUPS = 'GET /api/v4/groups'
const USER = 'GET /api/v4/user'
const instance = parseInstanceUrl(GITLAB_URL)
const MARKUP = '<img src=x onerror=alert(1)>'
const megabyte = 'x'.repeat(1_000_000)

async function startBackend() {
  const world = await startWorld({ instance: 'gitlab' })
  const backend = createConnectBackend(parseInstanceUrl(APP_URL), async () => world.jira.contextToken())
  return { world, backend }
}

async function signedIn() {
  const { session, signIn, world } = await startSession()
  await signIn()
  const list = (page = 1) =>
    listGroups(instance, { search: '', page, everyGroup: false, authorizedFetch: session.authorizedFetch })
  return { session, world, list }
}

const subscription = (unlinkPath: string, group: object = {}) => ({
  unlink_path: unlinkPath,
  group: { name: 'Web', full_name: 'Acme / Web', ...group },
})

const group = (more: object = {}) => ({
  id: 1,
  name: 'Web',
  full_name: 'Acme / Web',
  full_path: 'acme/web',
  ...more,
})

const withNextPage = (page: number | string) => ({
  headers: {
    'X-Next-Page': String(page),
    Link: '<https://evil.example/api/v4/groups?page=2>; rel="next"',
    'Access-Control-Expose-Headers': 'X-Next-Page, Link',
  },
})

/** A body that ends, by an error, only after fifty megabytes. */
function endless() {
  const part = new TextEncoder().encode(megabyte)
  let sent = 0
  const body = () =>
    new ReadableStream<Uint8Array>({
      pull(stream) {
        sent += 1
        if (sent > 50) stream.error(new Error('The body was read to its end.'))
        else stream.enqueue(part)
      },
    })
  return { body, megabytesSent: () => sent }
}

test.each([
  'https://evil.example/-/jira_connect/subscriptions/17',
  '//evil.example/-/jira_connect/subscriptions/17',
  '/../../../admin/../-/jira_connect/subscriptions/17',
  'javascript:alert(1)//-/jira_connect/subscriptions/17',
])('an unlink_path that points elsewhere is not followed: %s', async (unlinkPath) => {
  const { world, backend } = await startBackend()
  world.answer(LIST, () => Response.json({ subscriptions: [subscription(unlinkPath)] }))
  const [linked] = await backend.listLinkedGroups(instance)
  await backend.unlinkGroup(instance, linked?.subscriptionId ?? '')
  expect(world.requests.at(-1)?.url.href).toBe(`${GITLAB_URL}/-/jira_connect/subscriptions/17`)
})

test.each([
  '/-/jira_connect/subscriptions/../../../api/v4/groups/7',
  '/-/jira_connect/subscriptions/17?x=/../../admin',
  '/-/jira_connect/subscriptions/%2e%2e%2fadmin',
  '/-/jira_connect/subscriptions/17/../18/..',
  `/-/jira_connect/subscriptions/${'1'.repeat(1_000)}`,
])('an unlink_path that climbs out of its path is refused: %s', async (unlinkPath) => {
  const { world, backend } = await startBackend()
  world.answer(LIST, () => Response.json({ subscriptions: [subscription(unlinkPath)] }))
  await expect(backend.listLinkedGroups(instance)).rejects.toMatchObject({ code: 'answer-unexpected' })
})

test('a groups_path that points to another origin is read for its IDs only', async () => {
  const { world, backend } = await startBackend()
  const groupsPath = `https://evil.example/groups?skip_groups=7,javascript:alert(1),${'9'.repeat(400)}`
  const subscriptions = ['1', '2', '3'].map((id) => subscription(`/-/jira_connect/subscriptions/${id}`))
  world.answer(LIST, () => Response.json({ groups_path: groupsPath, subscriptions }))
  const linked = await backend.listLinkedGroups(instance)
  expect(linked.map(({ groupId }) => groupId)).toEqual([7, undefined, undefined])
  expect(world.requests.map(({ url }) => url.origin)).not.toContain('https://evil.example')
})

test('a Link header to another origin is not followed', async () => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, () => Response.json([group()], withNextPage(2)))
  const { nextPage } = await list()
  expect(nextPage).toBe(2)
  await list(nextPage)
  expect(world.asked(GROUPS).map(({ url }) => url.origin)).toEqual([GITLAB_URL, GITLAB_URL])
})

test.each([
  ['the same page', 3, 3, [group()]],
  ['the page before', 3, 2, [group()]],
  ['a page far ahead', 3, 1e9, [group()]],
  ['no number', 3, 'Infinity', [group()]],
  ['a further page after an empty one', 3, 4, []],
  ['one more page after the most that are read', 5_000, 5_001, [group()]],
])('paging ends even if the instance never ends it: %s', async (_what, page, next, groups) => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, () => Response.json(groups, withNextPage(next)))
  expect((await list(page)).nextPage).toBeUndefined()
})

test('names that would affect the text around them are made plain', async () => {
  const { world, backend } = await startBackend()
  const name = `Acme \u202E\u2066\u0000\n${MARKUP}`
  world.answer(LIST, () =>
    Response.json({
      subscriptions: [subscription('/-/jira_connect/subscriptions/1', { name, full_name: name })],
    }),
  )
  const [linked] = await backend.listLinkedGroups(instance)
  expect(linked).toMatchObject({ name: `Acme  ${MARKUP}`, fullName: `Acme  ${MARKUP}` })
})

test('names, paths and URLs of a megabyte are shortened', async () => {
  const { world, list, session } = await signedIn()
  const long = { name: megabyte, full_name: megabyte, full_path: megabyte }
  world.answer(GROUPS, () =>
    Response.json([group({ ...long, avatar_url: `${GITLAB_URL}/uploads/${megabyte}` })]),
  )
  const { groups } = await list()
  expect(groups[0]?.name).toHaveLength(255)
  expect(groups[0]?.fullName).toHaveLength(LONGEST_PATH)
  expect(groups[0]?.fullPath).toHaveLength(LONGEST_PATH)
  expect(groups[0]?.avatarUrl).toBeUndefined()
  world.answer(USER, () => Response.json({ id: 7, username: megabyte, name: megabyte }))
  const user = await readUser(instance, session.authorizedFetch)
  expect([user.username.length, user.name.length]).toEqual([255, 255])
})

test.each([megabyte, 'a\u0000b', 'a\u202Eb', 'ä'])(
  'an invalid application ID is not used in any URL: %.9s',
  async (id) => {
    const { world } = await startBackend()
    world.answer('GET /-/jira_connect/oauth_application_id', () => Response.json({ application_id: id }))
    await expect(readApplicationId(instance)).rejects.toMatchObject({ code: 'answer-unexpected' })
  },
)

test.each([200, 422])('an endless body is not read to its end (%i)', async (status) => {
  const { world, list } = await signedIn()
  const { body, megabytesSent } = endless()
  world.answer(GROUPS, () => new Response(body(), { status }))
  const code = status === 200 ? 'answer-unexpected' : 'request-refused'
  await expect(list()).rejects.toMatchObject({ code, path: '/api/v4/groups' })
  expect(megabytesSent()).toBeLessThan(20)
})

test('an endless refusal of the access token is not read to its end', async () => {
  const { world, list } = await signedIn()
  const { body, megabytesSent } = endless()
  world.answer(GROUPS, () => new Response(body(), { status: 401 }))
  await expect(list()).rejects.toMatchObject({ name: 'GitLabApiError', status: 401 })
  expect(megabytesSent()).toBeLessThan(30)
})

test('prototype pollution in JSON changes no object and gives no one a role', async () => {
  const { world, session } = await signedIn()
  const polluting =
    '{"id":7,"username":"eve","name":"Eve","__proto__":{"is_admin":true,"polluted":1},"constructor":{"prototype":{"is_admin":true,"polluted":1}}}'
  world.answer(USER, () => new Response(polluting))
  const user = await readUser(instance, session.authorizedFetch)
  expect(user).toEqual({ id: 7, username: 'eve', name: 'Eve', isAdministrator: false })
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(({} as { is_admin?: unknown }).is_admin).toBeUndefined()
})

test('an endlessly nested error message doesn’t break the page', async () => {
  const { world, list } = await signedIn()
  const depth = 200_000
  world.answer(
    GROUPS,
    () => new Response(`${'{"message":'.repeat(depth)}1${'}'.repeat(depth)}`, { status: 422 }),
  )
  await expect(list()).rejects.toMatchObject({ name: 'GitLabApiError' })
  let nested: unknown = 'text'
  for (let level = 0; level < depth; level += 1) nested = [nested]
  expect(messageOf({ message: nested })).toBeUndefined()
  expect(messageOf({ message: { base: ['is archived'] } })).toBe('base is archived')
})

test('nothing is sent to where a hostile instance redirects, and no header reveals where the page is', async () => {
  const { world } = await startBackend()
  // A server that the tests watch, so that a request to it would be noticed.
  const elsewhere = { Location: `${APP_URL}/collect` }
  world.answer(LIST, () => new Response(null, { status: 302, headers: elsewhere }))
  const url = new URL(`${GITLAB_URL}/-/jira_connect/subscriptions.json`)
  await expect(requestGitLab(url, { schema: unknown() })).rejects.toMatchObject({
    name: 'GitLabUnreachableError',
  })
  expect(new Set(world.requests.map(({ url: { origin } }) => origin))).toEqual(new Set([GITLAB_URL]))
  expect(world.requests.some(({ headers }) => headers.has('referer'))).toBe(false)
})
