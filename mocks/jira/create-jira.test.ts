import {
  AsymmetricAlgorithm,
  createQueryStringHash,
  decodeAsymmetric,
  decodeSymmetric,
  encodeSymmetric,
  fromMethodAndUrl,
  getKeyId,
  SymmetricAlgorithm,
} from '@atlassian/atlassian-jwt'
import { expect, test } from 'vitest'
import type { ScenarioControl } from './create-jira.ts'
import { createJira } from './create-jira.ts'

const publicUrl = 'http://jira.localhost:4700'
const appUrl = 'http://app.localhost:4701'
const baseUrl = `${appUrl}/-/jira_connect`

const descriptor = {
  key: 'gitlab-jira-connect-app.localhost',
  name: 'GitLab for Jira (app.localhost)',
  baseUrl,
  authentication: { type: 'jwt' },
  scopes: ['READ', 'WRITE', 'DELETE'],
  apiMigrations: { 'context-qsh': true, 'signed-install': true, gdpr: true },
  lifecycle: { installed: '/events/installed', uninstalled: '/events/uninstalled' },
  modules: {
    postInstallPage: {
      key: 'gitlab-configuration',
      name: { value: 'GitLab Configuration' },
      url: '/subscriptions',
    },
  },
}

interface InstalledEvent {
  token: string
  body: { clientKey: string; sharedSecret: string; baseUrl: string; eventType: string }
}

/** A Jira site, and an app that responds as configured and records the `installed` events it receives. */
function aSite({
  descriptorJson = descriptor as object,
  installedStatus = 204,
  scenarios,
}: {
  descriptorJson?: object
  installedStatus?: number
  scenarios?: ScenarioControl
} = {}) {
  const events: InstalledEvent[] = []
  const jira = createJira({
    publicUrl,
    appUrl,
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    ...(scenarios && { scenarios }),
    network: async (request) => {
      if (request.url === `${baseUrl}/app_descriptor.json`) return Response.json(descriptorJson)
      if (request.url !== `${baseUrl}/events/installed`) return new Response(null, { status: 404 })
      const token = request.headers.get('authorization')?.replace('JWT ', '') ?? ''
      events.push({ token, body: await request.json() })
      return new Response(null, { status: installedStatus })
    },
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    jira.handle(new Request(publicUrl + path, { headers }))
  const post = (path: string, body: object, origin: string) =>
    jira.handle(
      new Request(publicUrl + path, { method: 'POST', body: JSON.stringify(body), headers: { origin } }),
    )
  const lastEvent = () => {
    const event = events.at(-1)
    if (!event) throw new Error('No installed event was sent.')
    return event
  }
  return { jira, events, lastEvent, get, post }
}

test('the installed event is signed with a key that Jira publishes', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()

  const { token, body } = lastEvent()
  const key = await get(`/install-keys/${getKeyId(token)}`)
  const claims = decodeAsymmetric(token, await key.text(), AsymmetricAlgorithm.RS256)
  expect(claims).toMatchObject({ iss: body.clientKey, aud: [baseUrl] })
  expect(claims.qsh).toBe(createQueryStringHash(fromMethodAndUrl('POST', '/events/installed')))
  expect(body).toMatchObject({ baseUrl: publicUrl, eventType: 'installed' })
})

test('an unknown install key isn’t found', async () => {
  const { jira, get } = aSite()
  await jira.install()

  expect((await get('/install-keys/another')).status).toBe(404)
})

test('installing again keeps the client key and creates a new shared secret', async () => {
  const { jira, events } = aSite()
  await jira.install()
  await jira.install()

  const [first, second] = events.map(({ body }) => body)
  expect(second?.clientKey).toBe(first?.clientKey)
  expect(second?.sharedSecret).not.toBe(first?.sharedSecret)
})

test('the app isn’t installed if it refuses the event', async () => {
  const { jira, get } = aSite({ installedStatus: 401 })

  await expect(jira.install()).rejects.toThrow('HTTP 401')
  expect((await get('/module-url')).status).toBe(409)
})

test.each([
  ['key', { ...descriptor, key: 'x'.repeat(65) }],
  ['baseUrl', { ...descriptor, baseUrl: 'http://elsewhere.localhost:4701/-/jira_connect' }],
  ['apiMigrations.signed-install', { ...descriptor, apiMigrations: { 'context-qsh': true, gdpr: true } }],
  ['lifecycle', { ...descriptor, lifecycle: undefined }],
  ['modules.postInstallPage', { ...descriptor, modules: {} }],
])('a descriptor with a wrong %s is refused by name', async (field, descriptorJson) => {
  await expect(aSite({ descriptorJson }).jira.install()).rejects.toThrow(`descriptor: ${field}: `)
})

test('the signature of the page URL covers everything in it except the token', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()

  const { url: href } = await (await get('/module-url')).json()
  const url = new URL(href)
  const token = url.searchParams.get('jwt') ?? ''
  url.searchParams.delete('jwt')
  const claims = decodeSymmetric(token, lastEvent().body.sharedSecret, SymmetricAlgorithm.HS256)
  expect(claims.qsh).toBe(createQueryStringHash(fromMethodAndUrl('GET', `/subscriptions${url.search}`)))
  expect(url.origin + url.pathname).toBe(`${baseUrl}/subscriptions`)
  expect([...url.searchParams.keys()]).toEqual([
    'xdm_e',
    'xdm_c',
    'cp',
    'xdm_deprecated_addon_key_do_not_use',
    'lic',
    'cv',
  ])
})

test('a context token names the current user and lasts fifteen minutes', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  jira.settings.user = 'member'

  const { token } = await (await get('/context-token')).json()
  const claims = decodeSymmetric(token, lastEvent().body.sharedSecret, SymmetricAlgorithm.HS256)
  expect(claims).toMatchObject({ sub: '5b10ac8d82e05b22cc7d4ef5', qsh: 'context-qsh', aud: [descriptor.key] })
  expect(claims.exp - claims.iat).toBe(900)
})

function userPath(accountId: string) {
  return `/rest/api/3/user?accountId=${accountId}&expand=groups`
}

function appToken(path: string, sharedSecret: string, claims: object = {}) {
  const issuedAt = Date.parse('2026-03-02T09:00:00Z') / 1000
  const qsh = createQueryStringHash(fromMethodAndUrl('GET', path))
  return `JWT ${encodeSymmetric({ iss: descriptor.key, iat: issuedAt, exp: issuedAt + 60, qsh, ...claims }, sharedSecret)}`
}

test('the app can read a user’s groups with a request signed with the shared secret', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  const path = userPath('5b10a2844c20165700ede21g')

  const response = await get(path, { authorization: appToken(path, lastEvent().body.sharedSecret) })

  expect(response.status).toBe(200)
  expect((await response.json()).groups.items).toContainEqual({ name: 'org-admins' })
})

test('a request for a user is refused with an old secret, another issuer, another URL, or after it expired', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  const oldSecret = lastEvent().body.sharedSecret
  await jira.install()
  const { sharedSecret } = lastEvent().body
  const path = userPath('5b10a2844c20165700ede21g')

  const refused = [
    appToken(path, oldSecret),
    appToken(path, sharedSecret, { iss: 'another-app' }),
    appToken(userPath('another'), sharedSecret),
    appToken(path, sharedSecret, { exp: 1 }),
    'JWT not-a-token',
  ]
  for (const authorization of refused) expect((await get(path, { authorization })).status).toBe(401)
  expect((await get(path)).status).toBe(401)
})

test('an account that isn’t on the site isn’t found', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  const path = userPath('unknown')

  expect((await get(path, { authorization: appToken(path, lastEvent().body.sharedSecret) })).status).toBe(404)
})

test('only the host page can use the controls', async () => {
  const { jira, post } = aSite()
  await jira.install()

  expect((await post('/control/settings', { theme: 'dark' }, appUrl)).status).toBe(403)
  expect(jira.settings.theme).toBe('light')
  expect((await post('/control/settings', { theme: 'dark' }, publicUrl)).status).toBe(200)
  expect(jira.settings.theme).toBe('dark')
})

test('the query of the host page’s URL can set what the panel sets', async () => {
  const { jira, get } = aSite()

  const page = await (await get('/?theme=dark&locale=de-DE&user=member&panel=off')).text()

  expect(jira.settings).toMatchObject({ theme: 'dark', locale: 'de-DE', user: 'member' })
  expect(page).toContain('data-color-mode="dark"')
})

test('an unknown value is refused, and the error names it', async () => {
  const response = await aSite().get('/?theme=pink')

  expect(response.status).toBe(409)
  expect((await response.json()).error).toContain('theme')
})

test('the host page script is served as JavaScript without imports', async () => {
  const script = await (await aSite().get('/host-page.js')).text()

  expect(script).toContain('connectHost.defineModule')
  expect(script).not.toMatch(/^import |interface /m)
})

test('a request with another name of this machine is redirected to the site', async () => {
  const { jira } = aSite()
  const response = await jira.handle(new Request('http://localhost:4700/?theme=dark'))

  expect(response.headers.get('location')).toBe(`${publicUrl}/?theme=dark`)
})

test('after a reset, the site has its initial settings and no app', async () => {
  const { jira, get } = aSite()
  await jira.install()
  jira.settings.getToken = 'silent'
  jira.reset()

  expect(jira.settings.getToken).toBe('answers')
  expect((await get('/module-url')).status).toBe(409)
})

test('an expired context token has an expiration time in the past', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  jira.settings.getToken = 'expired'

  const { token } = await (await get('/context-token')).json()
  const claims = decodeSymmetric(token, lastEvent().body.sharedSecret, SymmetricAlgorithm.HS256)
  expect(claims.exp * 1000).toBeLessThan(Date.parse('2026-03-02T09:00:00Z'))
})

test('users can be hidden from the app, and administrators can have another group', async () => {
  const { jira, lastEvent, get } = aSite()
  await jira.install()
  const path = userPath('5b10a2844c20165700ede21g')
  const user = () => get(path, { authorization: appToken(path, lastEvent().body.sharedSecret) })

  jira.settings.adminGroup = 'site-admins'
  expect((await (await user()).json()).groups.items).toEqual([
    { name: 'jira-users' },
    { name: 'site-admins' },
  ])
  jira.settings.users = 'hidden'
  expect((await user()).status).toBe(403)
})

/** One scenario, `stormy`. */
function aControl() {
  let current: string | null = null
  const control: ScenarioControl = {
    all: [{ name: 'stormy', sentence: 'It rains </script> all day.' }],
    current: () => current,
    choose: async (name) => {
      if (name !== null && name !== 'stormy') throw new Error(`There is no scenario "${name}".`)
      current = name
    },
    mend: () => {
      current = null
    },
  }
  return control
}

test('the panel starts and ends scenarios, and only the host page can use it', async () => {
  const scenarios = aControl()
  const { post } = aSite({ scenarios })
  expect((await post('/control/scenario', { name: 'stormy' }, appUrl)).status).toBe(403)
  expect((await post('/control/mend', {}, appUrl)).status).toBe(403)
  expect(scenarios.current()).toBeNull()

  const chosen = await (await post('/control/scenario', { name: 'stormy' }, publicUrl)).json()
  expect(chosen).toMatchObject({ scenario: 'stormy', scenarios: scenarios.all })
  expect(await (await post('/control/mend', {}, publicUrl)).json()).toMatchObject({ scenario: null })
  await post('/control/scenario', { name: 'stormy' }, publicUrl)
  expect(await (await post('/control/scenario', { name: '' }, publicUrl)).json()).toMatchObject({
    scenario: null,
  })
})

test('the URL can start a scenario, together with other settings', async () => {
  const scenarios = aControl()
  const { jira, get } = aSite({ scenarios })
  const page = await (await get('/?scenario=stormy&theme=dark')).text()
  expect(scenarios.current()).toBe('stormy')
  expect(jira.settings.theme).toBe('dark')
  expect(page).toContain('It rains \\u003c/script> all day.')
})

test('an unknown scenario in the URL is named on the host page in one line', async () => {
  const { get } = aSite({ scenarios: aControl() })
  const response = await get('/?scenario=sunny')
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('"problem":"There is no scenario \\"sunny\\"."')
})
