import { expect, onTestFinished, test, vi } from 'vitest'
import german from '#src/texts/messages/de.json'
import english from '#src/texts/messages/en.json'
import japanese from '#src/texts/messages/ja.json'

/** The redirect from GitLab, in a window whose opener is gone. */
async function arrive({ stored, preferred = [], query = '' }: Arrival): Promise<void> {
  const before = location.href
  if (stored !== undefined) localStorage.setItem('gitlab-for-jira.locale', stored)
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(preferred)
  history.replaceState(null, '', `${location.pathname}?code=c&state=s${query}`)
  document.body.innerHTML = '<h1></h1><p class="opener-lost"></p>'
  onTestFinished(() => {
    localStorage.clear()
    history.replaceState(null, '', before)
    document.body.replaceChildren()
    document.title = ''
    const root = document.documentElement
    root.lang = 'en'
    delete root.dataset.spoken
    delete root.dataset.opener
    vi.resetModules()
  })
  vi.resetModules()
  await import('./callback.ts')
}

interface Arrival {
  readonly stored?: string
  readonly preferred?: readonly string[]
  readonly query?: string
}

test.each([
  ['that Jira’s user had last', { stored: 'de-AT', preferred: ['ja'] }, 'de', german],
  ['that the browser prefers', { preferred: ['nl', 'ja-JP', 'de'] }, 'ja', japanese],
  ['that a tester asks for', { stored: 'de', query: '&locale=ja' }, 'ja', japanese],
  ['of the source, if there is no other', { stored: 'not a locale' }, 'en', english],
])('the callback page speaks the language %s', async (_which, arrival: Arrival, language, { callback }) => {
  await arrive(arrival)
  expect(document.documentElement).toHaveAttribute('lang', language)
  expect(document.title).toBe(callback.title)
  expect(document.querySelector('h1')).toHaveTextContent(callback.close)
  expect(document.querySelector('p')).toHaveTextContent(callback.openerLost)
  expect(location.search, 'the code doesn’t stay in the URL').toBe('')
})
