import { randomBytes } from 'node:crypto'
import { html } from 'hono/html'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'
import type { BrowserSession } from '#mocks/gitlab/web/browser-session.ts'
import { newSession, sessionHeaders, sessionOf } from '#mocks/gitlab/web/browser-session.ts'
import { htmlPage } from '#mocks/gitlab/web/html.ts'
import { readParameters, textParameter } from '#mocks/gitlab/web/requests.ts'
import { applicationOf } from './applications.ts'

const CODE_LIFETIME_MS = 600_000

export const UNKNOWN_CLIENT =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.'

interface AuthorizationRequest {
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string | null
  readonly codeChallenge: string | null
  readonly codeChallengeMethod: string
}

/** The authorization endpoint: it asks for consent every time, and shows an error page where others would redirect. */
export function authorizationHandlers(instance: Instance): RequestHandler[] {
  const root = relativeRoot(instance.publicUrl)
  const authorizeUrl = `${instance.publicUrl}/oauth/authorize`

  return [
    http.get(authorizeUrl, async ({ request }) => {
      const session = sessionOf(instance, request)
      // GitLab asks the user to sign in before it validates the request.
      if (!session.user) {
        session.session.returnTo = `${root}/oauth/authorize${new URL(request.url).search}`
        return redirect(`${root}/users/sign_in`, sessionHeaders(instance, session))
      }
      const checked = checkRequest(instance, await readParameters(request))
      if (typeof checked === 'string') return errorPage(instance, checked)
      if (instance.settings.trusted) return redirectingPage(instance)
      return consentPage(instance, session, checked, new URL(request.url).search)
    }),

    // The buttons of the consent page; GitLab's "Deny" is a form with `_method=delete`.
    http.post(authorizeUrl, async ({ request }) => {
      const parameters = await readParameters(request)
      const session = sessionOf(instance, request)
      if (!session.user || parameters.authenticity_token !== session.session.formToken) {
        // GitLab treats a form with a stale token as sent without a session.
        return redirect(
          `${root}/users/sign_in`,
          sessionHeaders(instance, newSession(instance, { username: null })),
        )
      }
      const checked = checkRequest(instance, parameters)
      if (typeof checked === 'string') return errorPage(instance, checked)
      if (instance.settings.neverReturns) return redirectingPage(instance)
      if (parameters._method === 'delete') {
        return redirectToClient(checked, {
          error: 'access_denied',
          error_description: 'The resource owner or authorization server denied the request.',
        })
      }
      return redirectToClient(checked, { code: issueCode(instance, session.user.username, checked) })
    }),
  ]
}

/** The authorization request, or the text of GitLab's error page. */
function checkRequest(
  instance: Instance,
  parameters: Record<string, unknown>,
): AuthorizationRequest | string {
  const clientId = textParameter(parameters, 'client_id')
  if (clientId === null) return 'Missing required parameter: client_id.'
  const application = applicationOf(instance, clientId)
  if (!application) return UNKNOWN_CLIENT

  const redirectUri = textParameter(parameters, 'redirect_uri')
  if (redirectUri !== application.redirectUri) return 'The redirect URI included is not valid.'

  const responseType = textParameter(parameters, 'response_type')
  if (responseType === null) return 'Missing required parameter: response_type.'
  if (responseType !== 'code') return 'The authorization server does not support this response type.'

  const scopes = (textParameter(parameters, 'scope') ?? 'api').split(/\s+/)
  if (!scopes.every((scope) => application.scopes.includes(scope))) {
    return 'The requested scope is invalid, unknown, or malformed.'
  }
  const codeChallenge = textParameter(parameters, 'code_challenge')
  const codeChallengeMethod = textParameter(parameters, 'code_challenge_method') ?? 'plain'
  if (codeChallenge !== null && !['plain', 'S256'].includes(codeChallengeMethod)) {
    return 'The code challenge method must be plain or S256.'
  }
  const state = textParameter(parameters, 'state')
  return { clientId, redirectUri, scopes, state, codeChallenge, codeChallengeMethod }
}

function issueCode(instance: Instance, username: string, request: AuthorizationRequest): string {
  const code = randomBytes(32).toString('hex')
  const { clientId, redirectUri, scopes, codeChallenge, codeChallengeMethod } = request
  instance.store.authorizationCodes.set(code, {
    username,
    clientId,
    redirectUri,
    scopes,
    codeChallenge,
    codeChallengeMethod,
    expiresAt: instance.now() + CODE_LIFETIME_MS,
    used: false,
  })
  return code
}

function redirectToClient(request: AuthorizationRequest, parameters: Record<string, string>): Response {
  const url = new URL(request.redirectUri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  if (request.state !== null) url.searchParams.set('state', request.state)
  return redirect(url.href)
}

/** GitLab renders its error page with status 200. */
function errorPage(instance: Instance, text: string): Response {
  return htmlPage(instance, {
    title: 'An error has occurred',
    body: html`<pre>${text}</pre>`,
  })
}

/** The intermediate page on the way to the application, where nothing follows. */
function redirectingPage(instance: Instance): Response {
  return htmlPage(instance, {
    title: 'Redirecting…',
    body: html`<p>You’re being redirected to the application.</p>`,
  })
}

function consentPage(
  instance: Instance,
  { session, user }: BrowserSession,
  request: AuthorizationRequest,
  search: string,
): Response {
  const root = relativeRoot(instance.publicUrl)
  const name = instance.store.oauthApplication.name
  const hidden: Record<string, string | null> = {
    authenticity_token: session.formToken,
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: request.scopes.join(' '),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallenge && request.codeChallengeMethod,
  }
  const fields = Object.entries(hidden).map(
    ([field, value]) => value !== null && html`<input type="hidden" name="${field}" value="${value}">`,
  )
  const action = `${root}/oauth/authorize`
  return htmlPage(instance, {
    title: `Authorize ${name} to use your account?`,
    body: html`
<p><strong>${name}</strong> is requesting access to your GitLab account <strong>${user?.name} (@${user?.username})</strong>.
After you authorize it, you return to ${new URL(request.redirectUri).host}.</p>
<h2>This application will be able to:</h2>
<ul>${request.scopes.map((scope) => html`<li>${SCOPES[scope] ?? scope} (<code>${scope}</code>)</li>`)}</ul>
<div class="actions">
<form method="post" action="${action}">${fields}<button class="primary">Authorize</button></form>
<form method="post" action="${action}">${fields}<input type="hidden" name="_method" value="delete"><button>Deny</button></form>
</div>
<h2>Not ${user?.name}?</h2>
<form method="post" action="${root}/users/sign_out">
<input type="hidden" name="authenticity_token" value="${session.formToken}">
<input type="hidden" name="return_to" value="${action}${search}">
<button>Sign out</button>
</form>`,
  })
}

const SCOPES: Record<string, string> = {
  api: 'Access the complete API, including all groups and projects',
  read_api: 'Read the API',
  read_user: 'Read your personal information',
}

/** A redirect that a browser follows with GET. */
export function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 302,
    headers: { ...headers, Location: location, 'Cache-Control': 'no-cache' },
  })
}
