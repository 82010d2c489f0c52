import { createHmac, generateKeyPairSync } from 'node:crypto'
import {
  AsymmetricAlgorithm,
  createQueryStringHash,
  encodeAsymmetric,
  fromMethodAndUrl,
} from '@atlassian/atlassian-jwt'
import { expect, test } from 'vitest'
import {
  APP_URL,
  CLIENT_KEY,
  createGitLabWorld,
  INSTALL_KEYS,
  JIRA_URL,
  putInstanceUrl,
  send,
} from '#mocks/gitlab/testing/gitlab-world.ts'

test('an installed event from Jira creates the installation, with three linked groups only the first time', async () => {
  const { app, jira } = createGitLabWorld()
  const response = await jira.send(app, 'installed')
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  expect(app.store.installations.get(CLIENT_KEY)).toEqual({
    clientKey: CLIENT_KEY,
    sharedSecret: 'first secret',
    baseUrl: JIRA_URL,
    instanceUrl: null,
  })
  expect(app.store.linkedGroups(CLIENT_KEY)).toHaveLength(3)

  await jira.send(app, 'uninstalled')
  expect(app.store.installations.size).toBe(0)
  await jira.send(app, 'installed')
  expect(app.store.linkedGroups(CLIENT_KEY)).toHaveLength(0)
})

test.each([
  ['another audience', { aud: ['http://elsewhere.localhost/-/jira_connect'] }],
  ['another issuer', { iss: 'another-client-key' }],
  ['the query string hash of another request', { qsh: 'context-qsh' }],
  ['a token that has expired', { exp: 1 }],
])('refuses an installed event with %s', async (_, overrides) => {
  const { app, jira } = createGitLabWorld()
  const response = await jira.send(app, 'installed', overrides)
  expect(response.status).toBe(401)
  expect(await response.text()).toBe('')
  expect(app.store.installations.size).toBe(0)
})

test.each(['', 'acme', 'ftp://acme.atlassian.net'])(
  'an installed event whose base URL is “%s” gets 422',
  async (baseUrl) => {
    const { app, jira } = createGitLabWorld()
    const response = await jira.send(app, 'installed', {}, { baseUrl })
    expect(response.status).toBe(422)
    expect(await response.text()).toBe('')
    expect(app.store.installations.size).toBe(0)
  },
)

test('an event for the additional audience URL is accepted, too', async () => {
  const { app, jira } = createGitLabWorld()
  const forTheTunnel = { aud: ['https://dev.acme.example/-/jira_connect'] }
  expect((await jira.send(app, 'installed', forTheTunnel)).status).toBe(401)
  app.settings.additionalAudienceUrl = 'https://dev.acme.example/'
  expect((await jira.send(app, 'installed', forTheTunnel)).status).toBe(200)
  expect((await jira.send(app, 'installed')).status, 'and for its own URL').toBe(200)
})

test('refuses an event that isn’t signed with the key it names', async () => {
  const { app } = createGitLabWorld()
  const url = `${APP_URL}/-/jira_connect/events/installed`
  const claims = {
    iss: CLIENT_KEY,
    aud: [`${APP_URL}/-/jira_connect`],
    qsh: createQueryStringHash(fromMethodAndUrl('POST', url), false, `${APP_URL}/-/jira_connect`),
    exp: 9_999_999_999,
  }
  const { publicKey } = INSTALL_KEYS
  const other = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const otherPem = other.export({ type: 'pkcs8', format: 'pem' }).toString()
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const unsigned = `${encoded({ alg: 'HS256', kid: 'jira-key' })}.${encoded(claims)}`
  const tokens = {
    'the key of someone else': encodeAsymmetric(claims, otherPem, AsymmetricAlgorithm.RS256, {
      kid: 'jira-key',
    }),
    'no key id': encodeAsymmetric(claims, INSTALL_KEYS.privateKey, AsymmetricAlgorithm.RS256),
    'the public key as a shared secret': `${unsigned}.${createHmac('sha256', publicKey).update(unsigned).digest('base64url')}`,
    'no signature': `${encoded({ alg: 'none', kid: 'jira-key' })}.${encoded(claims)}.`,
  }
  for (const [how, token] of Object.entries(tokens)) {
    const response = await app.handle(
      new Request(url, {
        method: 'POST',
        headers: { Authorization: `JWT ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientKey: CLIENT_KEY, sharedSecret: 'forged', baseUrl: JIRA_URL }),
      }),
    )
    expect(response.status, how).toBe(401)
  }
  expect(app.store.installations.size).toBe(0)
})

test('refuses an uninstalled event that isn’t signed for this request', async () => {
  const { app, jira } = createGitLabWorld()
  await jira.send(app, 'installed')
  for (const wrong of [{ qsh: 'context-qsh' }, { aud: ['https://elsewhere.example'] }, { iss: 'other' }]) {
    expect((await jira.send(app, 'uninstalled', wrong)).status).toBe(401)
  }
  expect(app.store.installations.size).toBe(1)
})

test('refuses an installed event if its signing key isn’t found', async () => {
  const { app, jira, unreachable } = createGitLabWorld()
  unreachable.add(JIRA_URL)
  expect((await jira.send(app, 'installed')).status).toBe(401)
})

test('with a proxy URL set, keys come from there: an event from Jira itself is refused', async () => {
  const { gitlab, jira } = createGitLabWorld()
  expect((await jira.send(gitlab, 'installed')).status).toBe(401)
  gitlab.settings.proxyUrl = ''
  expect((await jira.send(gitlab, 'installed')).status).toBe(200)
})

test('choosing another instance sends it the installation', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  const response = await putInstanceUrl(world, world.gitlab.publicUrl)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ gitlab_com: false, instance_url: world.gitlab.publicUrl })
  expect(world.gitlab.store.installations.get(CLIENT_KEY)).toMatchObject({
    sharedSecret: 'first secret',
    baseUrl: JIRA_URL,
    instanceUrl: null,
  })
  expect(world.gitlab.store.linkedGroups(CLIENT_KEY)).toHaveLength(3)
})

test('a reinstallation rotates the secret here and on the selected instance', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  world.jira.sharedSecret = 'second secret'
  await world.jira.send(world.app, 'installed')
  for (const { store } of [world.app, world.gitlab]) {
    expect(store.installations.get(CLIENT_KEY)?.sharedSecret).toBe('second secret')
  }
})

test('a reinstallation succeeds even if the selected instance keeps its old secret', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  world.unreachable.add(world.gitlab.publicUrl)
  world.jira.sharedSecret = 'second secret'
  expect((await world.jira.send(world.app, 'installed')).status).toBe(200)
  expect(world.gitlab.store.installations.get(CLIENT_KEY)?.sharedSecret).toBe('first secret')

  const path = `/-/jira_connect/subscriptions.json?jwt=${world.jira.contextToken()}`
  expect((await send(world.gitlab, path)).status).toBe(403)
})

test('restores the previous instance when the new one refuses or can’t be reached', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  world.gitlab.settings.proxyUrl = ''
  const refused = await putInstanceUrl(world, world.gitlab.publicUrl)
  expect(refused.status).toBe(422)
  expect(await refused.json()).toEqual({
    errors: 'Could not be installed on the instance. Error response code 401',
  })
  world.unreachable.add(world.gitlab.publicUrl)
  const unreachable = await putInstanceUrl(world, world.gitlab.publicUrl)
  expect(unreachable.status).toBe(422)
  expect(await unreachable.json()).toEqual({
    errors: 'Could not be installed on the instance. Network error',
  })
  expect(world.app.store.installations.get(CLIENT_KEY)?.instanceUrl).toBeNull()
})

test('saving the same instance again ignores its refusal', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  world.gitlab.settings.proxyUrl = ''
  expect((await putInstanceUrl(world, world.gitlab.publicUrl)).status).toBe(200)
})

test('clearing the instance makes the old one forget the installation and its links', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  const response = await putInstanceUrl(world, null)
  expect(await response.json()).toEqual({ gitlab_com: true, instance_url: null })
  await world.app.idle()
  expect(world.gitlab.store.installations.size).toBe(0)
  expect(world.gitlab.store.subscriptions.size).toBe(0)
})

test('an uninstalled event from Jira is passed on to the selected instance', async () => {
  const world = createGitLabWorld()
  await world.jira.send(world.app, 'installed')
  await putInstanceUrl(world, world.gitlab.publicUrl)
  expect((await world.jira.send(world.app, 'uninstalled')).status).toBe(200)
  await world.app.idle()
  expect(world.app.store.installations.size).toBe(0)
  expect(world.gitlab.store.installations.size).toBe(0)
})

test('passes an installation on to an instance below a relative URL root', async () => {
  const world = createGitLabWorld({ gitlabUrl: 'http://gitlab.localhost:9000/gitlab' })
  await world.jira.send(world.app, 'installed')
  expect((await putInstanceUrl(world, 'http://gitlab.localhost:9000')).status).toBe(422)
  expect((await putInstanceUrl(world, 'http://gitlab.localhost:9000/gitlab')).status).toBe(200)
  expect(world.gitlab.store.installations.has(CLIENT_KEY)).toBe(true)
})
