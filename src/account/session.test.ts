import { afterEach, expect, test, vi } from 'vitest'
import { withoutAuthorization } from '#mocks/gitlab/overrides.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import type { TestWorld } from '#src/testing/world.ts'
import { APP_URL } from '#src/testing/world.ts'

const TOKEN = 'POST /oauth/token'
const REVOKE = 'POST /oauth/revoke'
const CONNECT = '/-/jira_connect/oauth_application_id'
const HOURS = 3_600_000
/** What the page asks for to find out why something got no response. */
const PROBES = ['HEAD /robots.txt', 'GET /api/v4/version', `GET ${CONNECT}`]

afterEach(() => {
  vi.useRealTimers()
})

function pass(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

const tokensOf = ({ instance }: TestWorld) => [...instance.store.tokens.values()]
const refreshes = (world: TestWorld) =>
  world.asked(TOKEN).filter(({ body }) => body.includes('grant_type=refresh_token'))

test('begins signed out, and says so', async () => {
  const { session } = await startSession()
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
})

test('signs in and says who the user is, and nothing else', async () => {
  const { session, signIn } = await startSession()
  const seen: string[] = []
  const stop = session.subscribe(() => seen.push(session.getAccount().status))
  await signIn()
  expect(session.getAccount()).toEqual({
    status: 'signed-in',
    user: { id: 2, username: 'amira', name: 'Amira Haddad', isAdministrator: false },
  })
  expect(seen).toEqual(['signing-in', 'signed-in'])
  stop()
  await session.signOut()
  expect(seen).toHaveLength(2)
})

test('keeps every token out of reach', async () => {
  const { session, signIn, world, api, popup } = await startSession()
  await signIn()
  await session.authorizedFetch(api('/user'))
  const verifier = new URLSearchParams(world.asked(TOKEN)[0]?.body).get('code_verifier')
  const secrets = [verifier ?? '', ...tokensOf(world).flatMap((one) => [one.accessToken, one.refreshToken])]
  expect(secrets).toHaveLength(3)
  const reachable = stringsWithin([session, session.getAccount()])
  expect(secrets.filter((secret) => reachable.some((text) => text.includes(secret)))).toEqual([])
  const storage = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])
  const urls = world.requests.map(({ url }) => url.href).concat(String(await popup.last().navigated))
  expect(secrets.filter((secret) => (storage + urls.join()).includes(secret))).toEqual([])
})

test('refreshes an access token that is about to expire before using it', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  pass(2 * HOURS - 29_000)
  expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
  expect(refreshes(world)).toHaveLength(1)
  expect(world.asked('GET /api/v4/user')).toHaveLength(2)
  expect(session.getAccount().status).toBe('signed-in')
})

test('doesn’t refresh an access token that is valid for a while', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  pass(2 * HOURS - 60_000)
  await session.authorizedFetch(api('/user'))
  expect(refreshes(world)).toEqual([])
})

test('refreshes an access token that GitLab calls invalid, and sends the request again with its body', async () => {
  const { session, signIn, world, instance } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const backend = createConnectBackend(parseInstanceUrl(APP_URL), async () => world.jira.contextToken())
  await backend.linkGroup(instance, 'acme/data', session.authorizedFetch)
  expect(refreshes(world)).toHaveLength(1)
  expect(world.gitlab.store.subscriptions.size).toBe(4)
})

test('refreshes again with the refresh token that came with the last refresh', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  for (const round of [1, 2, 3]) {
    world.gitlab.store.expireAccessTokens()
    expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
    expect(refreshes(world)).toHaveLength(round)
  }
})

test('refreshes once for requests that go out together', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const requests = ['/user', '/groups', '/user', '/version'].map((path) => session.authorizedFetch(api(path)))
  expect((await Promise.all(requests)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  pass(3 * HOURS)
  await Promise.all(['/user', '/groups', '/user'].map((path) => session.authorizedFetch(api(path))))
  expect(refreshes(world)).toHaveLength(2)
})

test('asks GitLab once more, but not again, if the new token is refused as well: the sign-in has ended', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  const refusal = { error: 'invalid_token', error_description: 'Token was revoked.' }
  world.answer('GET /api/v4/user', () => Response.json(refusal, { status: 401 }))
  const requests = [1, 2].map(() => session.authorizedFetch(api('/user')))
  const failure = { code: 'session-expired', gitlabMessage: 'Token was revoked.' }
  await expect(requests[0]).rejects.toMatchObject(failure)
  await expect(requests[1]).rejects.toMatchObject({ code: 'session-expired' })
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure })
  expect(world.asked('GET /api/v4/user')).toHaveLength(5)
  expect(refreshes(world)).toHaveLength(1)
  await vi.waitFor(() => expect(tokensOf(world).at(-1)?.revoked).toBe(true))
})

test.each([
  { message: 'Cannot find namespace. Make sure you have sufficient permissions.' },
  { message: '401 Unauthorized - JWT authentication failed' },
])('neither refreshes nor signs out for a 401 that is not about the access token: $message', async (body) => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.answer('POST /api/v4/integrations/jira_connect/subscriptions', () =>
    Response.json(body, { status: 401 }),
  )
  const linking = api('/integrations/jira_connect/subscriptions')
  const response = await session.authorizedFetch(linking, { method: 'POST' })
  expect(await response.json()).toEqual(body)
  expect(refreshes(world)).toEqual([])
  expect(session.getAccount().status).toBe('signed-in')
})

test('asks to sign in again if GitLab no longer knows any token, as after its OAuth application was deleted', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.tokens.clear()
  await expect(session.authorizedFetch(api('/groups'))).rejects.toMatchObject({ code: 'session-expired' })
  expect(refreshes(world)).toHaveLength(1)
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'session-expired' } })
})

test('a proxy that begins to remove the access token ends no sign-in: it is renewed once, and the refusal passed on', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.settings.overrides = [withoutAuthorization('^/api/')]
  const response = await session.authorizedFetch(api('/groups'))
  expect(response.status).toBe(401)
  expect(refreshes(world)).toHaveLength(1)
  expect(session.getAccount().status).toBe('signed-in')
})

test.each([
  [
    'an HTML page with status 403',
    () => new Response('<h1>Forbidden</h1>', { status: 403, headers: { 'content-type': 'text/html' } }),
  ],
  [
    'an HTML page with status 200',
    () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['JSON of another shape', () => Response.json({ hello: 'world' })],
  ['no response', () => Response.error()],
])('keeps the sign-in if the token endpoint gives %s, which says nothing about it', async (_what, answer) => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  world.answer('POST /oauth/token', answer, 1)
  await expect(session.authorizedFetch(api('/groups'))).rejects.toMatchObject({
    code: 'token-endpoint-unreachable',
  })
  expect(session.getAccount().status).toBe('signed-in')
  expect((await session.authorizedFetch(api('/groups'))).status).toBe(200)
})

test('ends the sign-in, with its reason, if GitLab refuses to refresh it, and keeps nothing', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.revokeAllTokens()
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'session-expired' } })
  const before = world.requests.length
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  expect(world.requests).toHaveLength(before)
})

test('keeps the sign-in while the token endpoint can’t be reached', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  world.answer(TOKEN, () => Response.error(), 1)
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({
    code: 'token-endpoint-unreachable',
  })
  expect(session.getAccount().status).toBe('signed-in')
  expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
})

test.each([
  ['the VPN is off', true, 'gitlab-unreachable'],
  ['a laptop has woken up without a network', false, 'browser-offline'],
])(
  'blames no token endpoint, and keeps the sign-in, while nothing responds because %s',
  async (_what, isOnline, code) => {
    const { session, signIn, world, api } = await startSession()
    await signIn()
    pass(3 * HOURS)
    const isOnLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
    for (const request of [TOKEN, ...PROBES]) world.answer(request, () => Response.error(), 1)
    await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code })
    isOnLine.mockRestore()
    expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
  },
)

test('a sign-in that ends while nothing responds says so, and blames no token endpoint', async () => {
  const { session, signIn, world } = await startSession()
  for (const request of [TOKEN, ...PROBES]) world.answer(request, () => Response.error())
  await signIn()
  expect(session.getAccount()).toMatchObject({ failure: { code: 'gitlab-unreachable' } })
})

test('a token endpoint that takes too long was neither blocked nor replaced', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  pass(3 * HOURS)
  world.answer(TOKEN, () => new Promise<never>(() => undefined))
  const isOver = AbortSignal.abort(new DOMException('signal timed out', 'TimeoutError'))
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(isOver)
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'gitlab-too-slow' })
})

test('refuses to send anything before the user is signed in', async () => {
  const { session, world, api } = await startSession()
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  expect(world.requests).toEqual([])
})

test.each([
  'http://app.localhost:4701/api/v4/user',
  'http://gitlab.localhost:4703/gitlab/api/v4/user',
  'https://gitlab.localhost:4702/gitlab/api/v4/user',
  'http://gitlab.localhost:4702/api/v4/user',
  'http://gitlab.localhost:4702/gitlab-evil/api/v4/user',
  'http://gitlab.localhost:4702/gitlab/../api/v4/user',
])('never sends the access token outside its own instance: %s', async (url) => {
  const { session, signIn, world } = await startSession({ gitlabPath: '/gitlab' })
  await signIn()
  const before = world.requests.length
  await expect(session.authorizedFetch(new URL(url))).rejects.toThrow(TypeError)
  expect(world.requests).toHaveLength(before)
})

test('the access token does not go where the instance redirects', async () => {
  const { session, signIn, world, instance } = await startSession()
  await signIn()
  const elsewhere = { Location: 'http://app.localhost:4701/api/v4/user' }
  world.answer('GET /api/v4/user', () => new Response(null, { status: 302, headers: elsewhere }))
  await expect(readUser(instance, session.authorizedFetch)).rejects.toMatchObject({
    code: 'cors-refused',
    clue: 'this-request',
  })
  expect(world.requests.at(-1)?.url.origin).toBe(instance)
})

test.each([
  ['follow', 'error'],
  ['manual', 'manual'],
  [undefined, 'error'],
] as const)(
  'follows no redirect with the access token, even if a caller asks for %s',
  async (wanted, sent) => {
    const { session, signIn, api } = await startSession()
    await signIn()
    const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({}))
    await session.authorizedFetch(api('/user'), wanted && { redirect: wanted })
    expect(send.mock.calls.map(([, init]) => init?.redirect)).toEqual([sent])
  },
)

test('forgets the tokens at once when signing out, and has GitLab revoke them', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  const signedOut = session.signOut()
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  await signedOut
  expect(world.asked(REVOKE)).toHaveLength(1)
  expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true])
})

test('signs out even if GitLab can’t be reached', async () => {
  const { session, signIn, world } = await startSession()
  await signIn()
  world.answer(REVOKE, () => Response.error())
  await expect(session.signOut()).resolves.toBeUndefined()
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
})

test('stays signed out when a refresh that was under way ends', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const release = world.hold(TOKEN)
  const request = session.authorizedFetch(api('/user'))
  const outcome = expect(request).rejects.toMatchObject({ code: 'session-expired' })
  // GitLab has issued the new tokens; its response is on the way.
  await vi.waitFor(() => expect(tokensOf(world)).toHaveLength(2))
  await session.signOut()
  release()
  await outcome
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
})

test('ends the first sign-in when a second one begins, closes its window, and ignores its response', async () => {
  const { session, signIn, startSignIn, popup, world } = await startSession()
  const first = startSignIn()
  const late = await popup.answer('Authorize', 'Jonas Lindqvist')
  const firstWindow = popup.last()
  await signIn()
  await first
  expect(firstWindow.closed).toBe(true)
  const { searchParams } = late
  popup.post(
    {
      type: 'jiraConnectOauthCallback',
      success: true,
      code: searchParams.get('code'),
      state: searchParams.get('state'),
    },
    { source: firstWindow },
  )
  expect(session.getAccount()).toMatchObject({ status: 'signed-in', user: { username: 'amira' } })
  expect(tokensOf(world)).toHaveLength(1)
})

test('a replayed response to a sign-in that has ended causes no request', async () => {
  const { session, signIn, popup, world } = await startSession()
  await signIn()
  const asked = new URLSearchParams(world.asked(TOKEN)[0]?.body)
  const state = (await popup.last().navigated).searchParams.get('state')
  const before = world.requests.length
  popup.post({ type: 'jiraConnectOauthCallback', success: true, code: asked.get('code'), state })
  popup.post({ type: 'jiraConnectOauthCallback', success: false })
  expect(session.getAccount().status).toBe('signed-in')
  expect(world.requests).toHaveLength(before)
})

test('a late response to a canceled sign-in signs no one in', async () => {
  const { session, startSignIn, popup, world } = await startSession()
  const signedIn = startSignIn()
  const { searchParams } = await popup.answer('Authorize')
  session.cancelSignIn()
  await signedIn
  const [code, state] = [searchParams.get('code'), searchParams.get('state')]
  popup.post({ type: 'jiraConnectOauthCallback', success: true, code, state })
  expect(session.getAccount()).toMatchObject({ status: 'signed-out' })
  expect(world.asked(TOKEN)).toEqual([])
})

test('an early response, before the window has gone to GitLab, is ignored', async () => {
  const { session, popup, world } = await startSession()
  let provideClientId: (id: string) => void = () => undefined
  const clientId = new Promise<string>((resolve) => {
    provideClientId = resolve
  })
  const signedIn = session.signIn(clientId)
  popup.post({ type: 'jiraConnectOauthCallback', success: true, code: 'forged', state: 's' })
  popup.post({ type: 'jiraConnectOauthCallback', success: false })
  provideClientId(world.instance.store.oauthApplication.clientId)
  await popup.authorize()
  await signedIn
  expect(session.getAccount().status).toBe('signed-in')
  expect(world.asked(TOKEN)).toHaveLength(1)
})

test('a sign-in that is still under way ends with the session, and gets no token', async () => {
  const { session, startSignIn, popup, world } = await startSession()
  const signedIn = startSignIn()
  const { searchParams } = await popup.answer('Authorize')
  const window = popup.last()
  await session.signOut()
  await signedIn
  expect(window.closed).toBe(true)
  const [code, state] = [searchParams.get('code'), searchParams.get('state')]
  popup.post({ type: 'jiraConnectOauthCallback', success: true, code, state }, { source: window })
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
  expect(world.asked(TOKEN)).toEqual([])
})

test('signs out, without a failure worth showing, when the sign-in is canceled', async () => {
  const { session, startSignIn, popup } = await startSession()
  const signedIn = startSignIn()
  await popup.last().navigated
  session.showWindow()
  expect(popup.last().focus).toHaveBeenCalledTimes(1)
  session.cancelSignIn()
  await signedIn
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'sign-in-cancelled' } })
  expect(popup.last().closed).toBe(true)
})

test('says why there is no client ID', async () => {
  const { session, popup } = await startSession()
  await session.signIn(Promise.reject(new Error('no client id')))
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { message: 'no client id' } })
  expect(popup.last().closed).toBe(true)
})

test('revokes the token of a user whose account GitLab then refuses', async () => {
  const { session, signIn, world } = await startSession()
  world.answer('GET /api/v4/user', () =>
    Response.json({ message: '403 Forbidden - Your account has been blocked.' }, { status: 403 }),
  )
  await signIn()
  expect(session.getAccount()).toMatchObject({ failure: { code: 'gitlab-account-refused' } })
  await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true]))
})

test.each([
  ['the application ID is on its way', undefined],
  ['GitLab issues the tokens', TOKEN],
  ['GitLab says who the user is', 'GET /api/v4/user'],
])('cancels at once while %s, and has GitLab revoke what it obtained', async (_when, held) => {
  const { session, startSignIn, popup, world } = await startSession()
  const release = held ? world.hold(held) : undefined
  const signedIn = held ? startSignIn() : session.signIn(new Promise(() => undefined))
  if (held) {
    await popup.authorize()
    await vi.waitFor(() => expect(world.asked(held)).toHaveLength(1))
  }
  const before = tokensOf(world).length
  session.cancelSignIn()
  await signedIn
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'sign-in-cancelled' } })
  expect(popup.last().closed).toBe(true)
  if (held === 'GET /api/v4/user') {
    expect(before).toBe(1)
    await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true]))
  }
  release?.()
})

test.each([400, 503])(
  'cancels at once while the reason for a %d instead of tokens arrives slowly',
  async (status) => {
    const { session, startSignIn, popup, world } = await startSession()
    const reading = vi.spyOn(Response.prototype, 'json')
    world.answer(TOKEN, () => {
      const body = new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode('{"error_description":"')),
      })
      return new Response(body, { status, headers: { 'content-type': 'application/json' } })
    })
    const signedIn = startSignIn()
    await popup.authorize()
    await vi.waitFor(() => expect(reading.mock.contexts).toContainEqual(expect.objectContaining({ status })))
    session.cancelSignIn()
    await signedIn
    expect(session.getAccount()).toMatchObject({
      status: 'signed-out',
      failure: { code: 'sign-in-cancelled' },
    })
  },
)

test('a cancel that comes together with the last response still cancels', async () => {
  const { session, startSignIn, popup, world } = await startSession()
  const release = world.hold('GET /api/v4/user')
  const signedIn = startSignIn()
  await popup.authorize()
  await vi.waitFor(() => expect(world.asked('GET /api/v4/user')).toHaveLength(1))
  // Whatever the order in which the browser reports the two.
  const parse = vi.spyOn(JSON, 'parse').mockImplementationOnce((text) => {
    session.cancelSignIn()
    parse.mockRestore()
    return JSON.parse(text)
  })
  release()
  await signedIn
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'sign-in-cancelled' } })
  await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true]))
})

test('notices that the window was closed while the application ID is still on its way', async () => {
  const { session, popup } = await startSession()
  const signedIn = session.signIn(new Promise(() => undefined))
  popup.closeAsPerson()
  await signedIn
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'popup-closed' } })
})

test('has GitLab revoke tokens that were renewed before the sign-in failed after all', async () => {
  const { session, signIn, world } = await startSession()
  world.answer('GET /api/v4/user', () => Response.json({ message: '500' }, { status: 500 }))
  world.answer(
    'GET /api/v4/user',
    () => Response.json({ error: 'invalid_token', error_description: 'Token is expired.' }, { status: 401 }),
    1,
  )
  await signIn()
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'gitlab-broken' } })
  expect(tokensOf(world)).toHaveLength(2)
  await vi.waitFor(() => expect(tokensOf(world).at(-1)?.revoked).toBe(true))
})

test('has GitLab revoke the tokens of a sign-in that it refuses to continue', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.settings.refreshRefused = true
  pass(2 * HOURS)
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true]))
})

test('a refresh of the sign-in before doesn’t let a later one refresh twice', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const releaseEarlier = holdNext(world, TOKEN)
  const earlier = session.authorizedFetch(api('/user')).catch(() => undefined)
  await vi.waitFor(() => expect(refreshes(world)).toHaveLength(1))
  await session.signOut()
  await signIn()

  world.gitlab.store.expireAccessTokens()
  const release = holdNext(world, TOKEN)
  const first = session.authorizedFetch(api('/user'))
  await vi.waitFor(() => expect(refreshes(world)).toHaveLength(2))
  releaseEarlier()
  await earlier
  const second = session.authorizedFetch(api('/groups'))
  await vi.waitFor(() => expect(world.asked('GET /api/v4/groups')).toHaveLength(1))
  release()
  expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200])
  expect(refreshes(world)).toHaveLength(2)
})

test('a refusal of the old access token that arrives late doesn’t renew the new one', async () => {
  const { world, late, release } = await startLateRefusal()
  release()
  expect((await late).status).toBe(200)
  expect(refreshes(world)).toHaveLength(1)
})

test.each(['has been renewed', 'is being renewed'])(
  'a second refusal ends no sign-in if its token %s meanwhile',
  async (state) => {
    const { session, signIn, world, api } = await startSession()
    await signIn()
    world.gitlab.store.expireAccessTokens()
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    world.answer('GET /api/v4/groups', async (next) => {
      if (world.asked('GET /api/v4/groups').length === 1) return next()
      world.gitlab.store.expireAccessTokens()
      const refusal = await next()
      await released
      return refusal
    })
    const late = session.authorizedFetch(api('/groups'))
    await vi.waitFor(() => expect(world.asked('GET /api/v4/groups')).toHaveLength(2))
    const renew = state === 'is being renewed' ? holdNext(world, TOKEN) : () => undefined
    const other = session.authorizedFetch(api('/user'))
    if (state === 'is being renewed') await vi.waitFor(() => expect(refreshes(world)).toHaveLength(2))
    else await other
    release()
    expect((await late).status).toBe(401)
    renew()
    expect((await other).status).toBe(200)
    expect(session.getAccount().status).toBe('signed-in')
  },
)

test('a token that another request has renewed, and that is refused at once, ends no sign-in', async () => {
  const { session, world, late, release } = await startLateRefusal()
  world.gitlab.store.expireAccessTokens()
  release()
  expect((await late).status).toBe(401)
  expect(session.getAccount().status).toBe('signed-in')
})

test('a refusal to refresh that arrives after signing out is no failure to show', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  world.gitlab.settings.refreshRefused = true
  const release = holdNext(world, TOKEN)
  const outcome = expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({
    code: 'session-expired',
  })
  await vi.waitFor(() => expect(refreshes(world)).toHaveLength(1))
  await session.signOut()
  release()
  await outcome
  expect(session.getAccount()).toEqual({ status: 'signed-out' })
})

test('fails once if GitLab refuses to continue a sign-in before it has said who the user is', async () => {
  const { session, signIn, world } = await startSession()
  world.gitlab.settings.refreshRefused = true
  const refusal = { error: 'invalid_token', error_description: 'Token is expired.' }
  world.answer('GET /api/v4/user', () => Response.json(refusal, { status: 401 }))
  const seen: unknown[] = []
  session.subscribe(() => seen.push(session.getAccount()))
  await signIn()
  expect(seen).toMatchObject([
    { status: 'signing-in' },
    { status: 'signed-out', failure: { code: 'session-expired' } },
  ])
})

test('asks to sign in again if GitLab gave nothing to refresh an expired token with', async () => {
  const { session, signIn, world, api } = await startSession()
  world.answer(TOKEN, async (next) => {
    const { refresh_token: _none, ...tokens } = await (await next()).json()
    return Response.json(tokens)
  })
  await signIn()
  pass(2 * HOURS)
  await expect(session.authorizedFetch(api('/user'))).rejects.toMatchObject({ code: 'session-expired' })
  expect(refreshes(world)).toEqual([])
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'session-expired' } })
})

test('renews nothing where a proxy removes the access token from the first request on', async () => {
  const { session, signIn, world } = await startSession()
  world.gitlab.settings.overrides = [withoutAuthorization('^/api/')]
  await signIn()
  expect(session.getAccount()).toMatchObject({ failure: { code: 'access-token-missing' } })
  expect(refreshes(world)).toEqual([])
})

test('passes on a 401 whose reason breaks off, and renews nothing', async () => {
  const { session, signIn, api } = await startSession()
  await signIn()
  const broken = new ReadableStream({ pull: (stream) => stream.error(new TypeError('network error')) })
  const send = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(broken, { status: 401 }))
  expect((await session.authorizedFetch(api('/groups'))).status).toBe(401)
  expect(send).toHaveBeenCalledTimes(1)
})

test('says that the browser blocked the window, and has none to show or to cancel', async () => {
  const { session, startSignIn, world } = await startSession()
  session.showWindow()
  session.cancelSignIn()
  world.jira.settings.sandbox = 'allow-scripts'
  await startSignIn()
  session.showWindow()
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'popup-blocked' } })
})

test('sends nothing as the next user that the one before asked for', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const release = holdNext(world, TOKEN)
  const request = session.authorizedFetch(api('/groups'))
  const outcome = expect(request).rejects.toMatchObject({ code: 'session-expired' })
  await vi.waitFor(() => expect(refreshes(world)).toHaveLength(1))
  await session.signOut()
  await signIn('Jonas Lindqvist')
  release()
  await outcome
  expect(world.asked('GET /api/v4/groups')).toHaveLength(1)
})

test('canceling a request doesn’t end the refresh that others wait for', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const release = world.hold(TOKEN)
  const abort = new AbortController()
  const canceled = session.authorizedFetch(api('/groups'), { signal: abort.signal })
  const kept = session.authorizedFetch(api('/user'))
  await vi.waitFor(() => expect(refreshes(world)).toHaveLength(1))
  abort.abort(new Error('canceled'))
  await expect(canceled).rejects.toThrow('canceled')
  release()
  expect((await kept).status).toBe(200)
  expect(refreshes(world)).toHaveLength(1)
})

/** A request whose expired token GitLab has refused, but the page doesn't know yet: another has renewed the token by then. */
async function startLateRefusal() {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const release = holdNext(world, 'GET /api/v4/groups')
  const late = session.authorizedFetch(api('/groups'))
  await vi.waitFor(() => expect(world.asked('GET /api/v4/groups')).toHaveLength(1))
  expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
  return { session, world, late, release }
}

/** Holds back the next response of a path alone, until the returned function is called. */
function holdNext(world: TestWorld, request: string): () => void {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const hold = async (next: () => Promise<Response>) => {
    const response = await next()
    await released
    return response
  }
  world.answer(request, hold, 1)
  return release
}

/** Every text that can be reached from the values by their properties, including accessors and prototypes. */
function stringsWithin(values: unknown[]): string[] {
  const seen = new Set<unknown>()
  const texts: string[] = []
  const queue = [...values]
  while (queue.length > 0) {
    const value = queue.pop()
    if (typeof value === 'string') texts.push(value)
    if (typeof value === 'function') texts.push(String(value))
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      continue
    seen.add(value)
    for (const key of Reflect.ownKeys(value)) {
      try {
        queue.push((value as Record<PropertyKey, unknown>)[key])
      } catch {
        // Strict functions refuse `caller` and `arguments`.
      }
    }
    if (value instanceof Map || value instanceof Set) queue.push(...value)
  }
  return texts
}

test('has GitLab revoke the tokens of a refresh that ends after signing out', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  const release = world.hold(TOKEN)
  const request = session.authorizedFetch(api('/user')).catch(() => undefined)
  await vi.waitFor(() => expect(tokensOf(world)).toHaveLength(2))
  await session.signOut()
  release()
  await request
  await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true, true]))
})

test('keeps the sign-in while the token endpoint only responds with a server error', async () => {
  const { session, signIn, world, api } = await startSession()
  await signIn()
  world.gitlab.store.expireAccessTokens()
  world.answer(TOKEN, () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 }), 1)
  await expect(session.authorizedFetch(api('/user'))).rejects.toThrow()
  expect(session.getAccount().status).toBe('signed-in')
  expect((await session.authorizedFetch(api('/user'))).status).toBe(200)
})

test('tells listeners about changes only', async () => {
  const { session, signIn, startSignIn, popup } = await startSession()
  const seen: string[] = []
  session.subscribe(() => seen.push(session.getAccount().status))
  await session.signOut()
  expect(seen).toEqual([])
  const first = startSignIn()
  await signIn()
  await first
  expect(seen).toEqual(['signing-in', 'signed-in'])
  await session.signOut()
  await session.signOut()
  expect(seen).toEqual(['signing-in', 'signed-in', 'signed-out'])
  expect(popup.opened).toHaveLength(2)
})

test('tells listeners that a failure is no longer one', async () => {
  const { session } = await startSession()
  await session.signIn(Promise.reject(new Error('no client id')))
  const seen: unknown[] = []
  session.subscribe(() => seen.push(session.getAccount()))
  await session.signOut()
  expect(seen).toEqual([{ status: 'signed-out' }])
})

test('cancels at once, and revokes, while the page finds out why GitLab didn’t say who the user is', async () => {
  const { session, startSignIn, popup, world } = await startSession()
  for (const request of ['GET /api/v4/user', 'HEAD /robots.txt', 'GET /api/v4/version', `GET ${CONNECT}`])
    world.answer(request, () => Response.error())
  // The page waits for the browser's report, which never comes here.
  const REPORT_DELAY_MS = 100
  const start = setTimeout
  const waits = vi.spyOn(globalThis, 'setTimeout')
  waits.mockImplementation((...[run, ms]) => start(ms === REPORT_DELAY_MS ? () => undefined : run, ms))
  const signedIn = startSignIn()
  await popup.authorize()
  await vi.waitFor(() => expect(waits.mock.calls.map(([, ms]) => ms)).toContain(REPORT_DELAY_MS))
  session.cancelSignIn()
  await signedIn
  expect(session.getAccount()).toMatchObject({ status: 'signed-out', failure: { code: 'sign-in-cancelled' } })
  await vi.waitFor(() => expect(tokensOf(world).map(({ revoked }) => revoked)).toEqual([true]))
})
