import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { refusalOf } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { belongsTo } from '#src/gitlab/instance/instance-url.ts'
import { unlessAborted } from '#src/http/unless-aborted.ts'
import { authorize } from '#src/oauth/authorize.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { Popup } from '#src/oauth/popup.ts'
import type { OAuthClient, Tokens } from '#src/oauth/token-requests.ts'
import { refreshTokens, revokeToken } from '#src/oauth/token-requests.ts'
import { explainingSilence } from './token-silence.ts'

/** A token that expires sooner is refreshed before it is used. */
const REFRESH_MARGIN_MS = 30_000

/** What one sign-in to one instance has obtained. The tokens stay in this closure: nothing returns one. */
export interface Credentials {
  /**
   * Sends a request to the instance as the user; refreshes the access token if needed.
   * @throws {SignInError} `session-expired`: the sign-in has ended
   */
  readonly authorizedFetch: AuthorizedFetch
  /** Forgets the tokens at once, and has GitLab revoke them, and those of a refresh that is still under way. */
  end(): Promise<void>
}

interface CredentialsOptions {
  readonly instance: InstanceUrl
  /** Called when GitLab has refused to continue the sign-in, even if it has ended meanwhile. */
  readonly onExpired: (error: SignInError) => void
}

/**
 * Has the user sign in: see {@link authorize}.
 * @throws what {@link authorize} and {@link explainingSilence} throw; what it had obtained by then is revoked
 */
export async function obtainCredentials(
  popup: Popup,
  client: Promise<OAuthClient>,
  signal: AbortSignal,
  options: CredentialsOptions,
): Promise<Credentials> {
  const oauthClient = await unlessAborted(client, signal)
  const tokens = await explainingSilence(oauthClient, () => authorize(popup, client, signal), signal)
  return createCredentials(oauthClient, tokens, options)
}

function createCredentials(
  client: OAuthClient,
  obtained: Tokens,
  { instance, onExpired }: CredentialsOptions,
): Credentials {
  /** Undefined once the sign-in has ended. */
  let tokens: Tokens | undefined = obtained
  let renewal: Promise<void> | undefined
  let hasWorked = false

  /** GitLab invalidates a refresh token when it's used, so two refreshes at once would end the sign-in. */
  function renew(signal: AbortSignal | null | undefined): Promise<void> {
    renewal ??= renewTokens().finally(() => {
      renewal = undefined
    })
    // Others might be waiting for the same renewal.
    return signal ? unlessAborted(renewal, signal) : renewal
  }

  async function renewTokens(): Promise<void> {
    if (!tokens) throw new SignInError('session-expired')
    try {
      if (tokens.refreshToken === undefined) throw new SignInError('session-expired')
      const { refreshToken } = tokens
      const renewed = await explainingSilence(client, () => refreshTokens(client, refreshToken))
      // The sign-in has ended meanwhile, and the new tokens must not outlive it.
      if (tokens) tokens = renewed
      else void revokeToken(client, renewed.accessToken)
    } catch (error) {
      // If GitLab can't be reached, that says nothing about the sign-in.
      if (!(error instanceof SignInError) || error.code.startsWith('token-endpoint')) throw error
      throw expire(error.gitlabMessage)
    }
  }

  /** Ends the sign-in, which GitLab no longer accepts. @returns the error to throw */
  function expire(gitlabMessage: string | undefined): SignInError {
    const expired = new SignInError('session-expired', gitlabMessage)
    void end()
    onExpired(expired)
    return expired
  }

  /** @returns why GitLab refused a request; undefined if it didn't, or for another reason than the access token */
  async function tokenRefusal(response: Response, url: URL, method = 'GET') {
    if (response.status !== 401) return undefined
    try {
      const refusal = await refusalOf(response.clone(), url.pathname, method)
      const { code } = refusal
      // GitLab doesn't know tokens of an application that was deleted, as if it had received none. If this sign-in has
      // worked before, that is more likely than a proxy that has just begun to remove the header.
      const isAboutToken = code === 'access-token-refused' || (code === 'access-token-missing' && hasWorked)
      return isAboutToken ? refusal : undefined
    } catch {
      return undefined
    }
  }

  async function send(url: URL, init: RequestInit | undefined): Promise<Response> {
    if (!tokens) throw new SignInError('session-expired')
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${tokens.accessToken}`)
    // Neither follows a redirect, whatever the caller wants.
    const redirect = init?.redirect === 'manual' ? 'manual' : 'error'
    const response = await fetch(url, { ...init, headers, redirect })
    hasWorked ||= response.ok
    return response
  }

  async function end(): Promise<void> {
    const last = tokens
    tokens = undefined
    if (last) await revokeToken(client, last.accessToken)
  }

  return {
    async authorizedFetch(url, init) {
      if (!belongsTo(instance, url)) throw new TypeError('The access token is for its own instance only.')
      if (tokens && tokens.expiresAt - Date.now() < REFRESH_MARGIN_MS) await renew(init?.signal)
      const sent = tokens
      const response = await send(url, init)
      // Only some are about the access token; a new one wouldn't help with the others.
      if (!(await tokenRefusal(response, url, init?.method))) return response
      const isRenewed = tokens === sent
      if (isRenewed) await renew(init?.signal)
      const resent = tokens
      const second = await send(url, init)
      const refusal = await tokenRefusal(second, url, init?.method)
      // That the token is missing might be a proxy's doing.
      if (refusal?.code !== 'access-token-refused') return second
      if (!tokens) throw new SignInError('session-expired')
      // A token that was replaced meanwhile is refused for that, and says nothing about the sign-in.
      if (!isRenewed || tokens !== resent || renewal) return second
      throw expire(refusal.gitlabMessage)
    },
    end,
  }
}
