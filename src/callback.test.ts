import { afterEach, beforeEach, expect, test, vi } from 'vitest'

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
  delete document.documentElement.dataset.opener
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
