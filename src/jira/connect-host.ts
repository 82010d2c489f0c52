import { JiraBridgeError } from './errors.ts'
import type { Host, ReaderSettings } from './host.ts'

/** The bridge has no time limit of its own: a host that stays silent would leave the page waiting for ever. */
const BRIDGE_TIMEOUT_MS = 10_000

export interface ConnectHost extends Host {
  /**
   * Asks Jira for a context token: a JWT (HS256, about 15 minutes) that names this Jira site and user.
   * @throws {JiraBridgeError} `jira-silent` after ten seconds, `jira-refused` when Jira answers without a token
   * @see https://developer.atlassian.com/cloud/jira/platform/jsapi/context/
   */
  requestContextToken(): Promise<string>
}

/**
 * @returns the Jira page that frames this one, or undefined when the page was opened outside Jira (where all.js
 * defines `AP` all the same, only without these members)
 */
export function connectToJira(): ConnectHost | undefined {
  const bridge = window.AP
  const getToken = bridge?.context?.getToken
  if (!bridge || !getToken) return undefined

  return {
    followTheme: () => bridge.theming?.initializeTheming?.(),

    async requestContextToken() {
      // A host that refuses calls back without an argument.
      const token = await answer(getToken)
      if (typeof token !== 'string' || token === '') throw new JiraBridgeError('jira-refused')
      return token
    },

    async readReaderSettings() {
      const { getLocale, getTimeZone } = bridge.user ?? {}
      const [locale, timeZone] = await Promise.all([
        getLocale ? answer(getLocale).catch(() => undefined) : undefined,
        getTimeZone ? answer(getTimeZone).catch(() => undefined) : undefined,
      ])
      return usableSettings(locale, timeZone)
    },
  }
}

/** @returns settings that `Intl` accepts; Jira spells a locale `en_GB` */
function usableSettings(locale: unknown, timeZone: unknown): ReaderSettings {
  const own = browserSettings()
  const settings = { ...own }
  try {
    if (typeof locale === 'string')
      settings.locale = Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? own.locale
  } catch {
    // Not a language tag: keep the browser's.
  }
  try {
    if (typeof timeZone === 'string')
      settings.timeZone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    // Not a time zone that this browser knows: keep the browser's.
  }
  return settings
}

/** @returns the browser's own settings, for the time until Jira has told the user's */
export function browserSettings(): ReaderSettings {
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { locale, timeZone }
}

function answer<T>(ask: (callback: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new JiraBridgeError('jira-silent')), BRIDGE_TIMEOUT_MS)
    ask((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}
