import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { redirectUri } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabUser } from '#src/gitlab/instance/user.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { unlessAborted } from '#src/http/unless-aborted.ts'
import { authorizationServerOf } from '#src/oauth/authorization-server.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { Popup } from '#src/oauth/popup.ts'
import { openPopup } from '#src/oauth/popup.ts'
import type { Credentials } from './credentials.ts'

/**
 * Loads what signing in needs. Load it early, so that a click doesn't have to wait.
 * @throws {SignInError} `part-missing`
 */
export async function loadSignIn() {
  try {
    return await import('./credentials.ts')
  } catch {
    throw new SignInError('part-missing')
  }
}

/** Who is signed in, as the page shows it. Contains no token. */
export type Account =
  /** `failure`: what ended the last sign-in, unless the user signed out. */
  | { readonly status: 'signed-out'; readonly failure?: unknown }
  | { readonly status: 'signing-in' }
  | { readonly status: 'signed-in'; readonly user: GitLabUser }

const failureIn = (account: Account) => ('failure' in account ? account.failure : undefined)

/** A user's sign-in to one GitLab instance. */
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

/**
 * @param instance the instance to sign in to
 * @param app the instance that serves this page and its callback
 */
export function createSession(instance: InstanceUrl, app: InstanceUrl): Session {
  const server = authorizationServerOf(new URL(instance))
  const listeners = new Set<() => void>()
  let account: Account = { status: 'signed-out' }
  let credentials: Credentials | undefined
  let attempt: { readonly abort: AbortController; popup?: Popup } | undefined

  function become(next: Account): void {
    if (next.status === account.status && failureIn(next) === failureIn(account)) return
    account = next
    for (const listener of listeners) listener()
  }

  /** Ends what there is, and what is under way. */
  function end(): Promise<void> | undefined {
    attempt?.abort.abort(new SignInError('sign-in-cancelled'))
    attempt = undefined
    const before = credentials
    credentials = undefined
    return before?.end()
  }

  return {
    getAccount: () => account,

    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async signIn(clientId) {
      void end()
      const thisAttempt: typeof attempt & object = { abort: new AbortController() }
      attempt = thisAttempt
      const client = clientId.then((id) => ({ server, clientId: id, redirectUri: redirectUri(app).href }))
      // Nothing awaits it if the popup is blocked, or the sign-in ends before.
      client.catch(() => undefined)
      let popup: Popup | undefined
      let obtained: Credentials | undefined
      try {
        popup = openPopup()
        thisAttempt.popup = popup
        become({ status: 'signing-in' })
        const signal = AbortSignal.any([thisAttempt.abort.signal, popup.gone])
        const { obtainCredentials } = await unlessAborted(loadSignIn(), signal)
        obtained = await obtainCredentials(popup, client, signal, {
          instance,
          onExpired(failure) {
            if (credentials !== obtained) return
            credentials = undefined
            become({ status: 'signed-out', failure })
          },
        })
        popup.close()
        // After a failed request, it takes a while to find out why, and a page that is closing has no time for that.
        const user = await unlessAborted(readUser(instance, obtained.authorizedFetch, signal), signal)
        signal.throwIfAborted()
        credentials = obtained
        become({ status: 'signed-in', user })
      } catch (failure) {
        popup?.close()
        void obtained?.end()
        // Otherwise a newer attempt has taken over, or the user has signed out.
        if (attempt === thisAttempt) become({ status: 'signed-out', failure })
      }
    },

    showWindow: () => attempt?.popup?.focus(),

    cancelSignIn: () => attempt?.abort.abort(new SignInError('sign-in-cancelled')),

    async signOut() {
      const ended = end()
      become({ status: 'signed-out' })
      await ended
    },

    async authorizedFetch(url, init) {
      if (!credentials) throw new SignInError('session-expired')
      return credentials.authorizedFetch(url, init)
    },
  }
}
