import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { mockGitLabPopup } from '#src/testing/gitlab-window.ts'
import type { WorldOptions } from '#src/testing/world.ts'
import { APP_URL, startWorld } from '#src/testing/world.ts'
import { authorizationServerOf } from './authorization-server.ts'
import type { CallbackMessage } from './callback-message.ts'
import { callbackMessage } from './callback-message.ts'
import { openPopup } from './popup.ts'
import { createAuthorizationRequest, exchangeCode, refreshTokens, revokeToken } from './token-requests.ts'

const TOKEN = 'POST /oauth/token'
const { signal } = new AbortController()

async function start(options: Partial<WorldOptions> = {}) {
  const world = await startWorld({ instance: 'gitlab', ...options })
  const client = {
    server: authorizationServerOf(new URL(world.instance.publicUrl)),
    clientId: world.instance.store.oauthApplication.clientId,
    redirectUri: `${APP_URL}/-/jira_connect/oauth_callbacks`,
  }
  return { world, client }
}

/** An authorization request to which the user has consented. */
async function consented(options?: Partial<WorldOptions>) {
  const { world, client } = await start(options)
  const request = await createAuthorizationRequest(client)
  const gitlabWindow = mockGitLabPopup(world)
  openPopup().navigate(request.url)
  const response = callbackMessage((await gitlabWindow.answer('Authorize')).searchParams)
  return { world, client, request, response }
}

test('requests the scope “api” with the challenge of a new verifier and a new state', async () => {
  const { client } = await start({ gitlabPath: '/gitlab' })
  const [first, second] = await Promise.all([
    createAuthorizationRequest(client),
    createAuthorizationRequest(client),
  ])
  expect(first.url.origin + first.url.pathname).toBe('http://gitlab.localhost:4702/gitlab/oauth/authorize')
  expect(Object.fromEntries(first.url.searchParams)).toEqual({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'api',
    state: first.state,
    code_challenge: createHash('sha256').update(first.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  expect(first.url.href).not.toContain(first.codeVerifier)
  expect(first.state).not.toBe(second.state)
  expect(first.codeVerifier).not.toBe(second.codeVerifier)
  expect(first.state.length).toBeGreaterThanOrEqual(43)
})

test.each(['', '/gitlab'])(
  'exchanges the code for tokens, by a plain form without preflight (%s)',
  async (path) => {
    const { world, client, request, response } = await consented({ gitlabPath: path })
    const before = Date.now()
    const tokens = await exchangeCode(client, request, response, signal)
    const [issued] = world.gitlab.store.tokens.values()
    expect(tokens).toMatchObject({ accessToken: issued?.accessToken, refreshToken: issued?.refreshToken })
    expect(tokens.expiresAt - before).toBeGreaterThanOrEqual(7_200_000)
    expect(tokens.expiresAt - before).toBeLessThan(7_260_000)
    expect(world.asked(TOKEN)).toHaveLength(1)
    expect(world.gitlab.requests.some(({ method }) => method === 'OPTIONS')).toBe(false)
  },
)

test('assumes GitLab’s default lifetime if GitLab gives none', async () => {
  const { world, client, request, response } = await consented()
  world.answer(TOKEN, () => Response.json({ access_token: 'a', token_type: 'bearer' }))
  const tokens = await exchangeCode(client, request, response, signal)
  expect(tokens.refreshToken).toBeUndefined()
  expect(Math.round((tokens.expiresAt - Date.now()) / 60_000)).toBe(120)
})

test('accepts no response to another authorization request', async () => {
  const { world, client, response } = await consented()
  const other = await createAuthorizationRequest(client)
  await expect(exchangeCode(client, other, response, signal)).rejects.toMatchObject({
    code: 'token-request-failed',
  })
  expect(world.asked(TOKEN)).toEqual([])
})

test('a stolen code is worthless without the code verifier', async () => {
  const { world, client, response } = await consented()
  if (!response.success) throw new Error('The user did not consent.')
  const stolen = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    code: response.code,
  })
  const refusal = await fetch(client.server.token_endpoint, { method: 'POST', body: stolen })
  expect(refusal.status).toBe(400)
  expect(world.gitlab.store.tokens.size).toBe(0)
})

test('null stands for a field that is missing', async () => {
  const { world, client, request, response } = await consented()
  world.answer(TOKEN, async (next) =>
    Response.json({
      ...(await (await next()).json()),
      expires_in: null,
      refresh_token: null,
      id_token: null,
    }),
  )
  const tokens = await exchangeCode(client, request, response, signal)
  expect(tokens.refreshToken).toBeUndefined()
  expect(tokens.expiresAt).toBeGreaterThan(Date.now())
})

test.each([
  ['another issuer', 'https://evil.example'],
  ['an issuer whose URL begins with this one', 'http://gitlab.localhost:4702.evil.example'],
])('a response from %s is not used, whether it’s a code or a refusal', async (_who, iss) => {
  const { world, client, request, response } = await consented()
  const refusal: CallbackMessage = { type: 'jiraConnectOauthCallback', success: false, iss }
  for (const mixedUp of [{ ...response, iss }, refusal])
    await expect(exchangeCode(client, request, mixedUp, signal)).rejects.toMatchObject({
      code: 'issuer-mismatch',
    })
  expect(world.asked(TOKEN)).toEqual([])
})

test.each(['', '/gitlab'])(
  'the response from an instance that names itself correctly is used (%s)',
  async (path) => {
    const { world, client, request, response } = await consented({ gitlabPath: path })
    const iss = `http://gitlab.localhost:4702${path}`
    await expect(exchangeCode(client, request, { ...response, iss }, signal)).resolves.toHaveProperty(
      'accessToken',
    )
    expect(world.requests, 'without asking for its metadata').toHaveLength(1)
  },
)

test('behind a proxy of another name, the issuer is compared with the one in the instance’s own metadata', async () => {
  const { world, client, request, response } = await consented()
  world.gitlab.settings.internalUrl = 'https://git.internal.example'
  const iss = 'https://git.internal.example'
  await expect(exchangeCode(client, request, { ...response, iss }, signal)).resolves.toHaveProperty(
    'accessToken',
  )
})

test.each([
  ['can’t be read', () => Response.error()],
  ['are a page', () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } })],
  ['are an error', () => Response.json({ issuer: 'https://evil.example' }, { status: 404 })],
  ['name another', () => Response.json({ issuer: 'https://git.internal.example' })],
])('another issuer is refused if the instance’s metadata %s', async (_what, answer) => {
  const { world, client, request, response } = await consented()
  world.answer('GET /.well-known/openid-configuration', answer)
  const outcome = exchangeCode(client, request, { ...response, iss: 'https://evil.example' }, signal)
  await expect(outcome).rejects.toMatchObject({ code: 'issuer-mismatch' })
  expect(world.asked(TOKEN)).toEqual([])
})

test('an endless response from the token endpoint is not read to its end', async () => {
  const { world, client, request, response } = await consented()
  const part = new TextEncoder().encode('x'.repeat(10_000))
  let partsSent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(stream) {
      partsSent += 1
      if (partsSent > 1_000) stream.error(new Error('The body was read to its end.'))
      else stream.enqueue(part)
    },
  })
  world.answer(TOKEN, () => new Response(endless, { headers: { 'content-type': 'application/json' } }))
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({
    code: 'token-endpoint-unreachable',
  })
  expect(partsSent).toBeLessThan(50)
})

test('says that GitLab refused a code that was used before', async () => {
  const { client, request, response } = await consented()
  await exchangeCode(client, request, response, signal)
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({
    code: 'token-request-failed',
    gitlabMessage: expect.stringMatching(/^The provided authorization grant is invalid/),
  })
})

// On the page's own origin it can read the refusal in a header, elsewhere in the body alone.
test.each(['app', 'gitlab'] as const)('says that GitLab refused the client (%s)', async (instance) => {
  const { world, client, request, response } = await consented({ instance })
  world.instance.settings.confidential = true
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({
    code: 'client-refused',
    gitlabMessage: expect.stringMatching(/^Client authentication failed/),
  })
})

test.each([
  [{}, 'sign-in-denied', undefined],
  [{ error: 'access_denied', error_description: 'Denied.' }, 'sign-in-denied', 'Denied.'],
  [{ error: 'server_error', error_description: 'Try later.' }, 'authorization-failed', 'Try later.'],
  [{ error: 'temporarily_unavailable' }, 'authorization-failed', 'temporarily_unavailable'],
])('identifies the authorization response %o', async (reason, code, gitlabMessage) => {
  const { world, client } = await start()
  const request = await createAuthorizationRequest(client)
  const response: CallbackMessage = { type: 'jiraConnectOauthCallback', success: false, ...reason }
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({ code, gitlabMessage })
  expect(world.asked(TOKEN)).toEqual([])
})

test.each([
  ['no connection', () => Response.error(), 'token-endpoint-unreachable'],
  ['a proxy’s page', () => new Response('<h1>Sign in</h1>'), 'token-endpoint-unreachable'],
  ['no access token', () => Response.json({ token_type: 'bearer' }), 'token-endpoint-unreachable'],
  [
    'a gateway’s JSON',
    () => Response.json({ error: 'Forbidden' }, { status: 403 }),
    'token-endpoint-unreachable',
  ],
  [
    'a proxy’s wish for a password',
    () => new Response('', { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="proxy"' } }),
    'token-endpoint-unreachable',
  ],
  [
    'a rate limit as JSON',
    () => Response.json({ error: 'too_many' }, { status: 429 }),
    'token-endpoint-busy',
  ],
  [
    'an organization under maintenance',
    () => Response.json({ error: 'access_denied' }, { status: 403 }),
    'token-endpoint-busy',
  ],
  [
    'the excuse that it’s unavailable',
    () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 }),
    'token-endpoint-busy',
  ],
  [
    'a grant that is no longer valid',
    () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
    'token-request-failed',
  ],
  [
    'a client that it doesn’t know',
    () => Response.json({ error: 'invalid_client' }, { status: 401 }),
    'client-refused',
  ],
  [
    'another token type',
    () => Response.json({ access_token: 'a', token_type: 'mac' }),
    'token-request-failed',
  ],
  [
    'a token that is bound to a key',
    () => Response.json({ access_token: 'a', token_type: 'DPoP' }),
    'token-request-failed',
  ],
  [
    'a gateway’s page about a server error',
    () => new Response('<h1>500</h1>', { status: 500 }),
    'token-endpoint-busy',
  ],
  ['a rate limit as a page', () => new Response('<h1>429</h1>', { status: 429 }), 'token-endpoint-busy'],
  [
    'a redirect',
    () => new Response(null, { status: 307, headers: { Location: `${APP_URL}/elsewhere` } }),
    'token-endpoint-unreachable',
  ],
])('identifies the failure if the token endpoint gives %s', async (_what, respond, code) => {
  const { world, client, request, response } = await consented()
  world.answer(TOKEN, respond)
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({ code })
  expect(world.requests).toHaveLength(1)
})

test('keeps code, verifier, state and tokens out of what it throws', async () => {
  const { world, client, request, response } = await consented()
  const secrets = [request.codeVerifier, request.state, response.success ? response.code : '']
  for (const respond of [
    () => Response.json({ access_token: 'the-token', token_type: 7 }),
    () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
    () => Response.error(),
  ]) {
    world.answer(TOKEN, respond, 1)
    const error = await exchangeCode(client, request, response, signal).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'SignInError' })
    const visible = [error, (error as Error).message, (error as Error).stack, (error as Error).cause]
    const text = visible.map((one) => `${String(one)} ${JSON.stringify(one)}`).join()
    expect([...secrets, 'the-token'].filter((secret) => text.includes(secret))).toEqual([])
  }
})

test.each([
  ['exchanges the code', TOKEN, undefined],
  ['compares the issuer', 'GET /.well-known/openid-configuration', 'https://git.internal.example'],
])(
  'ends at once, with the caller’s own reason, when the caller aborts while it %s',
  async (_what, held, iss) => {
    const { world, client, request, response } = await consented()
    world.answer(held, () => new Promise<never>(() => undefined))
    const abort = new AbortController()
    const ended = vi.fn()
    exchangeCode(client, request, { ...response, ...(iss && { iss }) }, abort.signal).catch(ended)
    await vi.waitFor(() => expect(world.asked(held)).toHaveLength(1))
    abort.abort(new Error('canceled'))
    await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(new Error('canceled')))
  },
)

test('a token endpoint that takes too long counts as out of reach', async () => {
  const { world, client, request, response } = await consented()
  world.answer(TOKEN, () => new Promise<never>(() => undefined))
  const isOver = AbortSignal.abort(new DOMException('signal timed out', 'TimeoutError'))
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(isOver)
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({
    code: 'token-endpoint-unreachable',
  })
})

test.each([
  [{ error_description: 'Down for maintenance.' }, 'Down for maintenance.'],
  [{ error_description: 503 }, undefined],
  [null, undefined],
])('quotes the reason of a server error, if there is one: %o', async (body, gitlabMessage) => {
  const { world, client, request, response } = await consented()
  world.answer(TOKEN, () => Response.json(body, { status: 503 }))
  await expect(exchangeCode(client, request, response, signal)).rejects.toMatchObject({
    code: 'token-endpoint-busy',
    gitlabMessage,
  })
})

test('sends every request without cookies, redirects, cache or referrer, and only a revocation after the page is closed', async () => {
  const { world, client, request, response } = await consented()
  world.gitlab.settings.internalUrl = 'https://git.internal.example'
  const send = vi.spyOn(globalThis, 'fetch')
  const iss = 'https://git.internal.example'
  const tokens = await exchangeCode(client, request, { ...response, iss }, signal)
  const renewed = await refreshTokens(client, tokens.refreshToken ?? '')
  await revokeToken(client, renewed.accessToken)
  const bare = {
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    keepalive: false,
  }
  expect(send.mock.calls.map(([url]) => new URL(String(url)).pathname)).toEqual([
    '/.well-known/openid-configuration',
    '/oauth/token',
    '/oauth/token',
    '/oauth/revoke',
  ])
  expect(send.mock.calls.map(([, init]) => init)).toMatchObject([
    bare,
    bare,
    bare,
    { ...bare, keepalive: true },
  ])
})

test('refreshes tokens with the redirect URI that GitLab wants', async () => {
  const { world, client, request, response } = await consented()
  const tokens = await exchangeCode(client, request, response, signal)
  const renewed = await refreshTokens(client, tokens.refreshToken ?? '')
  expect(renewed.accessToken).not.toBe(tokens.accessToken)
  expect(Object.fromEntries(new URLSearchParams(world.asked(TOKEN)[1]?.body))).toEqual({
    grant_type: 'refresh_token',
    client_id: client.clientId,
    refresh_token: tokens.refreshToken,
    redirect_uri: client.redirectUri,
  })
  await expect(refreshTokens(client, tokens.refreshToken ?? '')).rejects.toMatchObject({
    code: 'token-request-failed',
  })
})

test('keeps the refresh token if GitLab gives no new one', async () => {
  const { world, client } = await start()
  world.answer(TOKEN, () => Response.json({ access_token: 'a', token_type: 'bearer', expires_in: 60 }))
  expect((await refreshTokens(client, 'kept')).refreshToken).toBe('kept')
})

test('has GitLab revoke a token, and ignores it if that fails', async () => {
  const { world, client, request, response } = await consented()
  const tokens = await exchangeCode(client, request, response, signal)
  await revokeToken(client, tokens.accessToken)
  expect([...world.gitlab.store.tokens.values()].map(({ revoked }) => revoked)).toEqual([true])
  world.answer('POST /oauth/revoke', () => Response.error())
  await expect(revokeToken(client, tokens.accessToken)).resolves.toBeUndefined()
})
