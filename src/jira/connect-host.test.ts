import { afterEach, expect, test, vi } from 'vitest'
import { browserSettings, connectToJira } from './connect-host.ts'

afterEach(() => {
  vi.useRealTimers()
  delete window.AP
})

type GetToken = NonNullable<NonNullable<AtlassianBridge['context']>['getToken']>

function inJira(getToken: GetToken, bridge: Omit<AtlassianBridge, 'context'> = {}) {
  window.AP = { ...bridge, context: { getToken } }
  const host = connectToJira()
  if (!host) throw new Error('There is no Jira.')
  return host
}

test.each([undefined, {}, { context: {} }])('is not in Jira where the bridge is %o', (bridge) => {
  if (bridge) window.AP = bridge
  expect(connectToJira()).toBeUndefined()
})

test('gives the context token that Jira answers', async () => {
  const host = inJira((callback) => callback('token'))
  await expect(host.requestContextToken()).resolves.toBe('token')
})

test.each([undefined, ''])('says that Jira refused when it answers “%s”', async (token) => {
  const host = inJira((callback) => callback(token))
  await expect(host.requestContextToken()).rejects.toMatchObject({ code: 'jira-refused' })
})

test('says after ten seconds that Jira is silent, and drops what comes too late', async () => {
  vi.useFakeTimers()
  let answer: (token: string) => void = () => undefined
  const host = inJira((callback) => {
    answer = callback
  })
  const outcome = expect(host.requestContextToken()).rejects.toMatchObject({ code: 'jira-silent' })
  await vi.advanceTimersByTimeAsync(9_999)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await outcome
  answer('late')
})

test('waits no longer once Jira has answered', async () => {
  vi.useFakeTimers()
  await inJira((callback) => callback('token')).requestContextToken()
  expect(vi.getTimerCount()).toBe(0)
})

test('reads locale and time zone of the Jira user', async () => {
  const host = inJira(() => undefined, {
    user: { getLocale: (callback) => callback('pt_BR'), getTimeZone: (callback) => callback('Asia/Tokyo') },
  })
  await expect(host.readReaderSettings()).resolves.toEqual({ locale: 'pt-BR', timeZone: 'Asia/Tokyo' })
})

test.each([
  ['are missing', undefined],
  ['answer nothing', { getLocale: answerWith(undefined), getTimeZone: answerWith(undefined) }],
  ['are unusable', { getLocale: answerWith('not a locale'), getTimeZone: answerWith('Mars/Olympus') }],
])('keeps the browser’s settings where Jira’s %s', async (_how, user) => {
  const host = inJira(() => undefined, user && { user })
  await expect(host.readReaderSettings()).resolves.toEqual(browserSettings())
})

test('keeps the browser’s settings where Jira stays silent about them', async () => {
  vi.useFakeTimers()
  const host = inJira(() => undefined, {
    user: { getLocale: () => {}, getTimeZone: answerWith('Asia/Tokyo') },
  })
  const settings = host.readReaderSettings()
  await vi.advanceTimersByTimeAsync(10_000)
  await expect(settings).resolves.toEqual({ ...browserSettings(), timeZone: 'Asia/Tokyo' })
})

test('follows Jira’s theme where the bridge can', () => {
  const initializeTheming = vi.fn()
  inJira(() => undefined, { theming: { initializeTheming } }).followTheme()
  expect(initializeTheming).toHaveBeenCalledTimes(1)
  expect(() => inJira(() => undefined).followTheme()).not.toThrow()
})

function answerWith(value: string | undefined) {
  return (callback: (value: string | undefined) => void) => callback(value)
}
