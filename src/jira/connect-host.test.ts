import { afterEach, expect, test, vi } from 'vitest'
import { browserSettings, connectToJira, expectJira } from './connect-host.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.head.replaceChildren()
  delete window.AP
  localStorage.clear()
})

type GetToken = NonNullable<NonNullable<AtlassianBridge['context']>['getToken']>

function inJira(getToken: GetToken, bridge: Omit<AtlassianBridge, 'context'> = {}) {
  window.AP = { ...bridge, context: { getToken } }
  const host = connectToJira()
  if (!host) throw new Error('There is no Jira.')
  return host
}

test.each([undefined, {}, { context: {} }])('is not in Jira if the bridge is %o', (bridge) => {
  if (bridge) window.AP = bridge
  expect(connectToJira()).toBeUndefined()
})

test('returns the context token that Jira sends', async () => {
  const host = inJira((callback) => callback('token'))
  await expect(host.requestContextToken()).resolves.toBe('token')
})

test.each([undefined, ''])('says that Jira refused if it sends “%s”', async (token) => {
  const host = inJira((callback) => callback(token))
  await expect(host.requestContextToken()).rejects.toMatchObject({ code: 'jira-refused' })
})

test('says that Jira is silent if its bridge throws: nobody asked it, so it refused nothing', async () => {
  vi.useFakeTimers()
  const host = inJira(() => {
    throw new Error('The frame is gone.')
  })
  await expect(host.requestContextToken()).rejects.toMatchObject({ code: 'jira-silent' })
  expect(vi.getTimerCount()).toBe(0)
})

test('says after ten seconds that Jira is silent, and ignores a late response', async () => {
  vi.useFakeTimers()
  let respond: (token: string) => void = () => undefined
  const host = inJira((callback) => {
    respond = callback
  })
  const outcome = expect(host.requestContextToken()).rejects.toMatchObject({ code: 'jira-silent' })
  await vi.advanceTimersByTimeAsync(9_999)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await outcome
  respond('late')
})

test('stops waiting once Jira has responded', async () => {
  vi.useFakeTimers()
  await inJira((callback) => callback('token')).requestContextToken()
  expect(vi.getTimerCount()).toBe(0)
})

test('reads the Jira user’s locale and time zone', async () => {
  const host = inJira(() => undefined, {
    user: { getLocale: (callback) => callback('pt_BR'), getTimeZone: (callback) => callback('Asia/Tokyo') },
  })
  await expect(host.readReaderSettings()).resolves.toEqual({ locale: 'pt-BR', timeZone: 'Asia/Tokyo' })
})

test.each([
  ['are missing', undefined],
  ['have no value', { getLocale: respondWith(undefined), getTimeZone: respondWith(undefined) }],
  ['are unusable', { getLocale: respondWith('not a locale'), getTimeZone: respondWith('Mars/Olympus') }],
])('keeps the browser’s settings if Jira’s %s', async (_how, user) => {
  const host = inJira(() => undefined, user && { user })
  await expect(host.readReaderSettings()).resolves.toEqual(browserSettings())
})

test('keeps the browser’s settings if Jira stays silent about them', async () => {
  vi.useFakeTimers()
  const host = inJira(() => undefined, {
    user: { getLocale: () => {}, getTimeZone: respondWith('Asia/Tokyo') },
  })
  const settings = host.readReaderSettings()
  await vi.advanceTimersByTimeAsync(10_000)
  await expect(settings).resolves.toEqual({ ...browserSettings(), timeZone: 'Asia/Tokyo' })
})

test('a Jira that falls silent later, as after a night, changes neither the language nor the time zone', async () => {
  const jira = { isSilent: false }
  const unlessSilent = (value: string) => (callback: (value: string) => void) => {
    if (!jira.isSilent) callback(value)
  }
  const user = { getLocale: unlessSilent('pt_BR'), getTimeZone: unlessSilent('Asia/Tokyo') }
  const host = inJira(() => undefined, { user })
  const before = await host.readReaderSettings()
  jira.isSilent = true
  vi.useFakeTimers()
  const after = host.readReaderSettings()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await after).toEqual(before)
  // The language is that of the last visit, too, if Jira doesn't respond at all.
  const nextVisit = inJira(() => undefined, { user }).readReaderSettings()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await nextVisit).toEqual({ ...browserSettings(), locale: 'pt-BR' })
})

test('follows Jira’s theme if the bridge supports it', () => {
  const initializeTheming = vi.fn()
  inJira(() => undefined, { theming: { initializeTheming } }).followTheme()
  expect(initializeTheming).toHaveBeenCalledTimes(1)
  expect(() => inJira(() => undefined).followTheme()).not.toThrow()
})

/** A page in a frame that loads Atlassian's script. */
function inFrame(readyState: DocumentReadyState = 'interactive') {
  vi.stubGlobal('parent', {})
  vi.spyOn(document, 'readyState', 'get').mockReturnValue(readyState)
  const script = document.createElement('script')
  script.dataset.options = ''
  script.src = 'https://connect-cdn.atl-paas.net/all.js'
  document.head.append(script)
  return script
}

const bridge = { context: { getToken: respondWith('token') }, theming: { initializeTheming: vi.fn() } }

test('a page that nothing frames expects no Jira', () => {
  expect(expectJira()).toBeUndefined()
})

test('what needs Jira waits until Atlassian’s script has run', async () => {
  const script = inFrame()
  const jira = expectJira()
  jira?.host.followTheme()
  const token = jira?.host.requestContextToken()
  const settings = jira?.host.readReaderSettings()
  window.AP = bridge
  await Promise.resolve()
  expect(bridge.theming.initializeTheming).not.toHaveBeenCalled()
  script.dispatchEvent(new Event('load'))
  expect(await token).toBe('token')
  expect(await settings).toEqual(browserSettings())
  expect(bridge.theming.initializeTheming).toHaveBeenCalledTimes(1)
})

test('Atlassian’s script that neither comes nor fails is not waited for without end', async () => {
  vi.useFakeTimers()
  inFrame()
  const token = expectJira()?.host.requestContextToken()
  const outcome = token?.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await outcome).toMatchObject({ code: 'jira-silent' })
})

test('the script may come into the document after the page’s own code', async () => {
  inFrame()
  document.head.replaceChildren()
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('loading')
  const jira = expectJira()
  let arrived = false
  void jira?.arrival.then(() => {
    arrived = true
  })
  await Promise.resolve()
  await Promise.resolve()
  expect(arrived, 'nothing is missing yet').toBe(false)
  const script = document.createElement('script')
  script.dataset.options = ''
  document.head.append(script)
  document.dispatchEvent(new Event('DOMContentLoaded'))
  await Promise.resolve()
  window.AP = bridge
  script.dispatchEvent(new Event('load'))
  expect(await jira?.arrival).toBeDefined()
})

test.each([
  ['has run before', () => undefined, 'interactive', bridge, true],
  [
    'has failed',
    (script: HTMLElement) => script.dispatchEvent(new Event('error')),
    'interactive',
    undefined,
    false,
  ],
  ['had failed before', () => dispatchEvent(new Event('load')), 'interactive', undefined, false],
  ['had failed long before', () => undefined, 'complete', undefined, false],
  [
    'finds no Jira',
    (script: HTMLElement) => script.dispatchEvent(new Event('load')),
    'interactive',
    {},
    false,
  ],
] as const)(
  'where Atlassian’s script %s, the page learns whether it is in Jira',
  async (_how, end, state, AP, isThere) => {
    const script = inFrame(state)
    if (AP === bridge) window.AP = AP
    const jira = expectJira()
    if (AP && AP !== bridge) window.AP = AP
    end(script)
    expect((await jira?.arrival) !== undefined).toBe(isThere)
  },
)

function respondWith(value: string | undefined) {
  return (callback: (value: string | undefined) => void) => callback(value)
}
