import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { refusalOf } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { belongsTo, redirectUri } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { authorizationServerOf } from '#src/oauth/authorization-server.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { Popup } from '#src/oauth/popup.ts'
import { loadTokenRequests, signInWithPopup } from '#src/oauth/sign-in-with-popup.ts'
import type { OAuthClient, Tokens } from '#src/oauth/token-requests.ts'

/** Loads what signing in needs. Load it early, so that a click doesn't have to wait. */
export const loadSignIn: () => Promise<unknown> = loadTokenRequests

/** A token that expires sooner is refreshed before it is used. */
const REFRESH_MARGIN_MS = 30_000

/** Who is signed in, as the page shows it. Contains no token. */
export type Account =
  /** `failure`: what ended the last sign-in, unless the user signed out. */
  | { readonly status: 'signed-out'; readonly failure?: unknown }
  | { readonly status: 'signing-in' }
  | { readonly status: 'signed-in'; readonly user: GitLabUser }

/** A user's sign-in to one GitLab instance. The tokens stay in this closure: nothing returns one. */
export interface Session {
  getAccount(): Account
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void
  /** Call it directly from a click handler. Never rejects: failures are in the account. */
  signIn(clientId: Promise<string>): Promise<void>
  showWindow(): void
  cancelSignIn(): void
  /** Forgets the tokens at once, ends a sign-in that is under way, and asks GitLab to revoke the tokens. */
  signOut(): Promise<void>
  /**
   * Sends a request to this instance as the signed-in user; refreshes the access token if needed.
   * @throws {SignInError} `session-expired`: the user isn't signed in anymore, and the account says so
   */
  readonly authorizedFetch: AuthorizedFetch
}

interface SignedIn {
  readonly client: OAuthClient
  readonly tokens: Tokens
  /** Kept here, since a page that is being closed can't load anything. */
  readonly requests: Awaited<ReturnType<typeof loadTokenRequests>>
}

/**
 * @param instance the instance to sign in to
 * @param app the instance that serves this page and its callback
 */
export function createSession(instance: InstanceUrl, app: InstanceUrl): Session {
  const server = authorizationServerOf(new URL(instance))
  const listeners = new Set<() => void>()
  let account: Account = { status: 'signed-out' }
  let signedIn: SignedIn | undefined
  let refreshing: Promise<void> | undefined
  let attempt: { readonly abort: AbortController; popup?: Popup } | undefined

  function become(next: Account): void {
    account = next
    for (const listener of listeners) listener()
  }

  function forget(failure?: unknown): void {
    signedIn = undefined
    refreshing = undefined
    become({ status: 'signed-out', ...(failure !== undefined && { failure }) })
  }

  /** GitLab invalidates a refresh token when it's used, so two refreshes at once would end the session. */
  function refresh(): Promise<void> {
    refreshing ??= renewTokens().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  async function renewTokens(): Promise<void> {
    const before = signedIn
    if (!before) throw new SignInError('session-expired')
    const { tokens, client, requests } = before
    try {
      if (tokens.refreshToken === undefined) throw new SignInError('session-expired')
      const renewed = await requests.refreshTokens(client, tokens.refreshToken)
      if (signedIn === before) signedIn = { ...before, tokens: renewed }
      // The user signed out meanwhile, and the new tokens must not outlive that.
      else void revoke({ ...before, tokens: renewed })
    } catch (error) {
      // If GitLab can't be reached, that says nothing about the sign-in.
      if (error instanceof SignInError && !error.code.startsWith('token-endpoint')) {
        const expired = new SignInError('session-expired', error.gitlabMessage)
        if (signedIn === before) forget(expired)
        throw expired
      }
      throw error
    }
  }

  const authorizedFetch: AuthorizedFetch = async (url, init) => {
    if (!belongsTo(instance, url)) throw new TypeError('The access token is for its own instance only.')
    if (signedIn && signedIn.tokens.expiresAt - Date.now() < REFRESH_MARGIN_MS) await refresh()
    const sent = signedIn
    const response = await sendAsUser(url, init)
    if (response.status !== 401) return response
    // Only some are about the access token; a new one wouldn't help with the others.
    if (!(await isTokenRefused(response.clone(), url, init))) return response
    if (signedIn === sent) await refresh()
    return sendAsUser(url, init)
  }

  async function isTokenRefused(
    response: Response,
    url: URL,
    init: RequestInit | undefined,
  ): Promise<boolean> {
    try {
      const { code } = await refusalOf(response, url.pathname, init?.method ?? 'GET')
      // GitLab doesn't know tokens of an application that was deleted, as if it had received none. If this sign-in has
      // worked before, that is more likely than a proxy that has just begun to remove the header.
      return (
        code === 'access-token-refused' || (code === 'access-token-missing' && account.status === 'signed-in')
      )
    } catch {
      return false
    }
  }

  async function sendAsUser(url: URL, init: RequestInit | undefined): Promise<Response> {
    if (!signedIn) throw new SignInError('session-expired')
    const headers = new Headers(init?.headers)
    headers.set('authorization', `Bearer ${signedIn.tokens.accessToken}`)
    // Neither follows a redirect, whatever the caller wants.
    return fetch(url, { ...init, headers, redirect: init?.redirect === 'manual' ? 'manual' : 'error' })
  }

  function revoke({ tokens, client, requests }: SignedIn): Promise<void> {
    return requests.revokeToken(client, tokens.accessToken)
  }

  return {
    getAccount: () => account,

    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async signIn(clientId) {
      attempt?.abort.abort(new SignInError('sign-in-cancelled'))
      const thisAttempt: typeof attempt & object = { abort: new AbortController() }
      attempt = thisAttempt
      const { signal } = thisAttempt.abort
      const client = clientId.then((id) => ({ server, clientId: id, redirectUri: redirectUri(app).href }))
      // If the popup is blocked, nothing awaits the client ID.
      client.catch(() => undefined)
      let got: SignedIn | undefined
      try {
        const { popup, tokens } = signInWithPopup(client, signal)
        thisAttempt.popup = popup
        become({ status: 'signing-in' })
        got = { tokens: await tokens, client: await client, requests: await loadTokenRequests() }
        signal.throwIfAborted()
        signedIn = got
        const user = await readUser(instance, authorizedFetch)
        signal.throwIfAborted()
        become({ status: 'signed-in', user })
      } catch (error) {
        if (got) void revoke(got)
        // Otherwise a newer attempt has taken over.
        if (attempt === thisAttempt) forget(error)
      }
    },

    showWindow: () => attempt?.popup?.focus(),

    cancelSignIn: () => attempt?.abort.abort(new SignInError('sign-in-cancelled')),

    async signOut() {
      const before = signedIn
      attempt?.abort.abort(new SignInError('sign-in-cancelled'))
      attempt = undefined
      forget()
      if (before) await revoke(before)
    },

    authorizedFetch,
  }
}
