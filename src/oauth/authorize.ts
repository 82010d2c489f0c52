import { unlessAborted } from '#src/http/unless-aborted.ts'
import type { CallbackMessage } from './callback-message.ts'
import { parseCallbackMessage } from './callback-message.ts'
import type { Popup } from './popup.ts'
import type { OAuthClient, Tokens } from './token-requests.ts'
import { createAuthorizationRequest, exchangeCode } from './token-requests.ts'

/**
 * Has the user authorize the client in the popup: authorization code grant with PKCE.
 * @param client may still be pending: the popup stays empty until then
 * @param signal aborts when the user cancels, or the popup is gone
 * @throws {SignInError} with a code for each reason
 * @throws the signal's reason as soon as it aborts
 * @see RFC 6749 section 4.1, RFC 7636 section 4, RFC 9700 section 4.17
 */
export async function authorize(
  popup: Popup,
  client: Promise<OAuthClient>,
  signal: AbortSignal,
): Promise<Tokens> {
  const oauthClient = await unlessAborted(client, signal)
  const request = await createAuthorizationRequest(oauthClient)
  signal.throwIfAborted()
  popup.navigate(request.url)
  const response = await waitForResponse(popup, request.state, signal)
  popup.hasResponded()
  return exchangeCode(oauthClient, request, response, signal)
}

/**
 * Waits for the authorization response of this sign-in. Everything else is ignored: messages from other origins and
 * other windows, and those with another state.
 * @throws the signal's reason as soon as it aborts
 */
export function waitForResponse(popup: Popup, state: string, signal: AbortSignal): Promise<CallbackMessage> {
  return new Promise((resolve, reject) => {
    function onMessage(event: MessageEvent<unknown>): void {
      if (event.origin !== location.origin || event.source !== popup.window) return
      const message = parseCallbackMessage(event.data)
      // GitLab's own callback page sends no state in a failure.
      if (!message || (message.state ?? (message.success ? undefined : state)) !== state) return
      settle(() => resolve(message))
    }
    function onAbort(): void {
      settle(() => reject(signal.reason))
    }
    function settle(outcome: () => void): void {
      removeEventListener('message', onMessage)
      signal.removeEventListener('abort', onAbort)
      outcome()
    }

    addEventListener('message', onMessage)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
  })
}
