import type { Request } from 'playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ instance: 'gitlab' })

test('tokens and code verifier stay in memory, out of reach, and go to no other origin', async ({
  configuration,
  context,
  gitlab,
  page,
}) => {
  const requests: Request[] = []
  const logged: string[] = []
  context.on('request', (request) => requests.push(request))
  context.on('console', (message) => logged.push(message.text()))

  await configuration.open()
  await configuration.signIn()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  gitlab.store.expireAccessTokens()
  await configuration.linkButton.click()
  await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()

  const tokens = [...gitlab.store.tokens.values()]
  const secrets = tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])
  for (const request of requests) {
    const verifier = new URLSearchParams(request.postData() ?? '').get('code_verifier')
    if (verifier) secrets.push(verifier)
  }
  expect(secrets, 'two pairs of tokens and a verifier were seen').toHaveLength(5)
  const holdsSecret = (text: string) => secrets.some((secret) => text.includes(secret))

  // On the way: in the Authorization header and in the body of token requests to the instance, nowhere else.
  for (const request of requests) {
    const url = request.url()
    expect(holdsSecret(url), `a secret in the URL ${url}`).toBe(false)
    // Of a window that is closed by now, the browser tells fewer headers.
    const { authorization = '', ...headers } = await request.allHeaders().catch(() => request.headers())
    expect(holdsSecret(JSON.stringify(headers)), `a secret in a header to ${url}`).toBe(false)
    if (holdsSecret(authorization)) expect(new URL(url).origin).toBe(gitlab.publicUrl)
    if (holdsSecret(request.postData() ?? '')) expect(url).toMatch(`${gitlab.publicUrl}/oauth/`)
  }
  expect(requests.filter((request) => request.headers().referer?.includes('jwt'))).toEqual([])
  expect(logged.filter(holdsSecret)).toEqual([])

  // At rest: in no storage, and not to be found from window, the document or React's tree.
  const body = configuration.frame.locator('body')
  const stored = await body.evaluate(() => ({ ...localStorage }))
  expect(stored, 'nothing but the theme and the language').toEqual({
    'gitlab-for-jira.color-mode': 'light',
    'gitlab-for-jira.locale': 'en-GB',
  })
  expect(await body.evaluate(() => [sessionStorage.length, document.cookie])).toEqual([0, ''])
  expect(
    await body.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length),
  ).toBe(0)
  expect(
    await body.evaluate((element) => element.ownerDocument.documentElement.outerHTML).then(holdsSecret),
  ).toBe(false)
  const found = await body.evaluate(findInObjects, { secrets, known: '@amira' })
  expect(found.secrets).toEqual([])
  expect(found.foundKnown, 'the search does look into React’s tree').toBe(true)
  expect(found.objects).toBeGreaterThan(5_000)

  await test.step('the token does not outlive the page: GitLab revokes it when Jira’s page is left', async () => {
    const { accessToken } = tokens.at(-1) ?? {}
    const isRevoked = () =>
      [...gitlab.store.tokens.values()].find((pair) => pair.accessToken === accessToken)?.revoked
    expect(isRevoked()).toBe(false)
    await page.goto('about:blank')
    await expect.poll(isRevoked).toBe(true)
  })
})

/** Walks everything that can be reached from window and from the elements' own properties, where React keeps its tree. */
function findInObjects(
  _body: unknown,
  { secrets, known }: { secrets: string[]; known: string },
): { objects: number; secrets: string[]; foundKnown: boolean } {
  const seen = new Set<object>()
  const waiting: { value: unknown; path: string }[] = [{ value: window, path: 'window' }]
  for (const element of document.querySelectorAll('*'))
    waiting.push({ value: element, path: element.tagName })
  const hits: string[] = []
  let foundKnown = false
  for (let next = waiting.pop(); next && seen.size < 2_000_000; next = waiting.pop()) {
    const { value, path } = next
    if (typeof value === 'string') {
      if (secrets.some((secret) => value.includes(secret))) hits.push(path)
      if (value.includes(known)) foundKnown = true
    }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
      continue
    // A browser's getter that is read from a prototype may return a promise that rejects.
    if (value instanceof Promise) value.catch(() => undefined)
    // Jira's window and the popup's are of other origins, and their properties throw.
    if (value === window.parent || value === window.opener) continue
    seen.add(value)
    if (value instanceof Map || value instanceof Set)
      for (const entry of value) waiting.push({ value: entry, path: `${path}[]` })
    for (const key of Reflect.ownKeys(value)) {
      try {
        waiting.push({ value: (value as Record<PropertyKey, unknown>)[key], path: `${path}.${String(key)}` })
      } catch {
        // A getter that wants another receiver.
      }
    }
  }
  return { objects: seen.size, secrets: hits, foundKnown }
}
