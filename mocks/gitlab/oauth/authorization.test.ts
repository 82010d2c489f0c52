import { expect, test } from 'vitest'
import { authorizationParameters, authorize, openBrowser } from '#mocks/gitlab/testing/browser.ts'
import { createGitLabWorld } from '#mocks/gitlab/testing/gitlab-world.ts'

test('signs in, shows the consent page every time, and sends the code and the state back', async () => {
  const { gitlab } = createGitLabWorld()
  const browser = openBrowser(gitlab)
  const path = `/oauth/authorize?${new URLSearchParams(authorizationParameters(gitlab))}`
  expect(await browser.go(path)).toBe(`${gitlab.publicUrl}/users/sign_in`)
  expect(await browser.press('Sign in as Amira Haddad')).toBe(gitlab.publicUrl + path)
  expect(browser.page()).toContain('GitLab for Jira Cloud')
  expect(browser.page()).toContain('@amira')

  const redirected = new URL(await browser.press('Authorize'))
  expect(redirected.origin + redirected.pathname).toBe(
    'http://app.localhost:8000/-/jira_connect/oauth_callbacks',
  )
  expect(redirected.searchParams.get('state')).toBe('some-state')
  expect(redirected.searchParams.get('code')).toBeTruthy()

  await browser.go(path)
  expect(browser.page()).toContain('Authorize GitLab for Jira Cloud to use your account?')
})

test.each([
  ['GitLab.com', 'app'],
  ['gitlab.localhost:9000', 'gitlab'],
] as const)('asks to sign in to the instance by the name the page has for it: %s', async (name, which) => {
  const browser = openBrowser(createGitLabWorld()[which])
  await browser.go('/users/sign_in')
  expect(browser.page()).toContain(`<h1>Sign in to ${name}</h1>`)
})

test('a denial redirects with access_denied and the state, without a code', async () => {
  const { gitlab } = createGitLabWorld()
  const browser = openBrowser(gitlab)
  await browser.go(`/oauth/authorize?${new URLSearchParams(authorizationParameters(gitlab))}`)
  await browser.press('Sign in as Amira Haddad')
  const redirected = new URL(await browser.press('Deny'))
  expect(Object.fromEntries(redirected.searchParams)).toEqual({
    error: 'access_denied',
    error_description: 'The resource owner or authorization server denied the request.',
    state: 'some-state',
  })
})

test('signing out on the consent page lets another person consent to the same request', async () => {
  const { gitlab } = createGitLabWorld()
  const browser = openBrowser(gitlab)
  const path = `/oauth/authorize?${new URLSearchParams(authorizationParameters(gitlab))}`
  await browser.go(path)
  await browser.press('Sign in as Amira Haddad')
  expect(await browser.press('Sign out')).toBe(`${gitlab.publicUrl}/users/sign_in`)
  expect(await browser.press('Sign in as Jonas Lindqvist')).toBe(gitlab.publicUrl + path)
  expect(browser.page()).toContain('@jonas')
})

test.each([
  ['no client id', { client_id: '' }, 'Missing required parameter: client_id'],
  ['an unknown client id', { client_id: 'unknown' }, 'Client authentication failed due to unknown client'],
  [
    'another redirect URI',
    { redirect_uri: 'http://app.localhost:8000/-/jira_connect/oauth_callbacks/' },
    'The redirect URI included is not valid.',
  ],
  [
    'a scope the application lacks',
    { scope: 'api sudo' },
    'The requested scope is invalid, unknown, or malformed.',
  ],
  [
    'another response type',
    { response_type: 'token' },
    'The authorization server does not support this response type.',
  ],
])('shows an error page and no redirect for %s', async (_, overrides, text) => {
  const { gitlab } = createGitLabWorld()
  const browser = openBrowser(gitlab)
  const parameters = { ...authorizationParameters(gitlab), ...overrides }
  await browser.go(`/oauth/authorize?${new URLSearchParams(parameters)}`)
  const end = await browser.press('Sign in as Amira Haddad')
  expect(end.startsWith(`${gitlab.publicUrl}/oauth/authorize`)).toBe(true)
  expect(browser.page()).toContain('An error has occurred')
  expect(browser.page()).toContain(text)
})

test('works below a relative URL root', async () => {
  const { gitlab } = createGitLabWorld({ gitlabUrl: 'http://gitlab.localhost:9000/gitlab' })
  expect((await authorize(gitlab)).searchParams.get('code')).toBeTruthy()
})

test('escapes names on its pages', async () => {
  const { gitlab } = createGitLabWorld()
  const browser = openBrowser(gitlab)
  await browser.go('/users/sign_in')
  await browser.press('Sign in as Amira Haddad')
  await browser.go('/groups/acme/playground/html')
  expect(browser.status()).toBe(200)
  expect(browser.page()).toContain('Quality &lt;img src=x onerror=alert(1)&gt;')
  expect(browser.page()).not.toContain('<img')
})
