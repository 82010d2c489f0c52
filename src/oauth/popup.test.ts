import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SignInError } from './errors.ts'
import { openPopup } from './popup.ts'

const type = 'jiraConnectOauthCallback'

/** Stands in for the window that the browser opens: jsdom has none. */
function aWindow() {
  return { closed: false, close: vi.fn(), focus: vi.fn(), location: { replace: vi.fn() } }
}

function post(
  data: unknown,
  { origin = location.origin, source }: { origin?: string; source: unknown },
): void {
  const event = new MessageEvent('message', { data, origin })
  Object.defineProperty(event, 'source', { value: source })
  dispatchEvent(event)
}

let opened: ReturnType<typeof aWindow>

beforeEach(() => {
  vi.useFakeTimers()
  opened = aWindow()
  vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
})

afterEach(() => {
  vi.useRealTimers()
})

test('opens an empty window that keeps its opener, and navigates it later', () => {
  const popup = openPopup()
  expect(window.open).toHaveBeenCalledWith('about:blank', '_blank', expect.not.stringContaining('noopener'))
  popup.navigate(new URL('https://gitlab.example.com/oauth/authorize'))
  expect(opened.location.replace).toHaveBeenCalledWith(new URL('https://gitlab.example.com/oauth/authorize'))
})

test('says so when the browser blocks the window', () => {
  vi.mocked(window.open).mockReturnValue(null)
  expect(openPopup).toThrow(expect.objectContaining({ code: 'popup-blocked' } satisfies Partial<SignInError>))
})

test('takes the message of its own sign-in', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toEqual({ type, success: true, code: 'c', state: 's' })
})

test('takes a failure without state, as GitLab’s own callback page sends it, from its own window', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  post({ type, success: false }, { source: opened })
  await expect(response).resolves.toEqual({ type, success: false })
})

test('drops messages from other origins, other windows and other sign-ins, and keeps waiting', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  post(
    { type, success: true, code: 'forged', state: 's' },
    { source: opened, origin: 'https://evil.example' },
  )
  post({ type, success: true, code: 'forged', state: 's' }, { source: aWindow() })
  post({ type, success: true, code: 'forged', state: 'other' }, { source: opened })
  post({ type, success: false, state: 'other' }, { source: opened })
  post({ type, success: false }, { source: window })
  post('{"key":"bridge traffic"}', { source: opened })
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('listens no longer once a message was taken', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  post({ type, success: true, code: 'replayed', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
  expect(vi.getTimerCount()).toBe(0)
})

test('notices that the window was closed', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  const outcome = expect(response).rejects.toMatchObject({ code: 'popup-closed' })
  opened.closed = true
  await vi.advanceTimersByTimeAsync(1000)
  await outcome
})

test('takes a message that arrives just after the window has closed itself', async () => {
  const response = openPopup().waitForResponse('s', new AbortController().signal)
  opened.closed = true
  await vi.advanceTimersByTimeAsync(500)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('stops waiting when it is cancelled', async () => {
  const abort = new AbortController()
  const response = openPopup().waitForResponse('s', abort.signal)
  abort.abort(new Error('cancelled'))
  await expect(response).rejects.toThrow('cancelled')
  await expect(openPopup().waitForResponse('s', abort.signal)).rejects.toThrow('cancelled')
  expect(vi.getTimerCount()).toBe(0)
})
