import type { Instance } from '#mocks/gitlab/instance.ts'
import type { User } from '#mocks/gitlab/world/store.ts'

/** Who calls the API: the user of the access token, or the response that refuses it. */
export type Caller = { user: User; token: { readonly scopes: readonly string[] } } | { refusal: Response }

/**
 * Checks the token of an API request as GitLab's API guard does: present, neither revoked nor expired, one of the
 * scopes, the account active. Personal access tokens can come in a header of their own.
 */
export function authenticate(instance: Instance, request: Request, scopes: readonly string[]): Caller {
  const sent =
    request.headers.get('PRIVATE-TOKEN') ??
    /^Bearer (\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1] ??
    ''
  const token = instance.store.tokens.get(sent) ?? personalAccessToken(instance, sent)
  const user = token && instance.store.users.get(token.username)
  if (!token || !user) {
    return { refusal: Response.json({ message: '401 Unauthorized' }, { status: 401 }) }
  }
  if (token.expiresAt <= instance.now() && !token.revoked) {
    return refuse(401, {
      error: 'invalid_token',
      error_description: 'Token is expired. You can either do re-authorization or token refresh.',
    })
  }
  if (token.revoked) {
    return refuse(401, {
      error: 'invalid_token',
      error_description: 'Token was revoked. You have to re-authorize from the user.',
    })
  }
  if (!token.scopes.some((scope) => scopes.includes(scope))) {
    return refuse(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: scopes.join(' '),
    })
  }
  if (user.state === 'blocked' || instance.settings.accountBlocked) {
    const message = '403 Forbidden - Your account has been blocked.'
    return { refusal: Response.json({ message }, { status: 403 }) }
  }
  return { user, token }
}

/** They don't expire here, and aren't revoked. */
function personalAccessToken({ store }: Instance, sent: string) {
  const token = store.personalAccessTokens.get(sent)
  return token && { ...token, expiresAt: Number.POSITIVE_INFINITY, revoked: false }
}

function refuse(status: number, body: { error: string; error_description: string; scope?: string }): Caller {
  const challenge = `Bearer realm="Protected by OAuth 2.0", error="${body.error}", error_description="${body.error_description}"`
  return { refusal: Response.json(body, { status, headers: { 'WWW-Authenticate': challenge } }) }
}
