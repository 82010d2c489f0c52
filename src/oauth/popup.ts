import type { SignInClue } from './errors.ts'
import { SignInError } from './errors.ts'

const POLL_INTERVAL_MS = 300
/** Too short for a person to read GitLab's page and close the window. */
const SHORTEST_VISIT_MS = 2_000

/** The window in which the user signs in to GitLab. */
export interface Popup {
  readonly window: Window
  /**
   * Aborts within a second once the window is gone, with a {@link SignInError} `popup-closed`. If GitLab sends
   * Cross-Origin-Opener-Policy, the window is cut off, which looks the same from here: `cut-off-early` if it happened
   * at once.
   */
  readonly gone: AbortSignal
  navigate(url: URL): void
  /** Brings the window to the front. */
  focus(): void
  /** From now on, the window being gone is no failure. */
  hasResponded(): void
  close(): void
}

/**
 * Opens an empty window. Call it directly in a click handler: browsers allow it only there.
 * @throws {SignInError} `popup-blocked` if the browser didn't open it
 */
export function openPopup(): Popup {
  // Without `noopener`, since the callback page sends its message to its opener.
  const popup = openWindow()
  if (!popup) throw new SignInError('popup-blocked')
  const gone = new AbortController()
  let navigatedAt = Number.NEGATIVE_INFINITY
  let closedAt: number | undefined
  let isBack = false

  const onFocus = () => {
    isBack = true
  }
  const timer = setInterval(() => {
    if (!popup.closed) return
    // The callback page closes itself right after its message, which might still be on its way.
    if (closedAt === undefined) {
      closedAt = performance.now()
      return
    }
    const isSoon = closedAt - navigatedAt < SHORTEST_VISIT_MS + POLL_INTERVAL_MS
    // When a person closes the window, the focus returns to the page; when the browser disconnects it, it doesn't.
    const clue: SignInClue | undefined = isSoon && !isBack ? 'cut-off-early' : undefined
    stopWatching()
    gone.abort(new SignInError('popup-closed', undefined, clue))
  }, POLL_INTERVAL_MS)
  addEventListener('focus', onFocus)

  function stopWatching(): void {
    clearInterval(timer)
    removeEventListener('focus', onFocus)
  }

  return {
    window: popup,
    gone: gone.signal,
    navigate(url) {
      popup.location.replace(url)
      navigatedAt = performance.now()
    },
    focus: () => popup.focus(),
    hasResponded: stopWatching,
    close() {
      stopWatching()
      popup.close()
    },
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
