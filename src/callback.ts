import { callbackMessage } from './oauth/callback-message.ts'

// The opener is the page that asked for this sign-in. With this origin as the target, any other opener gets nothing.
const opener: unknown = window.opener
if (opener) {
  window.opener.postMessage(callbackMessage(new URLSearchParams(location.search)), location.origin)
  window.close()
} else {
  document.documentElement.dataset.opener = 'lost'
}
// The authorization response has been used, and shouldn't stay in the address bar or the history.
history.replaceState(null, '', location.pathname)
