import { expect, test } from 'vitest'
import { accessTokenOf, authorize, exchange } from '#mocks/gitlab/testing/browser.ts'
import { createGitLabWorld, send } from '#mocks/gitlab/testing/gitlab-world.ts'

async function codeOf(gitlab: Parameters<typeof authorize>[0]) {
  return (await authorize(gitlab)).searchParams.get('code')
}

function refresh(gitlab: Parameters<typeof authorize>[0], refreshToken: string) {
  return exchange(gitlab, null, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    code: undefined,
    code_verifier: undefined,
  })
}

test('exchanges a code for a token of the person who consented', async () => {
  const { gitlab, clock } = createGitLabWorld()
  const response = await exchange(gitlab, await codeOf(gitlab))
  expect(response.status).toBe(200)
  const token = (await response.json()) as { access_token: string }
  expect(token).toMatchObject({
    token_type: 'Bearer',
    expires_in: 7200,
    scope: 'api',
    created_at: clock.now / 1000,
    refresh_token: expect.any(String),
  })
  const user = await send(gitlab, '/api/v4/user', {
    headers: { Authorization: `Bearer ${token.access_token}` },
  })
  expect(await user.json()).toMatchObject({ id: 2, username: 'amira', name: 'Amira Haddad' })
})

test.each([
  ['another code verifier', { code_verifier: 'b'.repeat(43) }],
  ['another redirect URI', { redirect_uri: 'http://app.localhost:8000/elsewhere' }],
  ['an unknown code', { code: 'unknown' }],
])('refuses a code exchange with %s as invalid_grant', async (_, overrides) => {
  const { gitlab } = createGitLabWorld()
  const response = await exchange(gitlab, await codeOf(gitlab), overrides)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
})

test('accepts a code once', async () => {
  const { gitlab } = createGitLabWorld()
  const code = await codeOf(gitlab)
  expect((await exchange(gitlab, code)).status).toBe(200)
  const again = await exchange(gitlab, code)
  expect(again.status).toBe(400)
  expect(await again.json()).toMatchObject({ error: 'invalid_grant' })
})

test('refuses a code after ten minutes', async () => {
  const { gitlab, clock } = createGitLabWorld()
  const code = await codeOf(gitlab)
  clock.now += 600_000
  expect(await (await exchange(gitlab, code)).json()).toMatchObject({ error: 'invalid_grant' })
})

test('requires the verifier of a challenge, and the redirect URI', async () => {
  const { gitlab } = createGitLabWorld()
  const code = await codeOf(gitlab)
  const withoutVerifier = await exchange(gitlab, code, { code_verifier: undefined })
  expect(withoutVerifier.status).toBe(400)
  expect(await withoutVerifier.json()).toEqual({
    error: 'invalid_request',
    error_description: 'Missing required parameter: code_verifier.',
  })
  const withoutRedirectUri = await exchange(gitlab, code, { redirect_uri: undefined })
  expect(await withoutRedirectUri.json()).toMatchObject({
    error: 'invalid_request',
    error_description: 'Missing required parameter: redirect_uri.',
  })
})

test('refuses a public client if the application is confidential, although consent worked', async () => {
  const { gitlab } = createGitLabWorld({ settings: { confidential: true } })
  const response = await exchange(gitlab, await codeOf(gitlab))
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ error: 'invalid_client' })
})

test('refuses an unknown client and an unknown grant type', async () => {
  const { gitlab } = createGitLabWorld()
  const code = await codeOf(gitlab)
  expect((await exchange(gitlab, code, { client_id: 'unknown' })).status).toBe(401)
  const response = await exchange(gitlab, code, { grant_type: 'password' })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' })
})

test('a refresh ends the old access token and the old refresh token', async () => {
  const { gitlab } = createGitLabWorld()
  const first = await (await exchange(gitlab, await codeOf(gitlab))).json()
  const refreshed = await refresh(gitlab, first.refresh_token)
  expect(refreshed.status).toBe(200)
  const second = await refreshed.json()

  const user = (token: string) =>
    send(gitlab, '/api/v4/user', { headers: { Authorization: `Bearer ${token}` } })
  expect((await user(second.access_token)).status).toBe(200)
  const withOldToken = await user(first.access_token)
  expect(withOldToken.status).toBe(401)
  expect(await withOldToken.json()).toMatchObject({
    error: 'invalid_token',
    error_description: 'Token was revoked. You have to re-authorize from the user.',
  })
  const again = await refresh(gitlab, first.refresh_token)
  expect(again.status).toBe(400)
  expect(await again.json()).toMatchObject({ error: 'invalid_grant' })
})

test('a refresh token outlives its access token', async () => {
  const { gitlab, clock } = createGitLabWorld()
  const token = await (await exchange(gitlab, await codeOf(gitlab))).json()
  clock.now += 7_200_000
  const expired = await send(gitlab, '/api/v4/user', {
    headers: { Authorization: `Bearer ${token.access_token}` },
  })
  expect(expired.status).toBe(401)
  expect(await expired.json()).toEqual({
    error: 'invalid_token',
    error_description: 'Token is expired. You can either do re-authorization or token refresh.',
  })
  expect((await refresh(gitlab, token.refresh_token)).status).toBe(200)
})

test('revokes a token only for a known client, and accepts an unknown token', async () => {
  const { gitlab } = createGitLabWorld()
  const token = await accessTokenOf(gitlab)
  const revoke = (parameters: Record<string, string>) =>
    send(gitlab, '/oauth/revoke', { method: 'POST', body: new URLSearchParams(parameters) })
  const refused = await revoke({ token })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ error: 'unauthorized_client' })

  const { clientId } = gitlab.store.oauthApplication
  expect(await (await revoke({ token: 'unknown', client_id: clientId })).json()).toEqual({})
  expect((await revoke({ token, client_id: clientId })).status).toBe(200)
  const user = await send(gitlab, '/api/v4/user', { headers: { Authorization: `Bearer ${token}` } })
  expect(user.status).toBe(401)
})
