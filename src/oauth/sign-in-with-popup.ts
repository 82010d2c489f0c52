import { SignInError } from './errors.ts'
import type { Popup } from './popup.ts'
import { openPopup } from './popup.ts'
import type { OAuthClient, Tokens } from './token-requests.ts'

/**
 * Loads the OAuth library. Load it early, so that a click doesn't have to wait.
 * @throws {SignInError} `part-missing`
 */
export async function loadTokenRequests() {
  try {
    return await import('./token-requests.ts')
  } catch {
    throw new SignInError('part-missing')
  }
}

export interface PopupSignIn {
  /** The window, to bring to the front or close. */
  readonly popup: Popup
  /**
   * The tokens that GitLab issued.
   * @throws {SignInError} with a code for each reason
   * @throws the signal's reason when it aborts
   */
  readonly tokens: Promise<Tokens>
}

/**
 * Signs in to a GitLab instance by authorization code grant with PKCE, in a popup.
 * Call it directly from a click handler: the popup is opened before the first await.
 * @param client may still be pending: the popup stays empty until then
 * @throws {SignInError} `popup-blocked`
 * @see RFC 6749 section 4.1, RFC 7636 section 4, RFC 9700 section 4.17
 */
export function signInWithPopup(client: Promise<OAuthClient>, signal: AbortSignal): PopupSignIn {
  const popup = openPopup()
  return { popup, tokens: authorize(popup, client, signal).finally(() => popup.close()) }
}

async function authorize(popup: Popup, client: Promise<OAuthClient>, signal: AbortSignal): Promise<Tokens> {
  const [{ createAuthorizationRequest, exchangeCode }, oauthClient] = await Promise.all([
    loadTokenRequests(),
    client,
  ])
  const request = await createAuthorizationRequest(oauthClient)
  signal.throwIfAborted()
  popup.navigate(request.url)
  const response = await popup.waitForResponse(request.state, signal)
  return exchangeCode(oauthClient, request, response, signal)
}
