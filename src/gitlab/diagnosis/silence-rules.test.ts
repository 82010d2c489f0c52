import { expect, onTestFinished, test, vi } from 'vitest'
import { APP_URL, startWorld } from '#src/testing/world.ts'
import { watchPolicy } from './content-policy.ts'
import { endpointOf } from './endpoint.ts'
import { judgeSilence } from './silence-rules.ts'

const GITLAB = 'http://gitlab.localhost:4702'
/** Shows whether a server responds at all. */
const PROBE = 'HEAD /robots.txt'
const READS_API = 'GET /api/v4/version'
const READS_CONNECT = 'GET /-/jira_connect/oauth_application_id'
const POLICY = `default-src 'self'; connect-src 'self' ${GITLAB}`
const notBlocked = { reports: [], stop: () => undefined }

/** The verdict about a request without a readable response. */
function judge(
  path: string,
  { method = 'GET', origin = GITLAB, policy = watchPolicy(new URL(origin)) } = {},
) {
  onTestFinished(policy.stop)
  const url = new URL(origin + path)
  return judgeSilence({ url, method, endpoint: endpointOf(method, url.pathname), policy, signal: undefined })
}

/** A world in which these probes get no readable response. */
async function worldWithout(...probes: string[]) {
  const world = await startWorld({ instance: 'gitlab' })
  for (const probe of probes) world.answer(probe, Response.error)
  return world
}

/** As browsers do after the request has failed. */
function report(blockedURI: string, originalPolicy: string, effectiveDirective = 'connect-src'): void {
  const details = { blockedURI, originalPolicy, effectiveDirective }
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), details))
}

test('says that the browser is offline if it says so itself, and nothing responds', async () => {
  await worldWithout(PROBE, READS_API, READS_CONNECT)
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect(await judge('/api/v4/user')).toEqual({ code: 'browser-offline' })
})

test('a browser that takes itself for offline, but reaches the instance, isn’t the cause', async () => {
  await worldWithout(READS_CONNECT)
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect(await judge('/-/jira_connect/subscriptions.json')).toEqual({
    code: 'cors-refused',
    clue: 'proxy-url',
  })
})

test('the probes carry no token, no cookie and no referrer, and follow no redirect to another server', async () => {
  const send = vi.fn(async (..._request: [string, RequestInit?]) => new Response(null))
  vi.stubGlobal('fetch', send)
  onTestFinished(() => void vi.unstubAllGlobals())
  await judge('/gitlab/-/jira_connect/subscriptions.json?jwt=secret')
  expect(send.mock.calls.map(([url]) => url)).toEqual([
    `${GITLAB}/robots.txt`,
    `${GITLAB}/gitlab/api/v4/version`,
    `${GITLAB}/gitlab/-/jira_connect/oauth_application_id`,
  ])
  for (const [, init] of send.mock.calls) {
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' })
    expect(init).not.toHaveProperty('headers')
  }
})

test.each([
  ["connect-src 'self'", 'blocked-by-policy'],
  ["default-src 'self'; img-src *", 'blocked-by-policy'],
  ['connect-src https://gitlab.localhost:4702 http://gitlab.localhost', 'blocked-by-policy'],
  ['connect-src http://gitlab.localhost:4702/-/jira_connect/', 'blocked-by-policy'],
  [POLICY, 'redirected'],
  ['connect-src http:', 'redirected'],
  ['connect-src *', 'redirected'],
  ['connect-src http://*.localhost:4702', 'redirected'],
  ['connect-src gitlab.localhost:*', 'redirected'],
  ['connect-src http://gitlab.localhost:4702/robots.txt', 'blocked-by-policy'],
  ['connect-src http://gitlab.localhost:4702/robots.txt http://gitlab.localhost:4702/api/', 'redirected'],
  ["default-src 'self' http://gitlab.localhost:4702", 'redirected'],
])('if %s is reported to have blocked a request to the instance, it’s %s', async (policy, code) => {
  await worldWithout(PROBE, READS_API, READS_CONNECT)
  const verdict = judge('/api/v4/user')
  report(`${GITLAB}/robots.txt`, policy)
  expect(await verdict).toEqual({ code, clue: undefined })
})

test('a redirect of the bare probe alone is none of GitLab, whose API can be read', async () => {
  await worldWithout(PROBE, READS_CONNECT)
  const verdict = judge('/-/jira_connect/subscriptions.json')
  report(`${GITLAB}/robots.txt`, POLICY)
  expect(await verdict).toEqual({ code: 'cors-refused', clue: 'proxy-url' })
})

test('a probe that the policy blocks proves nothing about a request that it allows', async () => {
  await worldWithout(PROBE, READS_CONNECT)
  const verdict = judge('/-/jira_connect/subscriptions.json')
  report(`${GITLAB}/robots.txt`, `connect-src ${GITLAB}/api/ ${GITLAB}/-/jira_connect/`)
  expect(await verdict).toEqual({ code: 'cors-refused', clue: 'proxy-url' })
})

test('waits for the report, which comes a moment after the requests have failed', async () => {
  await worldWithout(PROBE, READS_API, READS_CONNECT)
  setTimeout(() => report(`${GITLAB}/api/v4/user`, "connect-src 'self'"), 20)
  expect(await judge('/api/v4/user')).toMatchObject({ code: 'blocked-by-policy' })
})

test('what the policy blocks elsewhere, or by another directive, proves nothing', async () => {
  await worldWithout(PROBE, READS_API, READS_CONNECT)
  const verdict = judge('/api/v4/user')
  report('http://other.localhost/', POLICY)
  report('inline', POLICY)
  report(`${GITLAB}/avatar.png`, "img-src 'self'", 'img-src')
  expect(await verdict).toEqual({ code: 'gitlab-unreachable' })
})

test.each([
  ['10.1.2.3', 'jira.example.com', 'local-network-refused'],
  ['gitlab.internal', 'jira.example.com', 'local-network-refused'],
  ['gitlab', 'jira.example.com', 'local-network-refused'],
  ['[fd00::1]', 'jira.example.com', 'local-network-refused'],
  ['gitlab.example.com', 'jira.example.com', 'gitlab-unreachable'],
  ['172.32.0.1', 'jira.example.com', 'gitlab-unreachable'],
  ['10.1.2.3', 'app.localhost', 'gitlab-unreachable'],
])('explains no response from %s to a page on %s as “%s”', async (instance, page, code) => {
  vi.stubGlobal('location', { hostname: page, origin: `https://${page}` })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(await judge('/api', { origin: `https://${instance}`, policy: notBlocked })).toMatchObject({ code })
})

test('a response of the server that serves the page needs no permission: the request was cut off', async () => {
  await startWorld({ instance: 'app' })
  expect(await judge('/-/jira_connect/installations', { origin: APP_URL })).toEqual({
    code: 'gitlab-unreachable',
    clue: 'cut-off',
  })
})

const LIST = '/-/jira_connect/subscriptions.json'
const UNLINK = '/-/jira_connect/subscriptions/7'
const LINK = '/api/v4/integrations/jira_connect/subscriptions'

test.each([
  ['the list, while only the API can be read', 'GET', LIST, [READS_CONNECT], 'proxy-url'],
  ['unlinking, while only the API can be read', 'DELETE', UNLINK, [READS_CONNECT], 'proxy-url'],
  ['the list, while only a header hides the bare probe', 'GET', LIST, [PROBE, READS_CONNECT], 'proxy-url'],
  ['the list, while everything else can be read', 'GET', LIST, [], 'this-request'],
  ['groups, while everything else can be read', 'GET', '/api/v4/groups', [], 'this-request'],
  ['groups, whatever the proxy URL is', 'GET', '/api/v4/groups', [READS_CONNECT], 'this-request'],
  ['unlinking, while everything else can be read', 'DELETE', UNLINK, [], 'only-writing'],
  ['linking, while the API can be read', 'POST', LINK, [READS_CONNECT], 'only-writing'],
  ['linking, while nothing can be read', 'POST', LINK, [READS_API, READS_CONNECT], 'in-front'],
  ['the list, while nothing can be read', 'GET', LIST, [READS_API, READS_CONNECT], 'in-front'],
])(
  'a server that responds, and keeps its response from the page: %s',
  async (_what, method, path, silent, clue) => {
    await worldWithout(...silent)
    expect(await judge(path, { method })).toEqual({ code: 'cors-refused', clue })
  },
)
