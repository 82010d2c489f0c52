import type { FrameLocator, Locator, Page } from 'playwright/test'

/** The mock's people, by what its sign-in page calls them. */
const people = { amira: 'Amira Haddad', jonas: 'Jonas Lindqvist', root: 'Administrator' } as const

/** The configuration page in Jira's frame: its controls by role and name. */
export class ConfigurationPage {
  readonly frame: FrameLocator
  readonly linkedGroups: Locator
  readonly groupSearch: Locator
  /** The open list of groups, or what it says instead. */
  readonly menu: Locator
  readonly options: Locator
  readonly linkButton: Locator
  readonly signInButton: Locator
  readonly failure: Locator
  private readonly page: Page
  private readonly jiraUrl: string

  constructor(page: Page, { jiraUrl }: { jiraUrl: string }) {
    this.page = page
    this.jiraUrl = jiraUrl
    this.frame = page.frameLocator('iframe')
    this.linkedGroups = this.frame.getByRole('region', { name: /^Linked groups/ }).getByRole('listitem')
    this.groupSearch = this.frame.getByRole('combobox', { name: 'Groups' })
    this.menu = this.frame.getByRole('listbox')
    this.options = this.frame.getByRole('option')
    this.linkButton = this.frame.getByRole('button', { name: /^Link (group|[\d.,\s]+ groups)$/ })
    this.signInButton = this.frame.getByRole('button', { name: /^Sign in to/ })
    this.failure = this.frame.getByRole('alert')
  }

  /** Opens Jira. `query` sets the stand-in, such as `theme=dark`. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.jiraUrl}/?panel=off&${query}`)
  }

  /** Presses the sign-in button by mouse. */
  async openSignInWindow(): Promise<Page> {
    const [popup] = await Promise.all([this.page.waitForEvent('popup'), this.signInButton.click()])
    return popup
  }

  /** Signs in as one of the mock's users, and authorizes the app. A GitLab that knows the user still asks for the latter. */
  async signIn(user: keyof typeof people = 'amira', { isKnown = false } = {}): Promise<void> {
    const popup = await this.openSignInWindow()
    if (!isKnown) await popup.getByRole('button', { name: `Sign in as ${people[user]}` }).click()
    await popup.getByRole('button', { name: 'Authorize' }).click()
    await this.frame.getByText(`Signed in as @${user}`).first().waitFor()
  }

  /** Searches a group and chooses it. */
  async chooseGroup(search: string, fullPath: string): Promise<void> {
    await this.groupSearch.fill(search)
    // The groups from before stay until the answer is there.
    await this.options.first().filter({ hasText: search }).waitFor()
    await this.option(fullPath).click()
    // The list stays open for the next one, in front of what is below the field.
    await this.groupSearch.press('Escape')
  }

  option(fullPath: string): Locator {
    return this.frame.getByRole('option').filter({ has: this.frame.getByText(fullPath, { exact: true }) })
  }

  /** The row of a linked group, by its full name. */
  row(fullName: string): Locator {
    return this.linkedGroups.filter({ has: this.frame.getByText(fullName, { exact: true }) })
  }

  unlinkButton(fullName: string): Locator {
    return this.frame.getByRole('button', { name: `Unlink ${fullName}`, exact: true })
  }

  /** What was last read out to people who use a screen reader. */
  announcement(text: string | RegExp): Locator {
    return this.frame.getByRole('status').filter({ hasText: text })
  }

  /** Resolves once Jira's frame is as tall as what is in it. */
  async waitForFrameToFit(): Promise<void> {
    await this.frame.locator('.ac-content').evaluate(
      (content) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (Math.abs(innerHeight - content.clientHeight) >= 2) return
            clearInterval(timer)
            resolve()
          }, 50)
        }),
    )
  }
}
