import * as v from 'valibot'
import type { people } from './people.ts'

/** What a test, the panel, or the query of the host page's URL can change while the stand-in runs. */
export interface JiraSettings {
  user: keyof typeof people
  theme: 'light' | 'dark'
  /** BCP 47, such as `en-GB`; the bridge passes it on as Jira does, in Java's form (`en_GB`). */
  locale: string
  /** IANA name, such as `Europe/London`. */
  timeZone: string
  /** The iframe's sandbox tokens, separated by spaces. */
  sandbox: string
  contextTokenLifetimeSeconds: number
  /**
   * What happens when the page requests a context token. `silent`: nothing, since the real bridge has no timeout. `late`:
   * the token comes after five seconds. `expired`: GitLab refuses the token.
   */
  getToken: 'answers' | 'late' | 'silent' | 'rejects' | 'expired'
  /** The Jira group of administrators; GitLab only recognizes `org-admins` and `site-admins`. */
  adminGroup: string
  /** Whether the app can read users; hidden without "Browse users and groups", or when a proxy rewrites the app key. */
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

/** @returns a new object with the settings of a new stand-in */
export function initialSettings(): JiraSettings {
  return {
    user: 'admin',
    theme: 'light',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    // Jira's own list. Without `allow-popups-to-escape-sandbox`, popups inherit the sandbox.
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
 * Validates changes from outside: the panel's JSON, or the query of the host page's URL.
 * @throws {Error} with the first invalid value
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
