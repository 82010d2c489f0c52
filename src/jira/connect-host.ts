import { JiraBridgeError } from './errors.ts'
import type { Host, ReaderSettings } from './host.ts'
import { readStored, store } from './storage.ts'
import { claimThemes, rememberTheme } from './theme.ts'

/** The bridge has no time limit of its own: without one, the page would wait forever for a silent host. */
const BRIDGE_TIMEOUT_MS = 10_000

/** On a slow connection, Atlassian's script can take long to load. */
const SCRIPT_TIMEOUT_MS = 30_000

export interface ConnectHost extends Host {
  /**
   * Asks Jira for a context token: a JWT (HS256, about 15 minutes) that names this Jira site and user.
   * @throws {JiraBridgeError} `jira-silent` after ten seconds or if its bridge fails, `jira-refused` if Jira responds without a token
   * @see https://developer.atlassian.com/cloud/jira/platform/jsapi/context/
   */
  requestContextToken(): Promise<string>
}

/**
 * @returns the Jira page that frames this one, or undefined if the page was opened outside Jira (where all.js
 * still defines `AP`, but without these members)
 */
export function connectToJira(): ConnectHost | undefined {
  const bridge = window.AP
  const getToken = bridge?.context?.getToken
  if (!bridge || !getToken) return undefined
  let last: ReaderSettings | undefined

  return {
    followTheme() {
      rememberTheme()
      const script = bridgeScript()
      if (script?.src) claimThemes(script.src)
      bridge.theming?.initializeTheming?.()
    },

    async requestContextToken() {
      // A host that refuses calls back without an argument.
      const token = await responseTo(getToken)
      if (typeof token !== 'string' || token === '') throw new JiraBridgeError('jira-refused')
      return token
    },

    async readReaderSettings() {
      const { getLocale, getTimeZone } = bridge.user ?? {}
      // Silence says nothing of the user, so what was known stays.
      const [locale, timeZone] = await Promise.all([
        getLocale
          ? responseTo<unknown>(getLocale).catch(() => last?.locale ?? readStored('locale'))
          : undefined,
        getTimeZone ? responseTo<unknown>(getTimeZone).catch(() => last?.timeZone) : undefined,
      ])
      const settings = usableSettings(locale, timeZone)
      store('locale', settings.locale)
      last = settings
      return settings
    },
  }
}

/** Jira, as the page can use it from the start, while Atlassian's script might still be loading. */
export interface ExpectedHost {
  /** Waits for the script wherever Jira is needed. */
  readonly host: ConnectHost
  /** Resolves once the script has run or failed: to Jira, or to undefined if the page isn't connected to it. */
  readonly arrival: Promise<ConnectHost | undefined>
}

/** @returns the Jira page that should frame this one; undefined if no page frames it */
export function expectJira(): ExpectedHost | undefined {
  if (window.parent === window) return undefined
  const arrival = scriptEnd().then(connectToJira)
  // Never resolves without Jira: the page then says so in place of everything that waits for it.
  const arrived = arrival.then((host) => host ?? new Promise<ConnectHost>(() => undefined))
  return {
    arrival,
    host: {
      requestContextToken: async () => (await withinTime(arrived)).requestContextToken(),
      readReaderSettings: async () => (await arrived).readReaderSettings(),
      followTheme: () => void arrived.then((host) => host.followTheme()),
    },
  }
}

function bridgeScript(): HTMLScriptElement | null {
  return document.querySelector<HTMLScriptElement>('script[data-options]')
}

/** @throws {JiraBridgeError} `jira-silent` if the script that connects the page to Jira takes too long */
function withinTime<T>(arriving: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new JiraBridgeError('jira-silent')), SCRIPT_TIMEOUT_MS)
    arriving.then(resolve, reject)
  })
}

/** @returns resolves once the script has run or failed; its element may come after the code that asks */
async function scriptEnd(): Promise<unknown> {
  if (!bridgeScript() && document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve))
  return endOf(bridgeScript())
}

/** @returns resolves once the script has run or failed, which it might have before */
function endOf(script: HTMLScriptElement | null): Promise<unknown> {
  if (window.AP || !script || document.readyState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', resolve)
    // Comes after all scripts, also those that had failed before.
    addEventListener('load', resolve)
  })
}

/**
 * @returns the URL of Atlassian's script if this page is framed, as in Jira, and the script didn't load: a content blocker,
 * a firewall or a lost connection took it away. Undefined if it did, which leaves no frame but Jira's unexplained.
 */
export function missingBridgeScript(): URL | undefined {
  if (window.AP || window.parent === window) return undefined
  const script = bridgeScript()
  return script ? new URL(script.src) : undefined
}

/** @returns settings that `Intl` accepts; Jira spells a locale `en_GB` */
function usableSettings(locale: unknown, timeZone: unknown): ReaderSettings {
  const browser = browserSettings()
  const settings = { ...browser }
  try {
    if (typeof locale === 'string')
      settings.locale = Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? browser.locale
  } catch {
    // Not a language tag: keep the browser's.
  }
  try {
    if (typeof timeZone === 'string')
      settings.timeZone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    // This browser doesn't know the time zone: keep its own.
  }
  return settings
}

/** @returns the browser's own settings, until Jira has sent the user's */
export function browserSettings(): ReaderSettings {
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { locale, timeZone }
}

function responseTo<T>(ask: (callback: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new JiraBridgeError('jira-silent')), BRIDGE_TIMEOUT_MS)
    try {
      ask((value) => {
        clearTimeout(timer)
        resolve(value)
      })
    } catch {
      clearTimeout(timer)
      // The question didn't reach Jira, so Jira has refused nothing.
      reject(new JiraBridgeError('jira-silent'))
    }
  })
}
