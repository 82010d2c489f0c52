import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Override } from '#mocks/gitlab/overrides.ts'
import { gitlabAnswer } from '#mocks/gitlab/overrides.ts'
import { expect, expectOnly, test } from './fixtures.ts'

test.use({ instance: 'gitlab' })

const LIST = '^/-/jira_connect/subscriptions\\.json$'
const GROUPS = '^/api/v4/groups$'
const USER = '^/api/v4/user$'
const LINK = '^/api/v4/integrations/jira_connect/subscriptions$'
const AUTHORIZE = '^/oauth/authorize$'

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>'
const LINK_TEXT = '<a href="javascript:alert(3)">[x](javascript:alert(3))</a>'
const REVERSED = 'Acme \u202Ecod.exe\u2066\u0007'
const MEGABYTE = 'long '.repeat(200_000)
const EVIL = 'https://evil.example'
const AVATARS = [`${EVIL}/a.png`, '//evil.example/a.png', 'javascript:alert(4)', 'data:image/svg+xml,<svg/>']

const NAMES = [MARKUP, LINK_TEXT, REVERSED, MEGABYTE]

const hostileList = {
  groups_path: `${EVIL}/api/v4/groups?skip_groups=7,8,9,10`,
  subscriptions_path: 'javascript:alert(5)',
  subscriptions: NAMES.map((name, index) => ({
    created_at: index === 0 ? 'javascript:alert(6)' : '2026-01-01T00:00:00Z',
    unlink_path: `${EVIL}/../-/jira_connect/subscriptions/${index + 1}`,
    group: { name, full_name: name, avatar_url: AVATARS[index] },
  })),
}

const hostileGroups = NAMES.map((name, index) => ({
  id: 100 + index,
  name,
  full_name: name,
  full_path: index === 0 ? 'evil/markup' : `../../${name}`,
  avatar_url: AVATARS[index],
}))

const LEADS_ELSEWHERE = { Link: `<${EVIL}/api/v4/groups?page=2>; rel="next"`, 'X-Next-Page': '2' }

function hostileResponses(): Override[] {
  return [
    gitlabAnswer(LIST, 200, hostileList),
    gitlabAnswer(GROUPS, 200, hostileGroups),
    { path: GROUPS, by: 'gitlab', addsResponseHeaders: LEADS_ELSEWHERE },
    gitlabAnswer(USER, 200, { username: 'amira', name: MARKUP, is_admin: false, avatar_url: AVATARS[0] }),
    gitlabAnswer(LINK, 422, { message: `${MARKUP} ${REVERSED} ${MEGABYTE}` }, 'POST'),
    {
      path: '^/-/jira_connect/subscriptions/\\d+$',
      by: 'gitlab',
      answer: { status: 302, headers: { Location: EVIL } },
    },
  ]
}

test('nothing that a hostile instance sends runs, leaves for another origin, or stops the page', async ({
  configuration,
  gitlab,
  page,
  complaints,
}) => {
  gitlab.settings.overrides = hostileResponses()
  page.on('dialog', () => complaints.push('Something was executed.'))
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(NAMES.length)
  await expect(configuration.row(MARKUP)).toBeVisible()
  await expect(configuration.row(LINK_TEXT)).toBeVisible()
  await expect(configuration.row('Acme  cod.exe ')).toBeVisible()

  await configuration.signIn()
  await expect(configuration.frame.getByText(MARKUP).first()).toBeVisible()
  await configuration.chooseGroup('evil', 'evil/markup')
  await configuration.linkButton.click()
  await expect(configuration.failure.first()).toContainText(MARKUP)

  const body = configuration.frame.locator('body')
  expect((await body.innerText()).length, 'long texts were cut').toBeLessThan(60_000)
  expect(/[\u202A-\u202E\u2066-\u2069\p{Cc}]/u.test((await body.innerText()).replaceAll(/\s/g, ' '))).toBe(
    false,
  )
  for (const made of [
    'img[src="x"]',
    'script:not([src])',
    'a[href^="javascript:"]',
    `[src^="${EVIL}"]`,
    'img[src]',
  ])
    await expect(configuration.frame.locator(made), made).toHaveCount(0)

  // An instance that sends the request to unlink elsewhere.
  await configuration.unlink(LINK_TEXT)
  await expect(configuration.question.getByRole('alert')).toBeVisible()
  await configuration.cancelQuestionButton.click()
  await expect(configuration.row(LINK_TEXT)).toBeVisible()
  // The browser's words for the redirect that it did not follow.
  const redirects = complaints.filter((complaint) => /redirect|CORS/i.test(complaint))
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !redirects.includes(complaint)))
})

test('a hostile page in the GitLab window can neither navigate the page nor sign anyone in', async ({
  configuration,
  gitlab,
  local,
  page,
  complaints,
}) => {
  const attack = `<!doctype html><title>GitLab</title><script>
    const state = new URLSearchParams(location.search).get('state')
    const type = 'jiraConnectOauthCallback'
    for (const target of [opener, opener.parent, opener.top]) {
      try { target.location = '${EVIL}/' } catch {}
      try { target.location.replace('javascript:alert(1)') } catch {}
      for (let count = 0; count < 1000; count += 1) {
        target.postMessage({ type, success: true, code: 'forged', state, url: '${EVIL}/', location: '${EVIL}/' }, '*')
        target.postMessage({ type, success: false, state }, '*')
      }
    }
    document.title = 'Attacked'
  </script>`
  gitlab.settings.overrides = [
    { path: AUTHORIZE, by: 'gitlab', answer: { status: 200, contentType: 'text/html', body: attack } },
  ]
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  const frameUrl = () =>
    page
      .frames()
      .find((frame) => frame.url().startsWith(local.appUrl))
      ?.url()
  const before = [page.url(), frameUrl()]
  const popup = await configuration.openSignInWindow()
  await expect(popup).toHaveTitle('Attacked')
  await expect(configuration.waitingForWindow).toBeVisible()
  expect([page.url(), frameUrl()]).toEqual(before)
  expect(gitlab.requests.filter(({ url }) => url.includes('/oauth/token'))).toEqual([])
  // The browser says which navigations it refused.
  expectOnly(complaints, /navigat|javascript:/i)

  gitlab.settings.overrides = []
  await configuration.cancelButton.click()
  await configuration.signIn()
})

test('only Jira can frame the page or the callback', async ({
  configuration: _,
  gitlab,
  page,
  local,
  complaints,
}) => {
  const frames = ['subscriptions', 'oauth_callbacks?code=c&state=s'].map(
    (path) => `<iframe src="${local.appUrl}/-/jira_connect/${path}"></iframe>`,
  )
  const body = `<!doctype html><title>Stranger</title>${frames.join('')}`
  gitlab.settings.overrides = [
    { path: '^/stranger$', by: 'gitlab', answer: { status: 200, contentType: 'text/html', body } },
  ]
  await page.goto(`${local.gitlabUrl}/stranger`)
  await expect
    .poll(() => page.frames().map((frame) => frame.url().split(':')[0]))
    .toEqual(['http', 'chrome-error', 'chrome-error'])
  const refused = complaints.splice(0)
  expect(refused.filter((complaint) => complaint.includes('frame-ancestors'))).toHaveLength(2)
  expect(refused.filter((complaint) => !complaint.includes('frame-ancestors'))).toEqual([])
})

/** Atlassian's own script, which Connect wants; the others are names of XML, links for people, and words of libraries. */
const KNOWN_HOSTS = [
  'compiledcssinjs.com',
  'connect-cdn.atl-paas.net',
  'docs.gitlab.com',
  'fb.me',
  'gitlab.example.com',
  'gitlab.internal',
  'react.dev',
  'www.w3.org',
]

test('the built page knows no host to call besides those it needs', () => {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url))
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(js|css|html)$/.test(file),
  )
  const built = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n')
  const hosts = [...built.matchAll(/\b(?:https?|wss?):\/\/(\w[\w.-]*\w)/g)].map(([, host = '']) => host)
  expect([...new Set(hosts)].sort()).toEqual(KNOWN_HOSTS)
  expect(built).not.toMatch(/sendBeacon|WebSocket|EventSource|XMLHttpRequest|importScripts|statsig/i)
})
