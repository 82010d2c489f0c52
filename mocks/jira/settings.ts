import * as v from 'valibot'
import type { people } from './people.ts'

/** What can be changed while the stand-in runs: by a test, by its panel, or by the query of its address. */
export interface JiraSettings {
  user: keyof typeof people
  theme: 'light' | 'dark'
  /** BCP 47, such as `en-GB`; the bridge hands it over as Jira does, in Java's form (`en_GB`). */
  locale: string
  /** IANA name, such as `Europe/London`. */
  timeZone: string
  /** The iframe's sandbox tokens, separated by spaces. */
  sandbox: string
  contextTokenLifetimeSeconds: number
  /**
   * How the bridge treats a request for a context token; a silent one never settles, as the real bridge has no
   * time-out, a late one comes after five seconds, and an expired one is of no use to any GitLab.
   */
  getToken: 'answers' | 'late' | 'silent' | 'rejects' | 'expired'
  /** The Jira group that makes the administrator one; GitLab looks for `org-admins` and `site-admins` only. */
  adminGroup: string
  /** Whether the app may read users; hidden without "Browse users and groups", or when a proxy rewrites the app key. */
  users: 'readable' | 'hidden'
}

const settingsPatch = v.partial(
  v.strictObject({
    user: v.picklist(['admin', 'member']),
    theme: v.picklist(['light', 'dark']),
    locale: v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
    timeZone: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_+\-/]+$/)),
    sandbox: v.pipe(v.string(), v.regex(/^[a-z\- ]*$/)),
  }),
)

/** @returns the settings with which every stand-in starts, as a new object */
export function initialSettings(): JiraSettings {
  return {
    user: 'admin',
    theme: 'light',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    // Jira's own list. `allow-popups-to-escape-sandbox` is not in it: a popup inherits the sandbox.
    sandbox: [
      'allow-downloads',
      'allow-forms',
      'allow-modals',
      'allow-popups',
      'allow-same-origin',
      'allow-scripts',
      'allow-top-navigation-by-user-activation',
      'allow-storage-access-by-user-activation',
    ].join(' '),
    contextTokenLifetimeSeconds: 900,
    getToken: 'answers',
    adminGroup: 'org-admins',
    users: 'readable',
  }
}

/**
 * Checks a change asked for from outside: the panel's JSON, or the query of the host page's address.
 * @throws {Error} naming the first value that the stand-in does not know
 */
export function parseSettingsPatch(input: unknown): Partial<JiraSettings> {
  const result = v.safeParse(settingsPatch, input)
  if (result.success) {
    return Object.fromEntries(Object.entries(result.output).filter(([, value]) => value !== undefined))
  }
  const [issue] = result.issues
  throw new Error(
    `The stand-in for Jira does not take this ${v.getDotPath(issue) ?? 'change'}: ${issue.message}`,
  )
}
