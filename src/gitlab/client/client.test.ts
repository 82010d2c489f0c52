import { object, string } from 'valibot'
import { expect, test, vi } from 'vitest'
import { startWorld } from '#src/testing/world.ts'
import type { Exchange } from './client.ts'
import { exchangeOf, requestGitLab, watchExchanges } from './client.ts'

const schema = object({ name: string() })
const url = new URL('http://gitlab.localhost:4702/api/v4/thing?jwt=secret')
const THING = 'GET /api/v4/thing'
/** What is sent after a request without a readable response, to find out why. */
const PROBES = ['HEAD /robots.txt', 'GET /api/v4/version', 'GET /-/jira_connect/oauth_application_id']

async function respondingWith(respond: () => Response | Promise<Response>) {
  const world = await startWorld({ instance: 'app' })
  world.answer(THING, respond)
  return world
}

test('returns the body as the schema parses it, and the headers', async () => {
  const headers = { 'X-Next-Page': '2', 'Access-Control-Expose-Headers': 'X-Next-Page' }
  await respondingWith(() => Response.json({ name: 'Web', other: 1 }, { headers }))
  const response = await requestGitLab(url, { schema })
  expect(response.data).toEqual({ name: 'Web' })
  expect(response.headers.get('x-next-page')).toBe('2')
})

test('requests only JSON, without cookies, redirects or referrer', async () => {
  const send = vi.fn(async (..._request: [URL, RequestInit?]) => Response.json({ name: 'Web' }))
  await requestGitLab(url, { schema, method: 'POST', body: { a: 1 }, send })
  const [asked, init] = send.mock.calls[0] ?? []
  expect(asked).toBe(url)
  expect(init).toMatchObject({
    method: 'POST',
    body: '{"a":1}',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  })
})

test('bypasses the browser’s cache when it reads, but not when it writes: that would cost a preflight each time', async () => {
  const send = vi.fn(async (..._request: [URL, RequestInit?]) => Response.json({ name: 'Web' }))
  for (const method of ['GET', 'POST', 'DELETE'] as const) await requestGitLab(url, { schema, method, send })
  expect(send.mock.calls.map(([, init]) => init?.cache)).toEqual(['no-store', 'default', 'default'])
})

test('sends no content type without a body, so that reading needs no preflight', async () => {
  const world = await respondingWith(() => Response.json({ name: 'Web' }))
  await requestGitLab(url, { schema })
  expect(world.asked(THING)[0]?.headers.has('content-type')).toBe(false)
})

test.each([
  ['an HTML page', '<!doctype html><title>Sign in</title>'],
  ['an empty body', ''],
  ['truncated JSON', '{"name":"We'],
  ['JSON of another shape', '{"name":7}'],
  ['JSON that is no object', 'null'],
])('reports success with %s as an unexpected response', async (_what, body) => {
  await respondingWith(() => new Response(body))
  await expect(requestGitLab(url, { schema })).rejects.toMatchObject({
    code: 'answer-unexpected',
    path: '/api/v4/thing',
  })
})

test.each([
  ['an HTML page', '<h1>502 Bad Gateway</h1>', undefined],
  ['an empty body', '', undefined],
  ['plain text', 'Retry later', undefined],
  ['JSON', '{"message":"404 Not Found"}', '404 Not Found'],
])('identifies a refusal with %s by its status', async (_what, body, gitlabMessage) => {
  await respondingWith(() => new Response(body, { status: 404 }))
  await expect(requestGitLab(url, { schema })).rejects.toMatchObject({
    name: 'GitLabApiError',
    code: 'not-found',
    status: 404,
    gitlabMessage,
  })
})

test('keeps the query, which can hold the context token, out of every error', async () => {
  for (const response of [
    () => new Response(null, { status: 403 }),
    () => new Response('?'),
    Response.error,
  ]) {
    await respondingWith(response)
    const error = await requestGitLab(url, { schema }).catch((reason: unknown) => reason)
    expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toContain('secret')
  }
})

test('reports what a support ticket needs to know about each request, but not its query', async () => {
  const seen: Exchange[] = []
  const stop = watchExchanges((exchange) => seen.push(exchange))
  const headers = { 'X-Request-Id': '01HZX', 'Access-Control-Expose-Headers': 'X-Request-Id' }
  const world = await respondingWith(() => Response.json({ name: 'Web' }, { headers }))
  const before = Date.now()
  await requestGitLab(url, { schema })
  const known = { method: 'GET', url: 'http://gitlab.localhost:4702/api/v4/thing', status: 200 }
  expect(seen).toEqual([
    { ...known, requestId: '01HZX', beganAt: expect.any(Number), milliseconds: expect.any(Number) },
  ])
  expect(seen[0]?.beganAt).toBeGreaterThanOrEqual(before)
  stop()
  world.answer(THING, () => new Response(null, { status: 502 }))
  const error = await requestGitLab(url, { schema }).catch((reason: unknown) => reason)
  expect(seen).toHaveLength(1)
  expect(exchangeOf(error)).toMatchObject({ ...known, status: 502 })
  expect(exchangeOf(new Error('with a cause', { cause: error }))).toBe(exchangeOf(error))
  expect(exchangeOf(new Error('of another kind'))).toBeUndefined()
})

test('has no status if there was no response that the page could read', async () => {
  await respondingWith(() => Response.error())
  const error = await requestGitLab(url, { schema }).catch((reason: unknown) => reason)
  expect(exchangeOf(error)).toMatchObject({ method: 'GET' })
  expect(exchangeOf(error)).not.toHaveProperty('status')
})

/** No request to the instance gets a response, whatever it asks for. */
function nothingResponds(world: Awaited<ReturnType<typeof respondingWith>>): void {
  for (const probe of PROBES) world.answer(probe, Response.error)
}

test('says that GitLab can’t be reached', async () => {
  const world = await respondingWith(() => Response.error())
  nothingResponds(world)
  await expect(requestGitLab(url, { schema })).rejects.toMatchObject({ code: 'gitlab-unreachable' })
})

test('says that GitLab doesn’t allow the page’s requests if its server responds at all', async () => {
  await respondingWith(() => Response.error())
  await expect(requestGitLab(url, { schema })).rejects.toMatchObject({ code: 'cors-refused' })
})

test('says that GitLab can’t be reached if the connection breaks in the middle of the response', async () => {
  nothingResponds(await respondingWith(() => Response.error()))
  const send = async () =>
    new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) }))
  await expect(requestGitLab(url, { schema, send })).rejects.toMatchObject({ code: 'gitlab-unreachable' })
})

test.each([
  ['GET', undefined],
  ['DELETE', 'writing'],
] as const)('names a redirect as such, and doesn’t follow it: %s', async (method, clue) => {
  const world = await startWorld({ instance: 'app' })
  const elsewhere = { status: 302, headers: { Location: 'http://gitlab.localhost:4702/elsewhere' } }
  world.answer(`${method} /api/v4/thing`, () => new Response(null, elsewhere))
  const own = new URL('/api/v4/thing', location.origin)
  await expect(requestGitLab(own, { schema, method })).rejects.toMatchObject({ code: 'redirected', clue })
  expect(world.requests.map(({ url: { pathname } }) => pathname)).toEqual(['/api/v4/thing'])
})

test('gives up after 30 seconds', async () => {
  const timeout = new AbortController()
  // The browser's own timer, which fake timers don't control.
  const started = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal)
  await respondingWith(() => new Promise<never>(() => undefined))
  const outcome = expect(requestGitLab(url, { schema })).rejects.toMatchObject({ code: 'gitlab-too-slow' })
  expect(started).toHaveBeenCalledWith(30_000)
  timeout.abort(new DOMException('too slow', 'TimeoutError'))
  await outcome
})

test('ends with the caller’s own reason when the caller aborts', async () => {
  const abort = new AbortController()
  await respondingWith(() => new Promise<never>(() => undefined))
  const outcome = expect(requestGitLab(url, { schema, signal: abort.signal })).rejects.toThrow(
    'no longer needed',
  )
  abort.abort(new Error('no longer needed'))
  await outcome
})
