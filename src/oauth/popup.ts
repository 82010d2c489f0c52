import type { CallbackMessage } from './callback-message.ts'
import { parseCallbackMessage } from './callback-message.ts'
import type { SignInClue } from './errors.ts'
import { SignInError } from './errors.ts'

const POLL_INTERVAL_MS = 500
/** Nobody reads GitLab's page and closes the window sooner. */
const SHORTEST_VISIT_MS = 2_000

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
   * window is cut off, which looks the same from here: `cut-off-early` if it happened at once.
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
  const popup = openWindow()
  if (!popup) throw new SignInError('popup-blocked')
  let navigatedAt = Number.NEGATIVE_INFINITY

  return {
    navigate(url) {
      popup.location.replace(url)
      navigatedAt = performance.now()
    },
    focus: () => popup.focus(),
    close: () => popup.close(),
    waitForResponse: (state, signal) =>
      new Promise((resolve, reject) => {
        let polledClosed = false
        let isBack = false
        let closedAt = 0
        const timer = setInterval(() => {
          // The callback page closes itself right after its message, which might still be on its way.
          if (polledClosed) settle(() => reject(new SignInError('popup-closed', undefined, clue())))
          if (popup.closed && !polledClosed) closedAt = performance.now()
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
          removeEventListener('focus', onFocus)
          removeEventListener('message', onMessage)
          signal.removeEventListener('abort', onAbort)
          outcome()
        }

        /** Whoever closes a window returns from it to the page; the browser's disconnecting it moves no focus. */
        function clue(): SignInClue | undefined {
          const isSoon = closedAt - navigatedAt < SHORTEST_VISIT_MS + POLL_INTERVAL_MS
          return isSoon && !isBack ? 'cut-off-early' : undefined
        }
        function onFocus(): void {
          isBack = true
        }

        addEventListener('focus', onFocus)
        addEventListener('message', onMessage)
        signal.addEventListener('abort', onAbort)
        if (signal.aborted) onAbort()
      }),
  }
}

/** @returns undefined or null if the browser doesn't open it: some throw instead. */
function openWindow(): Window | null | undefined {
  try {
    return window.open('about:blank', '_blank', 'popup,width=800,height=800')
  } catch {
    return undefined
  }
}
