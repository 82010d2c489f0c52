/** The state in the host page and in the response of each control. Types only: the page is served unbundled. */
export interface HostPageState {
  settings: {
    user: 'admin' | 'member'
    theme: 'light' | 'dark'
    locale: string
    timeZone: string
    sandbox: string
  }
  people: Record<'admin' | 'member', { accountId: string; displayName: string; role: string }>
  /** The app's URL; it plays GitLab.com. */
  appUrl: string
  /** The self-managed instance's URL, if there is one. */
  gitlabUrl: string | null
  scenarios: readonly { readonly name: string; readonly sentence: string }[]
  /** Name of the current scenario. */
  scenario: string | null
  /** Why the scenario in the URL didn't start; the app isn't loaded then. */
  problem: string | null
}

/** Response of `/module-url`. */
export interface ModuleUrl {
  addonKey: string
  moduleKey: string
  title: string
  url: string
}

/** Response of `/context-token`. */
export type ContextTokenResult =
  | { outcome: 'answers'; token: string }
  | { outcome: 'rejects'; reason: string }
  | { outcome: 'silent' }
