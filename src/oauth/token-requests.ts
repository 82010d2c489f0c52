import * as oauth from 'oauth4webapi'
import { bareRequest } from '#src/http/bare-request.ts'
import { limitBody, limitTime } from '#src/http/limits.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import type { CallbackMessage } from './callback-message.ts'
import { SignInError } from './errors.ts'

const SCOPE = 'api'
/** Used if GitLab gives no lifetime, which RFC 6749 leaves open; two hours is GitLab's own default. */
const DEFAULT_LIFETIME_SECONDS = 7200
/** Tokens and refusals take about one thousand bytes. */
const LARGEST_BODY_BYTES = 64 * 1024

/** The client of RFC 6749 section 2: a public one, as every client in a browser is. */
export interface OAuthClient {
  readonly server: AuthorizationServer
  readonly clientId: string
  readonly redirectUri: string
}

export interface AuthorizationRequest {
  /** The URL for the popup. */
  readonly url: URL
  readonly state: string
  readonly codeVerifier: string
}

/** What a token endpoint issued. Never leaves the closure that requested it. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** @see RFC 6749 section 4.1.1, RFC 7636 section 4.3 */
export async function createAuthorizationRequest(client: OAuthClient): Promise<AuthorizationRequest> {
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const url = new URL(client.server.authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: SCOPE,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString()
  return { url, state, codeVerifier }
}

/**
 * Exchanges the code of an authorization response for tokens.
 * @throws {SignInError} `issuer-mismatch`, `sign-in-denied`, `authorization-failed`, or what {@link failureOf} returns
 * @see RFC 6749 sections 4.1.2 and 4.1.3, RFC 7636 section 4.5, RFC 9207
 */
export async function exchangeCode(
  client: OAuthClient,
  request: AuthorizationRequest,
  response: CallbackMessage,
  signal: AbortSignal,
): Promise<Tokens> {
  await checkIssuer(client.server, response.iss, signal)
  if (!response.success) throw responseFailure(response.error, response.error_description)
  const { server, redirectUri } = client
  const publicClient = { client_id: client.clientId }
  return requestTokens(async () => {
    const parameters = oauth.validateAuthResponse(
      server,
      publicClient,
      new URLSearchParams({ code: response.code, state: response.state }),
      request.state,
    )
    const tokenResponse = await oauth.authorizationCodeGrantRequest(
      server,
      publicClient,
      oauth.None(),
      parameters,
      redirectUri,
      request.codeVerifier,
      optionsFor(server, { signal }),
    )
    return oauth.processAuthorizationCodeResponse(server, publicClient, await withoutNulls(tokenResponse))
  }, signal)
}

/**
 * Checks that the response is from the instance that was asked. Behind a proxy, GitLab can call itself by another URL
 * than the one by which users know it; its metadata then say so.
 * @throws {SignInError} `issuer-mismatch`
 * @see RFC 9207 section 2.4, OpenID Connect Discovery 1.0 section 4
 */
async function checkIssuer(
  server: AuthorizationServer,
  issuer: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (issuer === undefined || issuer === server.issuer) return
  try {
    const response = await oauth.discoveryRequest(new URL(server.issuer), optionsFor(server, { signal }))
    const metadata: { issuer?: unknown } = await response.json()
    if (response.ok && metadata.issuer === issuer) return
  } catch {
    // Without readable metadata, the issuer counts as a different one.
  }
  signal.throwIfAborted()
  throw new SignInError('issuer-mismatch')
}

/**
 * Exchanges a refresh token for new tokens. GitLab invalidates the old ones.
 * @throws {SignInError} what {@link failureOf} returns
 * @see RFC 6749 section 6; GitLab also wants the redirect URI
 */
export async function refreshTokens(client: OAuthClient, refreshToken: string): Promise<Tokens> {
  const { server, redirectUri } = client
  const publicClient = { client_id: client.clientId }
  const tokens = await requestTokens(async () => {
    const tokenResponse = await oauth.refreshTokenGrantRequest(
      server,
      publicClient,
      oauth.None(),
      refreshToken,
      {
        ...optionsFor(server),
        additionalParameters: { redirect_uri: redirectUri },
      },
    )
    return oauth.processRefreshTokenResponse(server, publicClient, await withoutNulls(tokenResponse))
  })
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken }
}

/** Asks GitLab to revoke a token. Best effort: the caller has already forgotten it. */
export async function revokeToken(client: OAuthClient, token: string): Promise<void> {
  try {
    await oauth.revocationRequest(
      client.server,
      { client_id: client.clientId },
      oauth.None(),
      token,
      // The page may be closing.
      optionsFor(client.server, { keepalive: true }),
    )
  } catch {
    // The token expires by itself.
  }
}

interface SendingOptions {
  readonly signal?: AbortSignal
  /** Sends it even if the page is closed meanwhile. */
  readonly keepalive?: boolean
}

/** The library refuses plain HTTP by default, but a page that is served over HTTP (local development) has no choice. */
function optionsFor(server: AuthorizationServer, { signal, keepalive = false }: SendingOptions = {}) {
  return {
    [oauth.allowInsecureRequests]: server.token_endpoint.startsWith('http:'),
    signal: limitTime(signal).signal,
    [oauth.customFetch]: async (url: string, init: oauth.CustomFetchOptions<string, unknown>) => {
      const response = await fetch(url, {
        ...(init as RequestInit),
        ...bareRequest,
        cache: 'no-store',
        keepalive,
      })
      return new Response(response.body && limitBody(response.body, LARGEST_BODY_BYTES), response)
    },
  }
}

async function requestTokens(
  request: () => Promise<oauth.TokenEndpointResponse>,
  signal?: AbortSignal,
): Promise<Tokens> {
  try {
    const response = await request()
    if (response.token_type !== 'bearer') throw new SignInError('token-request-failed')
    return {
      accessToken: response.access_token,
      refreshToken: response.refresh_token,
      expiresAt: Date.now() + (response.expires_in ?? DEFAULT_LIFETIME_SECONDS) * 1000,
    }
  } catch (error) {
    signal?.throwIfAborted()
    const failure = await failureOf(error)
    // Reading the reason may have taken a while, and the user may have canceled meanwhile.
    signal?.throwIfAborted()
    throw failure
  }
}

/** @returns a response without fields that are null, which the library takes for a wrong type, and for no tokens at all */
async function withoutNulls(response: Response): Promise<Response> {
  if (!response.ok) return response
  try {
    const fields = Object.entries((await response.clone().json()) as object)
    const set = fields.filter(([, value]) => value !== null)
    return set.length === fields.length
      ? response
      : new Response(JSON.stringify(Object.fromEntries(set)), response)
  } catch {
    // What is wrong with it, the library tells.
    return response
  }
}

/** Turns what the library threw into a failure of ours. Its errors aren't passed on: they can hold tokens or the expected state. */
async function failureOf(error: unknown): Promise<SignInError> {
  if (error instanceof SignInError) return error
  const response = error instanceof Error && error.cause instanceof Response ? error.cause : undefined
  const status = error instanceof oauth.ResponseBodyError ? error.status : response?.status
  const [refusal, description] = refusalOf(error)
  // A server error or a rate limit says nothing about the grant.
  if (status !== undefined && (status >= 500 || status === 429))
    return new SignInError(
      'token-endpoint-busy',
      description ?? (response && (await descriptionIn(response))),
    )
  if (refusal && BUSY.has(refusal)) return new SignInError('token-endpoint-busy', description)
  if (refusal === 'invalid_client') return new SignInError('client-refused', description)
  if (refusal && REFUSALS.has(refusal)) return new SignInError('token-request-failed', description ?? refusal)
  if (error instanceof TypeError)
    return new SignInError('token-endpoint-unreachable', undefined, 'no-response')
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return new SignInError('token-endpoint-unreachable', undefined, 'too-slow')
  // A response that isn't in OAuth's form isn't GitLab's, so it says nothing about the grant either.
  return new SignInError(refusal || isForeign(error) ? 'token-endpoint-unreachable' : 'token-request-failed')
}

/**
 * What a server says that can't serve a request right now; GitLab says the first about an organization under maintenance.
 * @see RFC 6749 section 4.1.2.1
 */
const BUSY: ReadonlySet<string> = new Set(['access_denied', 'temporarily_unavailable', 'server_error'])

/** @see RFC 6749 section 5.2 */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

/** Whether something other than a token endpoint responded: another form than JSON, or JSON of another shape. */
function isForeign(error: unknown): boolean {
  if (!(error instanceof oauth.OperationProcessingError)) return false
  const { cause, code } = error
  const hasBody = typeof cause === 'object' && cause !== null && 'body' in cause
  return code === oauth.PARSE_ERROR || hasBody
}

/** The library only reads the errors of RFC 6749 section 5.2, which don't include server errors. */
async function descriptionIn(response: Response): Promise<string | undefined> {
  try {
    const { error_description: description }: { error_description?: unknown } = await response.json()
    return typeof description === 'string' ? description : undefined
  } catch {
    return undefined
  }
}

function refusalOf(error: unknown): [error?: string, description?: string | undefined] {
  if (error instanceof oauth.ResponseBodyError) return [error.error, error.error_description]
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    // A challenge without an OAuth error, such as Basic, comes from a proxy.
    const { error: refusal = 'unknown', error_description: description } = error.cause[0]?.parameters ?? {}
    return [refusal, description]
  }
  return []
}

function responseFailure(error: string | undefined, description: string | undefined): SignInError {
  // GitLab's own callback page gives no reason; for a valid request, it's usually that the user denied access.
  if (error === undefined || error === 'access_denied') return new SignInError('sign-in-denied', description)
  return new SignInError('authorization-failed', description ?? error)
}
