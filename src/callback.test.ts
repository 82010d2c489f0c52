import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import german from '#src/texts/messages/de.json'
import english from '#src/texts/messages/en.json'
import japanese from '#src/texts/messages/ja.json'

const PAGE = '/-/jira_connect/oauth_callbacks'
const ownUrl = location.href
const opener = { postMessage: vi.fn() }

beforeEach(() => {
  vi.resetModules()
  opener.postMessage.mockClear()
  vi.spyOn(window, 'close').mockImplementation(() => undefined)
})

afterEach(() => {
  window.opener = null
  localStorage.clear()
  const root = document.documentElement
  root.lang = 'en'
  delete root.dataset.opener
  delete root.dataset.spoken
  document.title = ''
  document.body.replaceChildren()
  history.replaceState(null, '', ownUrl)
})

/** Loads the callback page as if GitLab had redirected the window to it. */
async function openCallbackPage(query: string, from: unknown = opener): Promise<void> {
  window.opener = from
  history.replaceState(null, '', `${PAGE}?${query}`)
  await import('./callback.ts')
}

test('passes the authorization response only to the page that requested it, and closes', async () => {
  await openCallbackPage('code=c&state=s')
  expect(opener.postMessage.mock.calls).toEqual([
    [{ type: 'jiraConnectOauthCallback', success: true, code: 'c', state: 's' }, 'http://app.localhost:4701'],
  ])
  expect(window.close).toHaveBeenCalledTimes(1)
  expect(document.documentElement.dataset.opener).toBeUndefined()
})

test('passes on why the sign-in failed', async () => {
  await openCallbackPage('error=access_denied&error_description=No&state=s')
  expect(opener.postMessage).toHaveBeenCalledWith(
    {
      type: 'jiraConnectOauthCallback',
      success: false,
      state: 's',
      error: 'access_denied',
      error_description: 'No',
    },
    'http://app.localhost:4701',
  )
})

test('stays open and says so if the page that requested it is gone', async () => {
  await openCallbackPage('code=c&state=s', null)
  expect(window.close).not.toHaveBeenCalled()
  expect(document.documentElement.dataset.opener).toBe('lost')
})

test.each([opener, null])('leaves the code neither in the URL nor in the history', async (from) => {
  const before = history.length
  await openCallbackPage('code=c&state=s', from)
  expect(location.href).toBe(`http://app.localhost:4701${PAGE}`)
  expect(history).toHaveLength(before)
})

test('the code stays nowhere even if the words can’t be found', async () => {
  vi.spyOn(navigator, 'languages', 'get').mockImplementation(() => {
    throw new Error('No languages.')
  })
  await openCallbackPage('code=c&state=s', null).catch(() => undefined)
  expect(location.search).toBe('')
})

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
])(
  'speaks the language %s',
  async (_which, { stored, preferred = [], query = '' }: Arrival, language, words) => {
    if (stored !== undefined) localStorage.setItem('gitlab-for-jira.locale', stored)
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(preferred)
    document.body.innerHTML = '<h1></h1><p class="opener-lost"></p>'
    await openCallbackPage(`code=c&state=s${query}`, null)
    const { title, close, openerLost } = words.callback
    expect(document.documentElement).toHaveAttribute('lang', language)
    expect(document.title).toBe(title)
    expect(document.querySelector('h1')).toHaveTextContent(close)
    expect(document.querySelector('p')).toHaveTextContent(openerLost)
  },
)
