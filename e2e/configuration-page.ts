import type { FrameLocator, Locator, Page } from 'playwright/test'
import type { User } from './gitlab-window.ts'
import { GitLabWindow } from './gitlab-window.ts'

/** Texts of the page that a journey depends on. Named once, so that rewording them touches only this file. */
export const words = {
  signedInAs: (user: User) => `Signed in as @${user}`,
  signInTo: (instance: string) => `Sign in to ${instance}`,
  linkedGroupsTitle: (count: string) => `Linked groups ${count}`,
  link: (count: number | string) => `Link ${count} groups`,
  linkedGroup: (fullName: string) => `Linked ${fullName}.`,
  unlinkedGroup: (fullName: string) => `Unlinked ${fullName}.`,
  unlinkGroupQuestion: (fullName: string) => `Unlink ${fullName}?`,
  unlinkQuestion: (count: number) => `Unlink ${count} groups?`,
  filterMatches: (count: number) => `${count} groups match.`,
  selected: (count: number) => `${count} groups selected.`,
  selectQuestion: (count: string) => `Select ${count} groups?`,
  subgroupsSkipped: 'subgroups don’t need to be selected',
  urlOf: (host: string) => `This URL is on ${host}.`,
  personalNamespace: (path: string) => `“${path}” is your personal namespace`,
  copied: 'Copied.',
  changedTo: (instance: string) => `${instance} is now the GitLab instance of this Jira site.`,
  changeTo: (instance: string) => `Change to ${instance}?`,
  linkedThere: (count: number) => `${count} groups linked on`,
  newerVersion: 'the page was updated while it was open',
  slowStart: 'taking longer than usual',
  reloadInJira: 'reload this page in Jira',
  allowPopups: 'Allow pop-up windows for this page',
  explanationMissing: 'its explanation didn’t load',
  whatToDo: 'What to do',
  signInPageInFront: 'is behind a sign-in page',
  windowCutOff: 'Cross-Origin-Opener-Policy',
  policyAtFault: 'The Content-Security-Policy that',
  // The titles of the panel that shows how linking or unlinking many groups goes.
  linking: (total: number) => `Linking ${total} groups`,
  linkingPaused: 'Linking is paused',
  linkingCanceled: (done: number, total: number) => `Canceled. Linked ${done} of ${total} groups`,
  linked: (done: number, total = done) => `Linked ${done === total ? '' : `${done} of `}${total} groups`,
  unlinked: (count: number) => `Unlinked ${count} groups`,
  // What that panel says besides.
  linkedOnlySome: /^Linked [1-7] of 8/,
  linkedNone: /^Linked 0 of/,
  askedToWait: /is limiting requests\. Resumes automatically at/,
  connectionLost: /Resumes automatically when GitLab responds again/,
  signedOutMeanwhile: /Sign in again as the same GitLab user/,
} as const

/** The configuration page in Jira's frame: each control and text that a journey needs, by role and name. */
export class ConfigurationPage {
  readonly frame: FrameLocator
  readonly failure: Locator
  /** Part of a failure: retries what failed. */
  readonly retryButton: Locator
  /** Asks for confirmation before something that can't be undone. */
  readonly question: Locator
  /** Confirms the question. */
  readonly confirmButton: Locator
  /** Selects all groups that match, subgroups of others among them as well. */
  readonly alsoSubgroupsBox: Locator
  readonly cancelQuestionButton: Locator
  /** Stops waiting for the GitLab window, or a run of many groups. */
  readonly cancelButton: Locator
  readonly closeButton: Locator
  readonly loading: Locator

  readonly signInButton: Locator
  readonly signOutButton: Locator
  /** Shows while the GitLab window is open. */
  readonly waitingForWindow: Locator

  readonly linkedGroups: Locator
  readonly linkedGroupsTitle: Locator
  readonly noLinkedGroups: Locator
  readonly filter: Locator
  readonly noFilterMatch: Locator
  /** Present when the list shows only some of its groups. */
  readonly showAllButton: Locator
  readonly selectAllBox: Locator
  /** The same box once the list is filtered. */
  readonly selectMatchingBox: Locator
  readonly unlinkSelectedButton: Locator

  readonly linkGroupsTitle: Locator
  readonly groupSearch: Locator
  /** The open list of groups, or what it says instead. */
  readonly menu: Locator
  readonly options: Locator
  /** Shown above the options when fewer than three characters are typed. */
  readonly tooShortNote: Locator
  readonly elsewhereNote: Locator
  readonly nothingFoundNote: Locator
  readonly linkButton: Locator
  readonly showSelectedButton: Locator
  readonly clearSelectedButton: Locator
  /** Deselects the groups that a linked or selected group above them covers. */
  readonly leaveOutButton: Locator

  /** How linking or unlinking many groups goes. */
  readonly run: Locator
  readonly runTitle: Locator
  readonly failedInRun: Locator
  /** Opens the names of the groups that were linked or unlinked. */
  readonly succeededInRun: Locator
  readonly retryFailedButton: Locator
  readonly goOnButton: Locator

  readonly changeInstanceButton: Locator
  readonly instanceUrl: Locator
  readonly instanceProblem: Locator
  readonly gitLabComRadio: Locator
  /** An instance whose URL is typed, where the deployment allows any. */
  readonly selfManagedRadio: Locator
  /** Opens the set-up guide. */
  readonly guideToggle: Locator
  /** Opens the commands that set up an instance, in the guide or in a failure. */
  readonly commandsToggle: Locator
  readonly commands: Locator
  /** Tick off steps of the guide. */
  readonly prerequisitesBox: Locator
  readonly createApplicationBox: Locator
  readonly copyRedirectUriButton: Locator
  readonly saveInstanceButton: Locator

  /** Wherever the check can be started from. */
  readonly checkButton: Locator
  readonly failureCheckButton: Locator
  readonly check: Locator
  readonly checkTitle: Locator
  readonly checkPassed: Locator
  readonly checkNeedsSignIn: Locator
  readonly checkAgainButton: Locator
  /** Leads from a failed step to the failure below that explains it. */
  readonly checkExplanationLink: Locator
  readonly checkCopyButton: Locator
  readonly checkCloseButton: Locator

  /** Shown instead of everything else when the page or the callback is opened outside Jira's frame. */
  readonly outsideJiraTitle: Locator
  /** Where the script that connects the page to Jira is missing. */
  readonly bridgeMissing: Locator
  readonly callbackOutsideSignIn: Locator

  private readonly page: Page
  private readonly jiraUrl: string

  constructor(page: Page, { jiraUrl }: { jiraUrl: string }) {
    this.page = page
    this.jiraUrl = jiraUrl
    const frame = page.frameLocator('iframe')
    this.frame = frame
    this.failure = frame.locator('[role=alert][data-failure]')
    this.retryButton = this.failure.getByRole('button', { name: 'Try again' })
    this.question = frame.getByRole('alertdialog')
    this.confirmButton = this.question.getByRole('button', {
      name: /^(Unlink|Select|Change)/,
    })
    this.alsoSubgroupsBox = this.question.getByRole('checkbox', { name: /^Also select/ })
    this.cancelQuestionButton = this.question.getByRole('button', { name: 'Cancel' })
    this.cancelButton = frame.getByRole('button', { name: 'Cancel' })
    this.closeButton = frame.getByRole('button', { name: 'Close' })
    this.loading = frame.getByRole('status', { name: 'Loading' })

    this.signInButton = frame.getByRole('button', { name: /^Sign in to/ })
    this.signOutButton = frame.getByRole('button', { name: 'Sign out' })
    this.waitingForWindow = frame.getByText('Continue in the GitLab window.')

    const list = frame.getByRole('region', { name: /^Linked groups/ })
    this.linkedGroups = list.getByRole('listitem')
    this.linkedGroupsTitle = frame.getByRole('heading', { name: /^Linked groups/ })
    this.noLinkedGroups = frame.getByText('No groups are linked')
    this.filter = frame.getByRole('searchbox', { name: 'Filter linked groups' })
    this.noFilterMatch = frame.getByText('No linked groups match')
    this.showAllButton = frame.getByRole('button', { name: /^Show all/ })
    this.selectAllBox = frame.getByRole('checkbox', { name: /^Select (all )?\d+ (matching )?groups?$/ })
    this.selectMatchingBox = frame.getByRole('checkbox', { name: /^Select .*\d+ matching/ })
    this.unlinkSelectedButton = frame
      .getByRole('group', { name: 'Selected groups' })
      .getByRole('button', { name: /^Unlink/ })

    this.linkGroupsTitle = frame.getByRole('heading', { name: 'Link groups' })
    this.groupSearch = frame.getByRole('combobox', { name: 'Groups' })
    this.menu = frame.getByRole('listbox')
    this.options = frame.getByRole('option')
    // In the menu; the live region says the same.
    const region = frame.getByRole('region', { name: 'Link groups' })
    this.tooShortNote = region.getByText('Enter at least three characters')
    this.elsewhereNote = this.menu.getByText('This URL is on')
    this.nothingFoundNote = this.menu.getByText('No groups you can link')
    this.linkButton = frame.getByRole('button', { name: /^Link (group|[\d.,\s]+ groups)$/ })
    this.showSelectedButton = frame.getByRole('button', { name: 'Show', exact: true })
    this.clearSelectedButton = frame.getByRole('button', { name: 'Clear all' })
    this.leaveOutButton = frame.getByRole('button', { name: 'Deselect subgroups' })

    this.run = frame.locator('[data-run]')
    this.runTitle = this.run.getByRole('heading', { level: 2 })
    this.failedInRun = this.run.getByRole('list', { name: 'Failed' }).getByRole('listitem')
    this.succeededInRun = this.run.locator('summary')
    this.retryFailedButton = this.run.getByRole('button', { name: /^Retry failed/ })
    this.goOnButton = this.run.getByRole('button', { name: 'Resume', exact: true })

    this.changeInstanceButton = frame.getByRole('button', { name: 'Change', exact: true })
    this.instanceUrl = frame.getByLabel('Instance URL')
    this.instanceProblem = frame.getByRole('alert').filter({ hasText: 'start with https:// or http://' })
    this.gitLabComRadio = frame.getByRole('radio', { name: 'GitLab.com' })
    this.selfManagedRadio = frame.getByRole('radio', { name: 'GitLab Self-Managed' })
    this.guideToggle = frame.locator('summary').filter({ hasText: 'Set up this instance' })
    this.commandsToggle = frame.locator('summary').filter({ hasText: 'Set this up with commands instead' })
    this.commands = frame.getByRole('region', { name: 'the commands' })
    this.prerequisitesBox = frame.getByRole('checkbox', { name: 'Check the prerequisites' })
    this.createApplicationBox = frame.getByRole('checkbox', { name: 'Create an OAuth application' })
    this.copyRedirectUriButton = frame.getByRole('button', { name: 'Copy Redirect URI' })
    this.saveInstanceButton = frame.getByRole('button', { name: 'Save and continue' })

    this.checkButton = frame.getByRole('button', { name: 'Check the connection' })
    this.failureCheckButton = this.failure.getByRole('button', { name: 'Check the connection' })
    this.check = frame.getByRole('region', { name: /^Connection check for / })
    this.checkTitle = this.check.getByRole('heading', { name: /^Connection check for / })
    this.checkPassed = this.check.getByText(
      /^(All checks passed|Everything that could be checked is working)\./,
    )
    this.checkNeedsSignIn = this.check.getByText('Sign in to GitLab to check the rest.')
    this.checkAgainButton = this.check.getByRole('button', { name: 'Check again' })
    this.checkCloseButton = this.check.getByRole('button', { name: 'Close' })
    this.checkExplanationLink = this.check.getByRole('link', { name: 'See what to do below' })
    this.checkCopyButton = this.check.getByRole('button', { name: 'Copy as text' })

    this.bridgeMissing = this.frame
      .getByRole('main')
      .filter({ hasText: 'A script from Atlassian didn’t load' })
    this.outsideJiraTitle = page.getByRole('heading', { name: 'Open this page in Jira' })
    this.callbackOutsideSignIn = page.getByText('Go back to Jira and sign in again from there.')
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

  /** Closes GitLab's window. A browser without a screen leaves out that the focus comes back to the page. */
  async closeAsPerson(popup: Page): Promise<void> {
    await this.frame.locator('html').evaluate(() => dispatchEvent(new Event('focus')))
    await popup.close()
  }

  /** Signs in as one of the mock's users, and authorizes the app. `isKnown`: that user is already signed in to GitLab. */
  async signIn(user: User = 'amira', { isKnown = false } = {}): Promise<void> {
    const gitlabWindow = new GitLabWindow(await this.openSignInWindow())
    if (!isKnown) await gitlabWindow.signInAs(user).click()
    await gitlabWindow.authorizeButton.click()
    await this.signedInAs(user).waitFor()
  }

  /** Who is signed in, as the page shows it. */
  signedInAs(user: User): Locator {
    return this.frame.getByRole('link', { name: `@${user}` })
  }

  /** Searches for a group and selects it. */
  async chooseGroup(search: string, fullPath: string): Promise<void> {
    await this.groupSearch.fill(search)
    // The previous results stay until the response arrives.
    await this.options.first().filter({ hasText: search }).waitFor()
    await this.option(fullPath).click()
    await this.closeMenu()
  }

  /** Searches for groups and selects all matches that aren't linked yet, subgroups too. @returns their number, as shown */
  async chooseAll(search: string): Promise<string> {
    await this.groupSearch.fill(search)
    await this.chooseAllButton(search).click()
    await this.question.waitFor()
    if (await this.alsoSubgroupsBox.isVisible()) await this.alsoSubgroupsBox.check()
    const label = await this.confirmButton.textContent()
    await this.confirmButton.click()
    await this.closeMenu()
    return label?.match(/[\d,]+/)?.[0] ?? ''
  }

  chooseAllButton(search: string): Locator {
    return this.frame.getByRole('button', { name: `Select all groups matching “${search}”` })
  }

  option(fullPath: string): Locator {
    return this.options.filter({ has: this.frame.getByText(fullPath, { exact: true }) })
  }

  /** Needed after each selection: the list stays open for the next one, and covers what is below the field. */
  async closeMenu(): Promise<void> {
    await this.groupSearch.press('Escape')
  }

  /** The row of a linked group, by its full name. */
  row(fullName: string): Locator {
    return this.linkedGroups.filter({ has: this.frame.getByText(fullName, { exact: true }) })
  }

  /** Marks the row of a group that was linked since the page was opened. */
  newMark(fullName: string): Locator {
    return this.row(fullName).getByText('New', { exact: true })
  }

  /** The checkbox of a linked group, by full name; by a pattern, those whose full name starts with it. */
  rowBox(fullName: string | RegExp): Locator {
    const name =
      typeof fullName === 'string' ? `Select ${fullName}` : new RegExp(`^Select ${fullName.source}`)
    return this.frame.getByRole('checkbox', { name, exact: true })
  }

  unlinkButton(fullName: string): Locator {
    return this.frame.getByRole('button', { name: `Unlink ${fullName}`, exact: true })
  }

  /** Unlinks one group, without waiting for the end. */
  async unlink(fullName: string): Promise<void> {
    await this.unlinkButton(fullName).click()
    await this.confirmButton.click()
  }

  /** The question with a title. */
  questionTitled(title: string): Locator {
    return this.frame.getByRole('alertdialog', { name: title, exact: true })
  }

  /** The panel of a run while it has this title. */
  runTitled(title: string): Locator {
    return this.frame.getByRole('region', { name: title, exact: true })
  }

  /** A failure, by the code of its error. */
  failureOf(code: string): Locator {
    return this.frame.locator(`[role=alert][data-failure="${code}"]`)
  }

  /** A step of the open set-up guide, by its title: opens or closes it. */
  guideStep(title: string): Locator {
    return this.frame.locator('summary').filter({ hasText: title })
  }

  /** An instance that the deployment names, by its host. */
  instanceRadio(host: string): Locator {
    return this.frame.getByRole('radio', { name: host, exact: true })
  }

  /** Says under which URL the typed instance will be saved. */
  willBeSavedAs(url: string): Locator {
    return this.frame.getByText(`Will be saved as ${url}`)
  }

  checkStep(step: string): Locator {
    return this.check.locator(`[data-step="${step}"]`)
  }

  checkStepsThat(status: 'passed' | 'failed'): Locator {
    return this.check.locator(`[data-status="${status}"]`)
  }

  /** The latest text announced to screen readers. */
  announcement(text: string | RegExp): Locator {
    return this.frame.getByRole('status').filter({ hasText: text })
  }

  /** Resolves once Jira's frame is as tall as what is in it. */
  async waitForFrameToFit(): Promise<void> {
    // Atlassian's own script looks for this class, too: it measures the element.
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
