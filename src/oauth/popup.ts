import type { CallbackMessage } from './callback-message.ts'
import { parseCallbackMessage } from './callback-message.ts'
import { SignInError } from './errors.ts'

const POLL_INTERVAL_MS = 500

/** The window in which the user signs in to GitLab. */
export interface Popup {
  navigate(url: URL): void
  /** Brings the window to the front. */
  focus(): void
  close(): void
  /**
   * Waits for the authorization response of this sign-in. Everything else is ignored: messages from
   * other origins and other windows, and those with another state.
   * @throws {SignInError} `popup-closed` if the window is gone. If GitLab sends Cross-Origin-Opener-Policy, the
   * window is cut off, which looks the same from here.
   * @throws the signal's reason when it aborts
   */
  waitForResponse(state: string, signal: AbortSignal): Promise<CallbackMessage>
}

/**
 * Opens an empty window. Call it directly in a click handler: browsers allow it only there.
 * @throws {SignInError} `popup-blocked` if the browser didn't open it
 */
export function openPopup(): Popup {
  // Without `noopener`, since the callback page sends its message to its opener.
  const popup = window.open('about:blank', '_blank', 'popup,width=800,height=800')
  if (!popup) throw new SignInError('popup-blocked')

  return {
    navigate: (url) => popup.location.replace(url),
    focus: () => popup.focus(),
    close: () => popup.close(),
    waitForResponse: (state, signal) =>
      new Promise((resolve, reject) => {
        let polledClosed = false
        const timer = setInterval(() => {
          // The callback page closes itself right after its message, which might still be on its way.
          if (polledClosed) settle(() => reject(new SignInError('popup-closed')))
          polledClosed = popup.closed
        }, POLL_INTERVAL_MS)

        function onMessage(event: MessageEvent<unknown>): void {
          if (event.origin !== location.origin || event.source !== popup) return
          const message = parseCallbackMessage(event.data)
          // GitLab's own callback page sends no state in a failure.
          if (!message || (message.state ?? (message.success ? undefined : state)) !== state) return
          settle(() => resolve(message))
        }
        function onAbort(): void {
          settle(() => reject(signal.reason))
        }
        function settle(outcome: () => void): void {
          clearInterval(timer)
          removeEventListener('message', onMessage)
          signal.removeEventListener('abort', onAbort)
          outcome()
        }

        addEventListener('message', onMessage)
        signal.addEventListener('abort', onAbort)
        if (signal.aborted) onAbort()
      }),
  }
}
