import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { waitForResponse } from './authorize.ts'
import type { SignInError } from './errors.ts'
import { openPopup } from './popup.ts'

const type = 'jiraConnectOauthCallback'

/** Replaces the window that the browser opens, since jsdom can't open one. */
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

test('fails if the browser blocks the window', () => {
  vi.mocked(window.open).mockReturnValue(null)
  expect(openPopup).toThrow(expect.objectContaining({ code: 'popup-blocked' } satisfies Partial<SignInError>))
})

test('fails in the same way where the browser throws instead', () => {
  vi.mocked(window.open).mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  })
  expect(openPopup).toThrow(expect.objectContaining({ code: 'popup-blocked' } satisfies Partial<SignInError>))
})

test('accepts the message of its own sign-in', async () => {
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toEqual({ type, success: true, code: 'c', state: 's' })
})

test('accepts a failure without state, as GitLab’s own callback page sends it, from its own window', async () => {
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  post({ type, success: false }, { source: opened })
  await expect(response).resolves.toEqual({ type, success: false })
})

const forged = { type, success: true, code: 'forged', state: 's' }

test.each([
  ['from another origin', () => post(forged, { source: opened, origin: 'https://evil.example' })],
  [
    'from an origin that begins like ours',
    () => post(forged, { source: opened, origin: `${location.origin}.evil` }),
  ],
  ['from an origin that hides itself', () => post(forged, { source: opened, origin: 'null' })],
  ['from another window', () => post(forged, { source: aWindow() })],
  ['from the page itself', () => post({ type, success: false }, { source: window })],
  ['of another sign-in', () => post({ ...forged, state: 'other' }, { source: opened })],
  [
    'of a denial of another sign-in',
    () => post({ type, success: false, state: 'other' }, { source: opened }),
  ],
  ['without state', () => post({ type, success: true, code: 'forged' }, { source: opened })],
  ['of another kind', () => post('{"key":"bridge traffic"}', { source: opened })],
])('a message %s is ignored, and the waiting goes on', async (_what, forge) => {
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  forge()
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('a message that arrives before the page waits for it is lost', async () => {
  const popup = openPopup()
  post(forged, { source: opened })
  const response = waitForResponse(popup, 's', new AbortController().signal)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('finds the right message in a flood of others', async () => {
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  for (let count = 0; count < 10_000; count += 1) {
    if (count === 9_000) post({ type, success: true, code: 'c', state: 's' }, { source: opened })
    post({ ...forged, state: `guess ${count}` }, { source: opened })
    post(forged, { source: opened, origin: 'https://evil.example' })
  }
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('the page never navigates because of a message', async () => {
  const before = location.href
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  const url = 'javascript:alert(1)'
  post({ type, success: false, url, location: url, href: url, redirect: url, state: url }, { source: opened })
  post({ type, success: true, code: url, state: 's', url, location: url, href: url }, { source: opened })
  await expect(response).resolves.toEqual({ type, success: true, code: url, state: 's' })
  expect(opened.location.replace).not.toHaveBeenCalled()
  expect(location.href).toBe(before)
})

test('a replayed message has no effect', async () => {
  const response = waitForResponse(openPopup(), 's', new AbortController().signal)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  post({ type, success: true, code: 'replayed', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('notices within a second that the window was closed, whatever is waited for', async () => {
  const popup = openPopup()
  opened.closed = true
  await vi.advanceTimersByTimeAsync(1000)
  expect(popup.gone.reason).toMatchObject({ code: 'popup-closed', clue: undefined })
  await expect(waitForResponse(popup, 's', popup.gone)).rejects.toMatchObject({ code: 'popup-closed' })
})

test.each([
  ['has responded', 'hasResponded'],
  ['was closed by the page', 'close'],
] as const)('a window that %s isn’t missed when it is gone', async (_what, end) => {
  const popup = openPopup()
  popup[end]()
  opened.closed = true
  await vi.advanceTimersByTimeAsync(2000)
  expect(popup.gone.aborted).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['soon after it was sent to GitLab, without the focus coming back', 500, false, 'cut-off-early'],
  ['soon, but the focus came back, as when a person closes it', 500, true, undefined],
  ['just before anyone could have read it', 1_900, false, 'cut-off-early'],
  ['just after that', 2_250, false, undefined],
  ['later', 5_000, false, undefined],
])('a window that is gone %s', async (_when, afterMs, isFocused, clue) => {
  const popup = openPopup()
  // The page looks every 300 ms, at the latest 2,300 ms after this.
  await vi.advanceTimersByTimeAsync(100)
  popup.navigate(new URL('https://gitlab.example.com/oauth/authorize'))
  await vi.advanceTimersByTimeAsync(afterMs)
  opened.closed = true
  if (isFocused) dispatchEvent(new Event('focus'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(popup.gone.reason).toMatchObject({ code: 'popup-closed', clue })
})

test('accepts a message that arrives just after the window has closed itself', async () => {
  const popup = openPopup()
  const response = waitForResponse(popup, 's', popup.gone)
  opened.closed = true
  await vi.advanceTimersByTimeAsync(500)
  post({ type, success: true, code: 'c', state: 's' }, { source: opened })
  await expect(response).resolves.toMatchObject({ code: 'c' })
})

test('stops waiting when it’s canceled', async () => {
  const abort = new AbortController()
  const response = waitForResponse(openPopup(), 's', abort.signal)
  abort.abort(new Error('canceled'))
  await expect(response).rejects.toThrow('canceled')
  await expect(waitForResponse(openPopup(), 's', abort.signal)).rejects.toThrow('canceled')
})
