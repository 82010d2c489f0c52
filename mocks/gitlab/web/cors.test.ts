import { expect, test } from 'vitest'
import { APP_URL, createGitLabWorld, send } from '#mocks/gitlab/testing/gitlab-world.ts'

const LIST = '/-/jira_connect/subscriptions.json'

async function allowedOrigin(path: string, origin: string, init: RequestInit = {}, proxyUrl?: string) {
  const { gitlab } = createGitLabWorld(proxyUrl === undefined ? {} : { settings: { proxyUrl } })
  const response = await send(gitlab, path, { ...init, headers: { ...init.headers, Origin: origin } })
  return response.headers.get('Access-Control-Allow-Origin')
}

test('the Jira Connect Proxy URL is compared character by character', async () => {
  expect(await allowedOrigin(LIST, APP_URL)).toBe(APP_URL)
  expect(await allowedOrigin(LIST, APP_URL, {}, `${APP_URL}/`)).toBeNull()
  expect(await allowedOrigin(LIST, APP_URL, {}, APP_URL.replace('app', 'App'))).toBeNull()
  expect(await allowedOrigin(LIST, APP_URL, {}, '')).toBeNull()
  expect(await allowedOrigin(LIST, 'http://other.localhost')).toBeNull()
})

test('errors have the headers too, so that a page can read them', async () => {
  const { gitlab } = createGitLabWorld()
  const response = await send(gitlab, LIST, { headers: { Origin: APP_URL } })
  expect(response.status).toBe(403)
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe(APP_URL)
})

test('the API and the token endpoint are open to every origin, without credentials', async () => {
  const { gitlab } = createGitLabWorld({ settings: { proxyUrl: '' } })
  for (const [path, method] of [
    ['/api/v4/user', 'GET'],
    ['/api/v4/nothing', 'GET'],
    ['/oauth/token', 'POST'],
    ['/oauth/revoke', 'POST'],
  ] as const) {
    const response = await send(gitlab, path, { method, headers: { Origin: 'http://any.localhost' } })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
  }
})

test('the API exposes its paging headers', async () => {
  const { gitlab } = createGitLabWorld()
  const response = await send(gitlab, '/api/v4/groups', { headers: { Origin: APP_URL } })
  expect(response.headers.get('Access-Control-Expose-Headers')).toContain('X-Next-Page')
})

test.each([
  ['before-19.2', true],
  ['newest', true],
  ['current', false],
  ['legacy', false],
] as const)('whether the API of a %s build exposes request IDs: %s', async (dialect, isExposed) => {
  const { gitlab } = createGitLabWorld({ settings: { dialect } })
  const response = await send(gitlab, '/api/v4/groups', { headers: { Origin: APP_URL } })
  expect(response.headers.get('X-Request-Id')).toMatch(/^[\w-]{36}$/)
  const exposed = response.headers.get('Access-Control-Expose-Headers')?.split(', ')
  expect(exposed?.includes('X-Request-Id')).toBe(isExposed)
})

test.each(['/-/jira_connect/installations', '/-/jira_connect/oauth_callbacks', '/users/sign_in', '/'])(
  '%s has no CORS headers at all',
  async (path) => {
    expect(await allowedOrigin(path, APP_URL)).toBeNull()
    const preflight = {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'content-type' },
    }
    expect(await allowedOrigin(path, APP_URL, preflight)).toBeNull()
  },
)

test.each([
  ['a Bearer call', '/api/v4/user', 'GET', 'authorization'],
  ['linking', '/api/v4/integrations/jira_connect/subscriptions', 'POST', 'authorization,content-type'],
  ['unlinking', '/-/jira_connect/subscriptions/17', 'DELETE', 'accept'],
])('permits %s by a preflight', async (_, path, method, headers) => {
  const { gitlab } = createGitLabWorld()
  const response = await send(gitlab, path, {
    method: 'OPTIONS',
    headers: {
      Origin: APP_URL,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': headers,
    },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('Access-Control-Allow-Origin')).toMatch(/^(\*|http:\/\/app\.localhost:8000)$/)
  expect(response.headers.get('Access-Control-Allow-Methods')).toContain(method)
  expect(response.headers.get('Access-Control-Allow-Headers')?.replaceAll(' ', '')).toBe(headers)
})

test('the token endpoint doesn’t allow custom headers', async () => {
  const preflight = (headers: string) => ({
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': headers },
  })
  expect(await allowedOrigin('/oauth/token', APP_URL, preflight('authorization'))).toBe('*')
  expect(await allowedOrigin('/oauth/token', APP_URL, preflight('x-invented'))).toBeNull()
})

test('rules only apply below the relative URL root', async () => {
  const { gitlab } = createGitLabWorld({ gitlabUrl: 'http://gitlab.localhost:9000/gitlab' })
  const ask = async (path: string) => {
    const request = new Request(`http://gitlab.localhost:9000${path}`, { headers: { Origin: APP_URL } })
    const response = await gitlab.handle(request)
    return [response.status, response.headers.get('Access-Control-Allow-Origin')]
  }
  expect(await ask('/gitlab/api/v4/user')).toEqual([401, '*'])
  expect(await ask('/api/v4/user')).toEqual([404, null])
})
