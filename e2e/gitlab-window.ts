import type { Locator, Page } from 'playwright/test'

/** The mock's people, by what its sign-in page calls them. */
const people = { amira: 'Amira Haddad', jonas: 'Jonas Lindqvist', root: 'Administrator' } as const

export type User = keyof typeof people

/** The window in which GitLab asks who signs in, and whether the page may act for them. */
export class GitLabWindow {
  readonly authorizeButton: Locator
  readonly denyButton: Locator
  /** GitLab's own words where the OAuth application names another redirect URI. */
  readonly redirectUriRefused: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.authorizeButton = page.getByRole('button', { name: 'Authorize' })
    this.denyButton = page.getByRole('button', { name: 'Deny' })
    this.redirectUriRefused = page.getByText('The redirect URI included is not valid.')
  }

  /** The button that signs in as this user. */
  signInAs(user: User): Locator {
    return this.page.getByRole('button', { name: `Sign in as ${people[user]}` })
  }
}
