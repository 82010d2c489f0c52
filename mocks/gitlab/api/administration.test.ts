import { expect, test } from 'vitest'
import { createGitLabWorld } from '#mocks/gitlab/testing/gitlab-world.ts'

const ADMIN = 'glpat-of-an-administrator'
const NEW = { name: 'GitLab for Jira', redirect_uri: 'https://app.example.com/callback', scopes: 'api' }

/** An instance with personal access tokens, and a way to call its API with one of them. */
function administered(settings = {}) {
  const { gitlab } = createGitLabWorld({ settings })
  gitlab.store.personalAccessTokens.set(ADMIN, { username: 'root', scopes: ['api'] })
  gitlab.store.personalAccessTokens.set('glpat-of-amira', { username: 'amira', scopes: ['api'] })
  gitlab.store.personalAccessTokens.set('glpat-reading', { username: 'root', scopes: ['read_api'] })
  const call = async (method: string, path: string, parameters?: Record<string, string>, token = ADMIN) => {
    const response = await gitlab.handle(
      new Request(`${gitlab.publicUrl}/api/v4/${path}`, {
        method,
        headers: { 'PRIVATE-TOKEN': token },
        ...(parameters && { body: new URLSearchParams(parameters) }),
      }),
    )
    return { status: response.status, body: await response.json() }
  }
  return { gitlab, call }
}

test('an administrator creates an application, confidential unless told otherwise, and sees its secret once', async () => {
  const { call } = administered()

  const { status, body } = await call('POST', 'applications', NEW)
  expect(status).toBe(201)
  expect(body).toMatchObject({
    application_name: NEW.name,
    callback_url: NEW.redirect_uri,
    confidential: true,
  })
  expect(body).toHaveProperty('secret')
  const { body: list } = await call('GET', 'applications')
  expect(list).toHaveLength(2)
  expect(list[1]).toEqual({
    id: 2,
    application_id: body.application_id,
    application_name: NEW.name,
    callback_url: NEW.redirect_uri,
    confidential: true,
  })
})

test.each([
  ['nothing', {}, { error: 'name is missing, redirect_uri is missing, scopes is missing' }],
  [
    'a relative redirect URI',
    { ...NEW, redirect_uri: '/callback' },
    { message: { redirect_uri: [expect.any(String)] } },
  ],
  ['no scope', { ...NEW, scopes: ' ' }, { message: { scopes: ["can't be blank"] } }],
  ['an odd flag', { ...NEW, confidential: 'maybe' }, { error: 'confidential is invalid' }],
])('an application with %s is refused', async (_what, parameters, body) => {
  const { call } = administered()
  expect(await call('POST', 'applications', parameters)).toEqual({ status: 400, body })
})

test('settings are changed one by one; what GitLab doesn’t know changes nothing', async () => {
  const { gitlab, call } = administered()
  const { body } = await call('PUT', 'application/settings', {
    jira_connect_proxy_url: 'https://gitlab.com',
    unknown: 'x',
  })
  expect(body).toMatchObject({ jira_connect_proxy_url: 'https://gitlab.com' })
  expect(gitlab.settings).toMatchObject({ proxyUrl: 'https://gitlab.com', applicationIdMistyped: null })

  await call('PUT', 'application/settings', { jira_connect_application_key: 'another' })
  const id = await gitlab.handle(new Request(`${gitlab.publicUrl}/-/jira_connect/oauth_application_id`))
  expect(await id.json()).toEqual({ application_id: 'another' })
})

test.each([
  ['no known setting', { unknown: 'x' }, { error: 'at least one parameter must be provided' }],
  [
    'a URL without scheme',
    { jira_connect_proxy_url: 'gitlab.com' },
    { message: { jira_connect_proxy_url: [expect.any(String)] } },
  ],
  [
    'a value that is too long',
    { jira_connect_application_key: 'x'.repeat(256) },
    { message: expect.anything() },
  ],
])('%s is refused', async (_what, parameters, body) => {
  const { call } = administered()
  expect(await call('PUT', 'application/settings', parameters)).toEqual({ status: 400, body })
})

test('only an administrator’s token with the scope api may do that', async () => {
  const { gitlab, call } = administered()
  const put = async (token: string) =>
    (await call('PUT', 'application/settings', { jira_connect_proxy_url: '' }, token)).status

  expect(await put('glpat-unknown')).toBe(401)
  expect(await put('glpat-of-amira')).toBe(403)
  expect(await put('glpat-reading')).toBe(403)
  expect(await put(ADMIN)).toBe(200)

  gitlab.settings.adminMode = true
  expect(await put(ADMIN), 'Admin Mode wants a scope of its own').toBe(403)
})
