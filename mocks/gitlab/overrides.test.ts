import { expect, test } from 'vitest'
import type { Override } from './overrides.ts'
import {
  brokenPreflight,
  endpointLimit,
  frontDoorLimit,
  gitlabAnswer,
  proxyErrorPage,
  slow,
  unreachable,
  withoutAuthorization,
  withoutCorsHeaders,
} from './overrides.ts'
import { accessTokenOf } from './testing/browser.ts'
import { APP_URL, createGitLabWorld, send } from './testing/gitlab-world.ts'

const LIST = '/-/jira_connect/subscriptions.json'

async function ask(overrides: readonly Override[], path: string, init: RequestInit = {}, gitlabUrl?: string) {
  const { gitlab } = createGitLabWorld({ settings: { overrides }, ...(gitlabUrl && { gitlabUrl }) })
  return send(gitlab, path, { ...init, headers: { ...init.headers, Origin: APP_URL } })
}

const allowedOrigin = (response: Response) => response.headers.get('Access-Control-Allow-Origin')

test("a proxy's error page is HTML without CORS headers, and GitLab doesn't receive the request", async () => {
  const response = await ask([proxyErrorPage('^/api/', 502)], '/api/v4/user')
  expect(response.status).toBe(502)
  expect(response.headers.get('Content-Type')).toBe('text/html')
  expect(allowedOrigin(response)).toBeNull()
})

test("a response from the instance itself keeps GitLab's CORS headers", async () => {
  const response = await ask([gitlabAnswer('^/api/', 500, { message: 'no' })], '/api/v4/user')
  expect([response.status, await response.json(), allowedOrigin(response)]).toEqual([
    500,
    { message: 'no' },
    '*',
  ])
})

test('both rate limits respond with 429: the general one in plain text, an endpoint’s with an object as message', async () => {
  const frontDoor = await ask([frontDoorLimit('^/')], LIST)
  expect([frontDoor.status, await frontDoor.text()]).toEqual([429, 'Retry later\n'])
  expect(frontDoor.headers.get('Content-Type')).toBe('text/plain')
  expect(frontDoor.headers.get('Retry-After')).toBe('60')
  expect(frontDoor.headers.get('Access-Control-Expose-Headers')).toBeNull()
  const endpoint = await ask([endpointLimit('^/api/v4/groups$')], '/api/v4/groups')
  expect([endpoint.status, await endpoint.json()]).toEqual([
    429,
    { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
  ])
})

test('a broken preflight is refused, and the request itself isn’t affected', async () => {
  const overrides = [brokenPreflight('^/api/')]
  const preflight = await ask(overrides, '/api/v4/user', {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'GET' },
  })
  expect([preflight.status, allowedOrigin(preflight)]).toEqual([403, null])
  expect((await ask(overrides, '/api/v4/user')).status).toBe(401)
})

test('removed CORS headers are missing from responses and preflights', async () => {
  const overrides = withoutCorsHeaders('^/')
  for (const init of [{}, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'GET' } }]) {
    const response = await ask(overrides, LIST, init)
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})

test('a proxy that drops the Authorization header doesn’t change the rest of the request', async () => {
  const { gitlab } = createGitLabWorld()
  const headers = { Authorization: `Bearer ${await accessTokenOf(gitlab)}` }
  gitlab.settings.overrides = [withoutAuthorization('^/api/')]
  const response = await send(gitlab, '/api/v4/user', { headers })
  expect([response.status, await response.json()]).toEqual([401, { message: '401 Unauthorized' }])
  const form = new URLSearchParams({ grant_type: 'nonsense' })
  gitlab.settings.overrides = [withoutAuthorization('^/')]
  const posted = await send(gitlab, '/oauth/token', { method: 'POST', body: form, headers })
  expect((await posted.json()).error).toBe('unsupported_grant_type')
})

test('a broken connection gives no response', async () => {
  expect((await ask(unreachable('^/'), '/')).type).toBe('error')
})

test('a delayed response ends when the request is aborted', async () => {
  const response = await ask([slow('^/', 31)], '/', { signal: AbortSignal.abort() })
  expect(response.status).toBe(200)
})

test('paths and methods are matched below the relative URL root', async () => {
  const overrides = [proxyErrorPage('^/api/v4/user$', 503, 'GET')]
  const gitlabUrl = 'http://gitlab.localhost:9000/gitlab'
  expect((await ask(overrides, '/api/v4/user', {}, gitlabUrl)).status).toBe(503)
  expect((await ask(overrides, '/api/v4/user', { method: 'POST' }, gitlabUrl)).status).toBe(404)
  expect((await ask(overrides, '/api/v4/users', {}, gitlabUrl)).status).toBe(404)
})

test('headers that a proxy adds are in every response', async () => {
  const header = { 'Cross-Origin-Opener-Policy': 'same-origin' }
  const response = await ask([{ path: '^/', by: 'proxy', addsResponseHeaders: header }], '/users/sign_in')
  expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
})
