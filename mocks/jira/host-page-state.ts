/** What the server puts into the host page, and what each control answers with. Types only: the page is served unbundled. */
export interface HostPageState {
  settings: {
    user: 'admin' | 'member'
    theme: 'light' | 'dark'
    locale: string
    timeZone: string
    sandbox: string
  }
  people: Record<'admin' | 'member', { accountId: string; displayName: string; role: string }>
  /** The app's own address, GitLab.com's part in the play. */
  appUrl: string
  /** The self-managed instance's address, where there is one. */
  gitlabUrl: string | null
  scenarios: readonly { readonly name: string; readonly sentence: string }[]
  /** Name of the scenario under way. */
  scenario: string | null
  /** Why what the address asked for was not done; the app is not loaded then. */
  problem: string | null
}

/** Answer of `/module-url`. */
export interface ModuleUrl {
  addonKey: string
  moduleKey: string
  title: string
  url: string
}

/** Answer of `/context-token`. */
export type ContextTokenAnswer =
  | { outcome: 'answers'; token: string }
  | { outcome: 'rejects'; reason: string }
  | { outcome: 'silent' }
