import { createHash, randomBytes } from 'node:crypto'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { readParameters, textParameter } from '#mocks/gitlab/web/requests.ts'
import type { Token } from '#mocks/gitlab/world/store.ts'
import { applicationOf } from './applications.ts'
import { UNKNOWN_CLIENT } from './authorization.ts'

type Parameters = Record<string, unknown>

/** The token and revocation endpoints, for a public client. */
export function tokenHandlers(instance: Instance): RequestHandler[] {
  return [
    http.post(`${instance.publicUrl}/oauth/token`, async ({ request }) => {
      const parameters = await readParameters(request)
      const grantType = textParameter(parameters, 'grant_type')
      if (grantType === 'authorization_code') return exchangeCode(instance, parameters)
      if (grantType === 'refresh_token') return refresh(instance, parameters)
      if (grantType === null) return missingParameter('grant_type')
      return oauthError(400, 'unsupported_grant_type')
    }),

    http.post(`${instance.publicUrl}/oauth/revoke`, async ({ request }) => {
      const parameters = await readParameters(request)
      if (!isKnownClient(instance, parameters)) {
        return Response.json(
          {
            error: 'unauthorized_client',
            error_description: 'You are not authorized to revoke this token',
          },
          { status: 403 },
        )
      }
      // RFC 7009 section 2.2: an unknown token isn't an error.
      const given = textParameter(parameters, 'token')
      for (const token of instance.store.tokens.values()) {
        if (token.accessToken === given || token.refreshToken === given) token.revoked = true
      }
      return Response.json({})
    }),
  ]
}

function exchangeCode(instance: Instance, parameters: Parameters): Response {
  const given = textParameter(parameters, 'code')
  if (given === null) return missingParameter('code')
  const code = instance.store.authorizationCodes.get(given)
  const verifier = textParameter(parameters, 'code_verifier')
  if (code?.codeChallenge && verifier === null) return missingParameter('code_verifier')
  const redirectUri = textParameter(parameters, 'redirect_uri')
  if (redirectUri === null) return missingParameter('redirect_uri')
  if (!isKnownClient(instance, parameters)) return oauthError(401, 'invalid_client')
  if (
    !code ||
    code.used ||
    code.expiresAt <= instance.now() ||
    code.clientId !== parameters.client_id ||
    code.redirectUri !== redirectUri ||
    !isVerifierOf(code, verifier)
  ) {
    return oauthError(400, 'invalid_grant')
  }
  code.used = true
  return issueToken(instance, code)
}

/** Rotation: the old access token and refresh token are both revoked. */
function refresh(instance: Instance, parameters: Parameters): Response {
  const given = textParameter(parameters, 'refresh_token')
  if (given === null) return missingParameter('refresh_token')
  if (!isKnownClient(instance, parameters)) return oauthError(401, 'invalid_client')
  const old = [...instance.store.tokens.values()].find((token) => token.refreshToken === given)
  const isRefused = instance.settings.refreshRefused
  if (isRefused || !old || old.revoked || old.clientId !== parameters.client_id)
    return oauthError(400, 'invalid_grant')
  old.revoked = true
  return issueToken(instance, old)
}

function issueToken(
  instance: Instance,
  grant: { username: string; clientId: string; scopes: readonly string[] },
): Response {
  const lifetimeSeconds = instance.settings.accessTokenLifetimeSeconds
  const createdAt = instance.now()
  const token: Token = {
    accessToken: randomBytes(32).toString('hex'),
    refreshToken: randomBytes(32).toString('hex'),
    username: grant.username,
    clientId: grant.clientId,
    scopes: grant.scopes,
    createdAt,
    expiresAt: createdAt + lifetimeSeconds * 1000,
    revoked: false,
  }
  instance.store.tokens.set(token.accessToken, token)
  return Response.json(
    {
      access_token: token.accessToken,
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      refresh_token: token.refreshToken,
      scope: token.scopes.join(' '),
      created_at: Math.floor(createdAt / 1000),
    },
    { headers: NO_STORE },
  )
}

/** A client without a secret is accepted unless "Confidential" is selected for the application. */
function isKnownClient(instance: Instance, parameters: Parameters): boolean {
  return applicationOf(instance, parameters.client_id)?.confidential === false
}

/** RFC 7636 section 4.6. A verifier without a challenge is also refused. */
function isVerifierOf(
  code: { codeChallenge: string | null; codeChallengeMethod: string },
  verifier: string | null,
): boolean {
  if (code.codeChallenge === null || verifier === null) return code.codeChallenge === verifier
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false
  const challenge =
    code.codeChallengeMethod === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  return challenge === code.codeChallenge
}

const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

const DESCRIPTIONS = {
  invalid_client: UNKNOWN_CLIENT,
  invalid_grant:
    'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
}

function missingParameter(name: string): Response {
  const body = { error: 'invalid_request', error_description: `Missing required parameter: ${name}.` }
  return Response.json(body, { status: 400, headers: NO_STORE })
}

function oauthError(status: 400 | 401, error: keyof typeof DESCRIPTIONS): Response {
  const description = DESCRIPTIONS[error]
  const challenge = `Bearer realm="GitLab", error="${error}", error_description="${description}"`
  return Response.json(
    { error, error_description: description },
    { status, headers: { ...NO_STORE, ...(status === 401 && { 'WWW-Authenticate': challenge }) } },
  )
}
