import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fuzzRuns } from '#src/testing/volume.ts'
import { authorizationServerOf } from './authorization-server.ts'
import { waitForResponse } from './authorize.ts'
import { callbackMessage, parseCallbackMessage } from './callback-message.ts'
import { SignInError } from './errors.ts'
import { openPopup } from './popup.ts'
import { createAuthorizationRequest, exchangeCode, refreshTokens, revokeToken } from './token-requests.ts'

const LONG = 600_000
const TYPE = 'jiraConnectOauthCallback'
const STATE = 'state-of-this-sign-in'
const REFRESH_TOKEN = 'refresh-token-of-this-session'
const client = {
  server: authorizationServerOf(new URL('https://gitlab.example.com/gitlab')),
  clientId: 'client-id',
  redirectUri: `${location.origin}/-/jira_connect/oauth_callbacks`,
}
const { signal } = new AbortController()

const network = { respond: () => Response.json({}), asked: [] as string[] }
const opened = { closed: false, close: vi.fn(), focus: vi.fn(), location: { replace: vi.fn() } }

beforeEach(() => {
  // Tens of thousands of timers of half a minute each would slow everything down.
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal)
  network.asked = []
  vi.stubGlobal('fetch', async (url: string) => {
    network.asked.push(url)
    return network.respond()
  })
  vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    STATE,
    'javascript:alert(1)',
    'https://evil.example/',
    'access_denied',
    'invalid_grant',
  ),
)
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }))

const message = fc.oneof(
  { weight: 1, arbitrary: value },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        type: fc.oneof(fc.constant(TYPE), value),
        success: fc.oneof(fc.boolean(), value),
        code: value,
        state: fc.oneof(fc.constant(STATE), value),
        iss: value,
        error: value,
        error_description: value,
        url: text,
        __proto__: fc.record({ success: fc.constant(true) }),
      },
      { requiredKeys: [] },
    ),
  },
)

test(
  'random messages: only the window’s own, from our origin, for this sign-in, is accepted',
  async () => {
    const before = location.href
    const sources = { opened, other: { ...opened }, page: window, none: null }
    await fc.assert(
      fc.asyncProperty(
        message,
        fc.constantFrom(
          location.origin,
          location.origin,
          'https://evil.example',
          `${location.origin}.evil`,
          'null',
          '',
        ),
        fc.constantFrom(
          'opened' as const,
          'opened' as const,
          'other' as const,
          'page' as const,
          'none' as const,
        ),
        async (data, origin, source) => {
          const abort = new AbortController()
          const popup = openPopup()
          const outcome = waitForResponse(popup, STATE, abort.signal).catch(() => undefined)
          const event = new MessageEvent('message', { data, origin })
          Object.defineProperty(event, 'source', { value: sources[source] })
          dispatchEvent(event)
          abort.abort()
          const taken = await outcome
          popup.close()
          if (!taken) return
          if (origin !== location.origin || source !== 'opened')
            throw new Error('It accepts a message that isn’t its own.')
          if (taken.success ? taken.state !== STATE : (taken.state ?? STATE) !== STATE)
            throw new Error('It accepts the response to another sign-in.')
          for (const part of Object.values(taken))
            if (typeof part !== 'string' && typeof part !== 'boolean')
              throw new Error('It accepts more than text.')
        },
      ),
      fuzzRuns,
    )
    expect(location.href).toBe(before)
    expect(opened.location.replace).not.toHaveBeenCalled()
    expect(network.asked).toEqual([])
  },
  LONG,
)

const names = ['code', 'state', 'error', 'error_description', 'iss', 'type', 'success', '__proto__']
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), text), { maxLength: 6 })
  .map((pairs) => pairs.map(([name, part]) => `${name}=${part}`).join('&'))

test(
  'random callback URLs: a code is exchanged for this sign-in only, and no secret is revealed',
  async () => {
    const request = { ...(await createAuthorizationRequest(client)), state: STATE }
    const secrets = [request.codeVerifier, STATE]
    await fc.assert(
      fc.asyncProperty(query, async (search) => {
        network.asked = []
        const url = new URL(`${client.redirectUri}?${search}`)
        const sent = callbackMessage(url.searchParams)
        const received = parseCallbackMessage(structuredClone(sent))
        if (!received) throw new Error('It can’t parse its own message.')
        const error = await exchangeCode(client, request, received, signal).catch((reason: unknown) => reason)
        if (!(error instanceof SignInError)) throw error
        const state = url.searchParams.getAll('state')
        // An issuer that isn't the instance's URL is looked up in its metadata, which name another one here.
        const mayAsk =
          Boolean(received.iss) ||
          (url.searchParams.get('code') !== null && state.length === 1 && state[0] === STATE)
        if (network.asked.length > (mayAsk ? 1 : 0))
          throw new Error('It exchanges a code that it must not exchange.')
        const issuer = `${client.server.issuer}/.well-known/openid-configuration`
        if (network.asked.some((asked) => asked !== (received.iss ? issuer : client.server.token_endpoint)))
          throw new Error(`It sends requests to ${network.asked}.`)
        const visible = `${String(error)} ${JSON.stringify({ ...error, gitlabMessage: '' })}`
        if (secrets.some((secret) => visible.includes(secret))) throw new Error('It reveals a secret.')
      }),
      fuzzRuns,
    )
  },
  LONG,
)

const tokenResponse = fc.record({
  status: fc.constantFrom(200, 200, 200, 400, 401, 403, 429, 500, 503),
  contentType: fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/html'),
  challenge: fc.constantFrom(
    '',
    'Bearer',
    'Bearer realm="x", error="invalid_client"',
    'Basic \u0001'.slice(0, 6),
  ),
  body: fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record(
          {
            access_token: fc.oneof(fc.constant('access-token'), value),
            token_type: fc.oneof(fc.constantFrom('bearer', 'Bearer'), value),
            expires_in: fc.oneof(fc.integer(), fc.double(), value),
            refresh_token: value,
            error: value,
            error_description: value,
            id_token: value,
            scope: value,
          },
          { requiredKeys: [] },
        )
        .map((record) => JSON.stringify(record)),
    },
    { weight: 1, arbitrary: text },
  ),
})

test(
  'random responses from the token endpoint: tokens or a named failure that reveals no secret',
  async () => {
    const request = await createAuthorizationRequest(client)
    const response = { type: TYPE, success: true, code: 'code-of-gitlab', state: request.state } as const
    const secrets = [request.codeVerifier, request.state, REFRESH_TOKEN, 'access-token', 'code-of-gitlab']
    await fc.assert(
      fc.asyncProperty(tokenResponse, async ({ status, contentType, challenge, body }) => {
        const headers = { 'content-type': contentType, ...(challenge && { 'www-authenticate': challenge }) }
        network.respond = () => new Response(body, { status, headers })
        network.asked = []
        for (const ask of [
          () => exchangeCode(client, request, response, signal),
          () => refreshTokens(client, REFRESH_TOKEN),
        ]) {
          try {
            const { accessToken } = await ask()
            if (typeof accessToken !== 'string' || accessToken === '') throw new Error('That is no token.')
          } catch (error) {
            if (!(error instanceof SignInError)) throw error
            const visible = `${String(error)} ${JSON.stringify(error)}`
            if (secrets.some((secret) => visible.includes(secret))) throw new Error('It reveals a secret.')
          }
        }
        await revokeToken(client, 'access-token')
        const { token_endpoint: token, revocation_endpoint: revocation } = client.server
        if (network.asked.join() !== [token, token, revocation].join())
          throw new Error(`It sends requests to ${network.asked}.`)
      }),
      fuzzRuns,
    )
  },
  LONG,
)
