import { expect, test } from 'vitest'
import {
  accessTokenOf,
  authorizationParameters,
  authorize,
  exchange,
  openBrowser,
} from './testing/browser.ts'
import type { GitLabWorld } from './testing/gitlab-world.ts'
import { CLIENT_KEY, createGitLabWorld, putInstanceUrl, send } from './testing/gitlab-world.ts'

async function installedWorld(): Promise<GitLabWorld> {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  return world
}

test.each([
  ['trusted', 'Redirecting…'],
  ['ssoLoop', 'Welcome'],
] as const)('with %s, signing in ends on the page "%s"', async (setting, title) => {
  const { gitlab } = createGitLabWorld({ settings: { [setting]: true } })
  const browser = openBrowser(gitlab)
  await browser.go(`/oauth/authorize?${new URLSearchParams(authorizationParameters(gitlab))}`)
  const end = await browser.press('Sign in as Amira Haddad')
  expect(end.startsWith(gitlab.publicUrl)).toBe(true)
  expect(browser.page()).toContain(`<h1>${title}</h1>`)
})

test('users who are already signed in aren’t affected by single sign-on losing the return URL', async () => {
  const { gitlab } = createGitLabWorld({ settings: { ssoLoop: true } })
  const browser = openBrowser(gitlab)
  await browser.go('/users/sign_in')
  await browser.press('Sign in as Amira Haddad')
  await browser.go(`/oauth/authorize?${new URLSearchParams(authorizationParameters(gitlab))}`)
  expect(await browser.press('Authorize')).toContain('?code=')
})

test('a window that never returns stays on a GitLab page', async () => {
  const { gitlab } = createGitLabWorld({ settings: { neverReturns: true } })
  expect((await authorize(gitlab)).href).toBe(`${gitlab.publicUrl}/oauth/authorize`)
})

test('a mistyped application ID is provided, and then unknown', async () => {
  const { gitlab } = createGitLabWorld({ settings: { applicationIdMistyped: '5d0f1e8a' } })
  const answer = await send(gitlab, '/-/jira_connect/oauth_application_id')
  expect(await answer.json()).toEqual({ application_id: '5d0f1e8a' })
})

test('refused refresh tokens end a sign-in', async () => {
  const { gitlab } = createGitLabWorld()
  const code = (await authorize(gitlab)).searchParams.get('code')
  const { refresh_token } = await (await exchange(gitlab, code)).json()
  gitlab.settings.refreshRefused = true
  const body = { grant_type: 'refresh_token', refresh_token, code: undefined }
  const refused = await exchange(gitlab, null, body)
  expect([refused.status, (await refused.json()).error]).toEqual([400, 'invalid_grant'])
  gitlab.settings.refreshRefused = false
  expect((await exchange(gitlab, null, body)).status).toBe(200)
})

test('an old secret lasts until the next installed event', async () => {
  const world = await installedWorld()
  world.gitlab.settings.staleSecret = true
  const list = () => {
    const path = `/-/jira_connect/subscriptions.json?jwt=${world.jira.contextToken()}`
    return send(world.gitlab, path)
  }
  expect((await list()).status).toBe(403)
  await putInstanceUrl(world, world.gitlab.publicUrl)
  expect((await list()).status).toBe(200)
})

test('with an internal host name, events are refused unless the public URL is an additional audience', async () => {
  const world = createGitLabWorld({ settings: { internalUrl: 'http://git.internal' } })
  await world.jira.send(world.app, 'installed')
  const { publicUrl, settings } = world.gitlab
  expect((await (await putInstanceUrl(world, publicUrl)).json()).errors).toContain('code 401')
  settings.additionalAudienceUrl = publicUrl
  expect((await putInstanceUrl(world, publicUrl)).status).toBe(200)
})

test.each([403, 422, 503, 'network-error'] as const)(
  'an installed event gets the response %s',
  async (answer) => {
    const world = createGitLabWorld({ settings: { installedEvent: answer } })
    await world.jira.send(world.app, 'installed')
    const response = await putInstanceUrl(world, world.gitlab.publicUrl)
    const reason = answer === 'network-error' ? 'Network error' : `Error response code ${answer}`
    expect(await response.json()).toEqual({ errors: `Could not be installed on the instance. ${reason}` })
    expect(world.gitlab.store.installations.has(CLIENT_KEY)).toBe(false)
  },
)

test('totals are left out if there are too many groups to count', async () => {
  const { gitlab } = createGitLabWorld({ settings: { maxCountedGroups: 10 } })
  const headers = { Authorization: `Bearer ${await accessTokenOf(gitlab)}` }
  const many = await send(gitlab, '/api/v4/groups?min_access_level=40', { headers })
  expect([many.headers.get('X-Total'), many.headers.get('X-Next-Page')]).toEqual([null, '2'])
})
