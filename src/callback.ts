import { words } from 'virtual:messages/callback'
import { likelyLocales } from './jira/likely-locales.ts'
import { callbackMessage } from './oauth/callback-message.ts'
import { bestOf } from './texts/best-language.ts'

// The opener is the page that asked for this sign-in. With this origin as the target, any other opener gets nothing.
const opener: unknown = window.opener
if (opener) {
  window.opener.postMessage(callbackMessage(new URLSearchParams(location.search)), location.origin)
  window.close()
} else {
  document.documentElement.dataset.opener = 'lost'
}
try {
  speak()
} finally {
  // The authorization response has been used, and shouldn't stay in the address bar or the history.
  history.replaceState(null, '', location.pathname)
}

/** Puts the words of the reader's language in the place of the English ones, before they show. */
function speak(): void {
  const { language } = bestOf(Object.keys(words), likelyLocales())
  const { title = '', close = '', openerLost = '' } = words[language] ?? {}
  document.title = title
  document.querySelector('h1')?.replaceChildren(close)
  document.querySelector('.opener-lost')?.replaceChildren(openerLost)
  const root = document.documentElement
  root.lang = language
  root.dataset.spoken = ''
}
