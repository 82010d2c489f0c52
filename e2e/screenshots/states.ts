import type { Page } from 'playwright'
import type { ConfigurationPage } from '#e2e/configuration-page.ts'
import { words } from '#e2e/configuration-page.ts'
import { GitLabWindow } from '#e2e/gitlab-window.ts'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { Local } from '#server/local.ts'

interface Shot {
  readonly page: Page
  readonly local: Local
  readonly configuration: ConfigurationPage
  /** Query of the stand-in for Jira. */
  readonly query: string
}

/** Brings the page into a state, by what a person would do. */
type State = (shot: Shot) => Promise<unknown>

/** What is under way stays so until the picture is taken. */
const UNTIL_THE_END_MS = 10 * 60_000

/** Every state of the page that is worth a picture, by name. */
export const states = {
  async loading({ local, configuration, query }) {
    local.app.settings.latencyMs = UNTIL_THE_END_MS
    await configuration.open(query)
    await configuration.loading.waitFor()
  },

  async empty({ local, configuration, query }) {
    local.gitlab.store.subscriptions.clear()
    await configuration.open(query)
    await configuration.noLinkedGroups.waitFor()
  },

  async list({ configuration, query }) {
    await configuration.open(query)
    await configuration.linkedGroups.first().waitFor()
  },

  async 'changed-elsewhere'({ local, configuration, query }) {
    await configuration.open(query)
    await configuration.linkedGroups.first().waitFor()
    for (const installation of local.app.store.installations.values()) installation.instanceUrl = null
    const alert = configuration.frame.getByRole('alert')
    const isShown = () =>
      alert.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      )
    // As when the user comes back to it, again and again: what notices that is loaded after the list.
    for (let times = 0; times < 30 && !(await isShown()); times++)
      await configuration.frame.locator('html').evaluate(() => dispatchEvent(new Event('visibilitychange')))
    await alert.waitFor()
  },

  async 'nasty-names'({ local, configuration, query }) {
    for (const path of ['html', 'entity', 'arabic', 'hebrew', 'emoji', 'long'])
      local.gitlab.store.linkGroup(`acme/playground/${path}`)
    await configuration.open(query)
    await configuration.linkedGroups.first().waitFor()
  },

  async 'signing-in'({ configuration, query }) {
    await configuration.open(query)
    await configuration.openSignInWindow()
    await configuration.waitingForWindow.waitFor()
  },

  async choosing(shot) {
    const { configuration } = shot
    await signIn(shot)
    await configuration.groupSearch.click()
    await configuration.options.first().waitFor()
    await configuration.groupSearch.fill('backend')
    await configuration.option('acme/web/backend').waitFor()
    await configuration.option('acme').waitFor({ state: 'detached' })
  },

  async 'nothing-found'(shot) {
    await signIn(shot)
    await shot.configuration.groupSearch.fill('zebra')
    await shot.configuration.nothingFoundNote.waitFor()
  },

  async chosen(shot) {
    await signIn(shot)
    await shot.configuration.chooseGroup('android', 'acme/mobile/android')
  },

  async 'choosing-many'(shot) {
    const { configuration } = shot
    await signIn(shot)
    await configuration.groupSearch.fill('web')
    await configuration.option('acme/web/search').click()
    await configuration.option('acme/web/frontend').click()
    await configuration.option('acme/web').waitFor()
  },

  async 'choosing-short'(shot) {
    await signIn(shot)
    await shot.configuration.groupSearch.fill('we')
    await shot.configuration.tooShortNote.waitFor()
  },

  async 'choosing-elsewhere'(shot) {
    await signIn(shot)
    await shot.configuration.groupSearch.fill('https://gitlab.example.com/groups/acme/web')
    await shot.configuration.elsewhereNote.waitFor()
  },

  async 'choosing-all-question'(shot) {
    await signIn(shot)
    await shot.configuration.groupSearch.fill('acme')
    await shot.configuration.chooseAllButton('acme').click()
    await shot.configuration.question.waitFor()
  },

  async 'chosen-many'(shot) {
    addManyGroups(shot.local.gitlab.store, 300)
    await signIn(shot)
    await shot.configuration.chooseAll('atlas')
    await shot.configuration.showSelectedButton.click()
  },

  async linked(shot) {
    const { configuration } = shot
    await signIn(shot)
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  },

  async 'linking-many'(shot) {
    await selectSix(shot)
    await linkUntilHeld(shot)
  },

  async 'linking-many-failed'(shot) {
    const { local, configuration } = shot
    await selectSix(shot)
    local.gitlab.settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
    await configuration.linkButton.click()
    await configuration.runTitled(words.linked(4, 6)).waitFor()
    await configuration.failure.waitFor()
  },

  async 'linking-many-waiting'(shot) {
    await selectSix(shot)
    shot.local.gitlab.settings.writeLimit = { requests: 0, windowSeconds: 60 }
    await shot.configuration.linkButton.click()
    await shot.configuration.run.getByText(words.askedToWait).waitFor()
  },

  async 'linking-many-cancelled'(shot) {
    const { local, configuration } = shot
    await selectSix(shot)
    local.gitlab.settings.latencyMs = UNTIL_THE_END_MS
    await configuration.linkButton.click()
    await configuration.runTitled(words.linking(6)).waitFor()
    await configuration.cancelButton.click()
    local.gitlab.settings.latencyMs = 0
    await configuration.runTitled(words.linkingCanceled(4, 6)).waitFor()
    await configuration.closeButton.and(configuration.frame.locator(':enabled')).waitFor()
  },

  async 'linked-many'(shot) {
    const { configuration } = shot
    await selectSix(shot)
    await configuration.linkButton.click()
    await configuration.runTitled(words.linked(6)).waitFor()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  },

  async selecting({ local, configuration, query }) {
    linkMore(local, 8)
    await configuration.open(query)
    await configuration.rowBox('Acme Corp / Payments').check()
    await configuration
      .rowBox(/Estate/)
      .nth(2)
      .check()
  },

  async 'unlinking-many'({ local, configuration, query }) {
    linkMore(local, 20)
    await configuration.open(query)
    await configuration.filter.fill('zürich')
    await configuration.selectMatchingBox.check()
    await configuration.unlinkSelectedButton.click()
    await configuration.question.waitFor()
  },

  async 'unlinked-many-failed'({ local, configuration, query }) {
    await configuration.open(query)
    // Too few for a box that selects all.
    for (const box of [configuration.rowBox(/Acme/).first(), configuration.rowBox(/Acme/).last()])
      await box.check()
    await configuration.unlinkSelectedButton.click()
    local.gitlab.settings.writeFaults = { everyNth: 2, kinds: ['server-error'] }
    await configuration.confirmButton.click()
    await configuration.failure.waitFor()
  },

  async 'filtered-to-nothing'({ local, configuration, query }) {
    linkMore(local, 5)
    await configuration.open(query)
    await configuration.filter.fill('zebra')
    await configuration.noFilterMatch.waitFor()
  },

  async unlinking({ configuration, query }) {
    await configuration.open(query)
    await configuration.unlinkButton('Acme Corp / Web').click()
    await configuration.question.waitFor()
  },

  async 'unlinking-failed'({ local, configuration, query }) {
    local.jira.settings.user = 'member'
    await configuration.open(query)
    await configuration.unlink('Acme Corp / Web')
    await configuration.failure.waitFor()
  },

  async 'linking-failed'(shot) {
    const { local, configuration } = shot
    local.jira.settings.user = 'member'
    await signIn(shot)
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await configuration.failure.waitFor()
  },

  async 'sign-in-denied'({ configuration, query }) {
    await configuration.open(query)
    const gitlabWindow = new GitLabWindow(await configuration.openSignInWindow())
    await gitlabWindow.signInAs('amira').click()
    await gitlabWindow.denyButton.click()
    await configuration.failure.waitFor()
  },

  async 'not-set-up'({ local, configuration, query }) {
    local.gitlab.settings.applicationIdBlank = true
    await configuration.open(query)
    await configuration.failure.waitFor()
  },

  async unreachable({ local, configuration, query }) {
    local.gitlab.settings.proxyUrl = ''
    await configuration.open(query)
    await configuration.failure.first().waitFor()
  },

  async 'choosing-instance'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.instanceUrl.fill(`${local.gitlabUrl}/acme/web/-/issues`)
  },

  async 'choosing-listed-instance'({ page, local, configuration, query }) {
    await nameInstances(page, local)
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.instanceRadio('gitlab.example.com').check()
  },

  async 'set-up-guide'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.instanceUrl.fill(local.gitlabUrl)
    await configuration.guideToggle.click()
    await configuration.prerequisitesBox.check()
  },

  async 'set-up-guide-open'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.guideToggle.click()
    for (const title of ['Add the application ID', 'Check your Jira user', 'If GitLab is behind'])
      await configuration.guideStep(title).click()
  },

  async 'instance-refused'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.instanceUrl.fill('ftp://gitlab.example.com')
    await configuration.saveInstanceButton.click()
    await configuration.instanceProblem.waitFor()
  },

  async 'changing-instance'({ configuration, query }) {
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.gitLabComRadio.check()
    await configuration.saveInstanceButton.click()
    await configuration.question.waitFor()
  },

  async 'changing-instance-keeps-links'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.instanceUrl.fill(local.gitlabUrl)
    await configuration.saveInstanceButton.click()
    await configuration.question.waitFor()
  },

  async 'changed-instance'({ local, configuration, query }) {
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.gitLabComRadio.check()
    await configuration.saveInstanceButton.click()
    await configuration.confirmButton.click()
    await configuration.signInButton.waitFor()
    await local.app.idle()
    await configuration.linkedGroups.first().waitFor()
  },

  async 'saving-refused'({ local, configuration, query }) {
    await local.applyScenario('saving-proxy-url-blank')
    await configuration.open(query)
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.instanceUrl.fill(local.gitlabUrl)
    await configuration.saveInstanceButton.click()
    await configuration.confirmButton.click()
    await configuration.retryButton.click()
    await configuration.failure.getByText('Tried again at').waitFor()
  },

  async 'connection-check-running'(shot) {
    const { local, configuration } = shot
    await signIn(shot)
    await configuration.groupSearch.waitFor()
    local.gitlab.settings.latencyMs = UNTIL_THE_END_MS
    await configuration.checkButton.click()
    await configuration.checkStep('app').and(configuration.checkStepsThat('passed')).waitFor()
  },

  async 'connection-check'(shot) {
    await signIn(shot)
    await shot.configuration.checkButton.click()
    await shot.configuration.checkPassed.waitFor()
  },

  async 'connection-check-failed'({ local, configuration, query }) {
    await local.applyScenario('proxy-url-trailing-slash')
    await configuration.open(query)
    await configuration.failureCheckButton.click()
    await configuration.checkAgainButton.waitFor()
  },

  async 'connection-check-signed-out'({ configuration, query }) {
    await configuration.open(query)
    await configuration.linkedGroups.first().waitFor()
    await configuration.checkButton.click()
    await configuration.checkNeedsSignIn.waitFor()
  },

  async 'connection-check-explains'(shot) {
    const { local, configuration } = shot
    local.jira.settings.user = 'member'
    await signIn(shot)
    await configuration.groupSearch.waitFor()
    await configuration.checkButton.click()
    await configuration.checkAgainButton.waitFor()
  },

  async 'window-closed'({ local, configuration, query }) {
    await local.applyScenario('redirect-uri-other')
    await configuration.open(query)
    const popup = await configuration.openSignInWindow()
    const gitlabWindow = new GitLabWindow(popup)
    await gitlabWindow.signInAs('amira').click()
    await gitlabWindow.redirectUriRefused.waitFor()
    await popup.close()
    await configuration.failure.waitFor()
  },

  async 'bridge-silent'({ page, local, configuration, query }) {
    await page.clock.install()
    local.jira.settings.getToken = 'silent'
    await configuration.open(query)
    await configuration.loading.waitFor()
    await page.clock.fastForward('00:11')
    await configuration.failure.waitFor()
  },

  async 'outside-jira'({ page, local, configuration, query }) {
    await page.emulateMedia({ colorScheme: query.includes('dark') ? 'dark' : 'light' })
    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
    await configuration.outsideJiraTitle.waitFor()
  },
} satisfies Record<string, State>

export type StateName = keyof typeof states

async function signIn({ configuration, query }: Shot): Promise<void> {
  await configuration.open(query)
  await configuration.signIn()
}

/** Has the deployment allow only certain instances. */
async function nameInstances(page: Page, local: Local): Promise<void> {
  await page.route('**/-/jira_connect/config.json', (route) =>
    route.fulfill({
      json: { appName: 'GitLab.com', instances: [local.gitlabUrl, 'https://gitlab.example.com'] },
    }),
  )
}

/** Signs in and selects six groups. */
async function selectSix(shot: Shot): Promise<void> {
  await signIn(shot)
  for (const [search, path] of [
    ['android', 'acme/mobile/android'],
    ['invoicing', 'acme/payments/invoicing'],
    ['payouts', 'acme/payments/payouts'],
    ['kubernetes', 'acme/platform/infrastructure/kubernetes'],
    ['terraform', 'acme/platform/infrastructure/terraform'],
    ['identity', 'acme/platform/security/identity'],
  ] as const)
    await shot.configuration.chooseGroup(search, path)
}

/** Begins to link six groups, of which two stay under way. */
async function linkUntilHeld({ local, configuration }: Shot): Promise<void> {
  const { store, settings } = local.gitlab
  const before = store.subscriptions.size
  settings.latencyMs = 200
  await configuration.linkButton.click()
  // The mock runs in this process: it can't link the rest between two of these looks.
  while (store.subscriptions.size < before + 4) await new Promise((resolve) => setTimeout(resolve, 10))
  settings.latencyMs = UNTIL_THE_END_MS
}

/** Links groups besides those that are linked anyway. */
function linkMore({ gitlab: { store } }: Local, count: number): void {
  linkManyGroups(store, [...store.installations.keys()].at(-1) ?? '', count, Date.now())
}
