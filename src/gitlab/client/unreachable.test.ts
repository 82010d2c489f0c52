import { expect, onTestFinished, test, vi } from 'vitest'
import { startWorld } from '#src/testing/world.ts'
import { explainUnreachable, watchPolicy } from './unreachable.ts'

const PROBE = 'HEAD /robots.txt'
const gitlab = new URL('http://gitlab.localhost:4702/api/v4/user')
const notBlocked = { blocked: false, stop: () => undefined }

test('says that the browser is offline without sending a request', async () => {
  const { requests } = await startWorld({ instance: 'app' })
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect(await explainUnreachable(gitlab, notBlocked)).toBe('browser-offline')
  expect(requests).toEqual([])
})

test('names the page’s own policy if the browser reported that it blocked the instance', async () => {
  await startWorld({ instance: 'app' })
  const policy = watchPolicy(gitlab)
  onTestFinished(policy.stop)
  report('http://other.localhost/')
  report('inline')
  expect(policy.blocked).toBe(false)
  report(gitlab.href)
  expect(await explainUnreachable(gitlab, policy)).toBe('blocked-by-policy')
})

test('waits for the report, which comes a moment after the requests have failed', async () => {
  await startWorld({ instance: 'app' })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  onTestFinished(() => void vi.unstubAllGlobals())
  const policy = watchPolicy(gitlab)
  onTestFinished(policy.stop)
  setTimeout(() => report(gitlab.href), 20)
  expect(await explainUnreachable(gitlab, policy)).toBe('blocked-by-policy')
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
  expect(await explainUnreachable(new URL(`https://${instance}/api`), notBlocked)).toBe(code)
})

test('doesn’t blame CORS if the instance that serves the page responds', async () => {
  const world = await startWorld({ instance: 'app' })
  world.answer(PROBE, () => new Response(null))
  expect(await explainUnreachable(new URL('/-/x', location.href), notBlocked)).toBe('gitlab-unreachable')
  expect(await explainUnreachable(gitlab, notBlocked)).toBe('cors-refused')
})

/** As browsers do after the request has failed. */
function report(blockedURI: string): void {
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI }))
}
