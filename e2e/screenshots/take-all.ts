import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { chromium } from 'playwright'
import { findBrowser } from '#e2e/setup/find-browser.ts'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { Local } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import { ConfigurationPage } from '#e2e/configuration-page.ts'

/*
 * Takes pictures of the built page: those that README and docs/ show into docs/, and every state in light and dark, wide
 * and narrow, into test-results/screenshots/. Run by `npm run screenshots`; with names of states, only these; with
 * `readme`, only the pictures in docs/.
 */

interface Shot {
  readonly page: Page
  readonly local: Local
  readonly configuration: ConfigurationPage
  /** Query of the stand-in for Jira. */
  readonly query: string
}

/** Brings the page into a state, by what a person would do. */
type Pose = (shot: Shot) => Promise<unknown>

const poses: Record<string, Pose> = {
  async loading({ local, configuration, query }) {
    local.app.settings.latencyMs = 60_000
    await configuration.open(query)
    await configuration.frame.getByRole('status', { name: 'Loading' }).waitFor()
  },

  async empty({ local, configuration, query }) {
    local.gitlab.store.subscriptions.clear()
    await configuration.open(query)
    await configuration.frame.getByText('No group is linked yet').waitFor()
  },

  async list({ configuration, query }) {
    await configuration.open(query)
    await configuration.linkedGroups.first().waitFor()
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
    await configuration.frame.getByText('Continue in the GitLab window.').waitFor()
  },

  async choosing({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.click()
    await configuration.frame.getByRole('option').first().waitFor()
    await configuration.groupSearch.fill('backend')
    await configuration.option('acme/web/backend').waitFor()
    await configuration.option('acme').waitFor({ state: 'detached' })
  },

  async 'nothing-found'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('zebra')
    await configuration.frame.getByText('No group that you may link').waitFor()
  },

  async chosen({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
  },

  async 'choosing-many'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('web')
    await configuration.option('acme/web/search').click()
    await configuration.option('acme/web/frontend').click()
    await configuration.option('acme/web').waitFor()
  },

  async 'choosing-short'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('we')
    await configuration.frame.getByText('GitLab searches from three letters on').waitFor()
  },

  async 'choosing-elsewhere'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('https://gitlab.example.com/groups/acme/web')
    await configuration.menu.getByText('This address belongs to').waitFor()
  },

  async 'choosing-all-question'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('acme')
    await configuration.frame.getByRole('button', { name: 'Choose all that match “acme”' }).click()
    await configuration.frame.getByRole('alertdialog').waitFor()
  },

  async 'chosen-many'({ local, configuration, query }) {
    addManyGroups(local.gitlab.store, 300)
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.fill('atlas')
    await configuration.frame.getByRole('button', { name: 'Choose all that match “atlas”' }).click()
    await configuration.frame.getByRole('button', { name: /^Choose \d+ groups$/ }).click()
    await configuration.frame.getByRole('button', { name: 'Show' }).click()
  },

  async linked({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  },

  async 'linking-many'({ local, configuration, query }) {
    await chooseMany(configuration, query)
    local.gitlab.settings.latencyMs = 1500
    await configuration.frame.getByRole('button', { name: 'Link 6 groups' }).click()
    await configuration.frame.getByText(/^Linked 4 of 6/).waitFor()
    local.gitlab.settings.latencyMs = 60_000
  },

  async 'linking-many-failed'({ local, configuration, query }) {
    await chooseMany(configuration, query)
    local.gitlab.settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
    await configuration.frame.getByRole('button', { name: 'Link 6 groups' }).click()
    await configuration.frame.getByRole('heading', { name: 'Linked 4 of 6 groups' }).waitFor()
    await configuration.failure.waitFor()
  },

  async 'linking-many-waiting'({ local, configuration, query }) {
    await chooseMany(configuration, query)
    local.gitlab.settings.writeLimit = { requests: 0, windowSeconds: 60 }
    await configuration.frame.getByRole('button', { name: 'Link 6 groups' }).click()
    await configuration.frame
      .getByText(/asks to wait/)
      .first()
      .waitFor()
  },

  async 'linking-many-cancelled'({ local, configuration, query }) {
    await chooseMany(configuration, query)
    local.gitlab.settings.latencyMs = 1500
    await configuration.frame.getByRole('button', { name: 'Link 6 groups' }).click()
    await configuration.frame.getByText(/^Linked 4 of 6/).waitFor()
    local.gitlab.settings.latencyMs = 0
    await configuration.frame.getByRole('button', { name: 'Cancel' }).click()
    await configuration.frame
      .getByRole('button', { name: 'Close' })
      .and(configuration.frame.locator(':enabled'))
      .waitFor()
  },

  async 'linked-many'({ configuration, query }) {
    await chooseMany(configuration, query)
    await configuration.frame.getByRole('button', { name: 'Link 6 groups' }).click()
    await configuration.frame.getByRole('heading', { name: 'Linked 6 groups' }).waitFor()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  },

  async selecting({ local, configuration, query }) {
    const { store } = local.gitlab
    linkManyGroups(store, [...store.installations.keys()].at(-1) ?? '', 8, Date.now())
    await configuration.open(query)
    await configuration.frame.getByRole('checkbox', { name: 'Select Acme Corp / Payments' }).check()
    await configuration.frame
      .getByRole('checkbox', { name: /^Select Estate/ })
      .nth(2)
      .check()
  },

  async 'unlinking-many'({ local, configuration, query }) {
    const { store } = local.gitlab
    linkManyGroups(store, [...store.installations.keys()].at(-1) ?? '', 20, Date.now())
    await configuration.open(query)
    await configuration.frame.getByRole('searchbox').fill('zürich')
    await configuration.frame.getByRole('checkbox', { name: /that match/ }).check()
    await configuration.frame.getByRole('button', { name: /^Unlink \d groups?$/ }).click()
    await configuration.frame.getByRole('alertdialog').waitFor()
  },

  async 'unlinked-many-failed'({ local, configuration, query }) {
    await configuration.open(query)
    await configuration.frame.getByRole('checkbox', { name: 'Select all 3' }).check()
    await configuration.frame.getByRole('button', { name: 'Unlink 3 groups' }).click()
    local.gitlab.settings.writeFaults = { everyNth: 2, kinds: ['server-error'] }
    await configuration.frame
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Unlink 3 groups' })
      .click()
    await configuration.failure.waitFor()
  },

  async 'filtered-to-nothing'({ configuration, query }) {
    await configuration.open(query)
    await configuration.frame.getByRole('searchbox').fill('zebra')
    await configuration.frame.getByText('No linked group matches').waitFor()
  },

  async unlinking({ configuration, query }) {
    await configuration.open(query)
    await configuration.unlinkButton('Acme Corp / Web').click()
    await configuration.frame.getByRole('alertdialog').waitFor()
  },

  async 'unlinking-failed'({ local, configuration, query }) {
    local.jira.settings.user = 'member'
    await configuration.open(query)
    await configuration.unlinkButton('Acme Corp / Web').click()
    await configuration.frame.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click()
    await configuration.failure.waitFor()
  },

  async 'linking-failed'({ local, configuration, query }) {
    local.jira.settings.user = 'member'
    await configuration.open(query)
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await configuration.failure.waitFor()
  },

  async 'sign-in-denied'({ configuration, query }) {
    await configuration.open(query)
    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByRole('button', { name: 'Deny' }).click()
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
    await configuration.frame.getByRole('button', { name: 'Change' }).click()
    await configuration.frame.getByLabel('Instance URL').fill(`${local.gitlabUrl}/acme/web/-/issues`)
  },

  async 'instance-refused'({ local, configuration, query }) {
    await local.presetInstance('app')
    await configuration.open(query)
    await configuration.frame.getByRole('button', { name: 'Change' }).click()
    await configuration.frame.getByLabel('set up already').check()
    await configuration.frame.getByLabel('Instance URL').fill('ftp://gitlab.example.com')
    await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
    await configuration.frame.getByText('begins with https:// or http://').waitFor()
  },

  async 'changing-instance'({ configuration, query }) {
    await configuration.open(query)
    await configuration.frame.getByRole('button', { name: 'Change' }).click()
    await configuration.frame.getByRole('radio', { name: 'GitLab.com' }).check()
    await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
    await configuration.frame.getByRole('alertdialog').waitFor()
  },

  async 'saving-refused'({ local, configuration, query }) {
    await local.applyScenario('saving-proxy-url-blank')
    await configuration.open(query)
    await configuration.frame.getByRole('button', { name: 'Change' }).click()
    await configuration.frame.getByLabel('Instance URL').fill(local.gitlabUrl)
    await configuration.frame.getByLabel('set up already').check()
    await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
    await configuration.frame
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Change instance' })
      .click()
    await configuration.failure.getByText('What to do').waitFor()
  },

  async 'connection-check-running'({ local, configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.groupSearch.waitFor()
    local.gitlab.settings.latencyMs = 60_000
    await configuration.frame.getByRole('button', { name: 'Check the connection' }).click()
    await configuration.frame.locator('[data-step="app"][data-status="passed"]').waitFor()
  },

  async 'connection-check'({ configuration, query }) {
    await configuration.open(query)
    await configuration.signIn()
    await configuration.frame.getByRole('button', { name: 'Check the connection' }).click()
    await configuration.frame.getByText('All that could be checked works.').first().waitFor()
  },

  async 'connection-check-failed'({ local, configuration, query }) {
    await local.applyScenario('proxy-url-trailing-slash')
    await configuration.open(query)
    await configuration.failure.waitFor()
    await configuration.frame.getByRole('button', { name: 'Check the connection' }).first().click()
    await configuration.frame.getByRole('button', { name: 'Check again' }).waitFor()
  },

  async 'window-closed'({ local, configuration, query }) {
    await local.applyScenario('redirect-uri-other')
    await configuration.open(query)
    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByText('The redirect URI included is not valid.').waitFor()
    await popup.close()
    await configuration.failure.waitFor()
  },

  async 'bridge-silent'({ local, configuration, query }) {
    local.jira.settings.getToken = 'silent'
    await configuration.open(query)
    await configuration.failure.waitFor()
  },

  async 'outside-jira'({ page, local, query }) {
    await page.emulateMedia({ colorScheme: query.includes('dark') ? 'dark' : 'light' })
    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
    await page.getByRole('heading', { name: 'Open this page in Jira' }).waitFor()
  },
}

/** Signs in and chooses six groups. */
async function chooseMany(configuration: ConfigurationPage, query: string): Promise<void> {
  await configuration.open(query)
  await configuration.signIn()
  for (const [search, path] of [
    ['android', 'acme/mobile/android'],
    ['invoicing', 'acme/payments/invoicing'],
    ['payouts', 'acme/payments/payouts'],
    ['kubernetes', 'acme/platform/infrastructure/kubernetes'],
    ['terraform', 'acme/platform/infrastructure/terraform'],
    ['identity', 'acme/platform/security/identity'],
  ] as const)
    await configuration.chooseGroup(search, path)
}

/** The pictures that README and docs/ show. */
const inReadme: Record<string, { pose: keyof typeof poses; query: string }> = {
  'linked-groups': { pose: 'linked', query: 'theme=light' },
  'choosing-dark': { pose: 'choosing-many', query: 'theme=dark' },
  'linking-many': { pose: 'linking-many-failed', query: 'theme=light' },
  failure: { pose: 'linking-failed', query: 'theme=light' },
  'choosing-instance': { pose: 'choosing-instance', query: 'theme=light' },
  'connection-check': { pose: 'connection-check-failed', query: 'theme=light' },
}

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const everything = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url))
const wide = { width: 1120, height: 760 }
const narrow = { width: 400, height: 900 }
const wanted = process.argv.slice(2)

const local = await startLocal({ mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 }, instance: 'gitlab' })
const browser = await chromium.launch({ executablePath: findBrowser() ?? '' })
try {
  await mkdir(docs, { recursive: true })
  await mkdir(everything, { recursive: true })
  if (wanted.length === 0 || wanted.includes('readme'))
    for (const [name, { pose, query }] of Object.entries(inReadme))
      await shoot(pose, query, wide, join(docs, `${name}.png`))
  for (const pose of wanted.length ? wanted.filter((name) => name in poses) : Object.keys(poses))
    for (const theme of ['light', 'dark'])
      for (const [width, viewport] of Object.entries({ wide, narrow }))
        await shoot(pose, `theme=${theme}`, viewport, join(everything, `${pose}-${theme}-${width}.png`))
} finally {
  await browser.close()
  await local.close()
}

async function shoot(
  pose: string,
  query: string,
  viewport: { width: number; height: number },
  path: string,
): Promise<void> {
  await local.reset()
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const configuration = new ConfigurationPage(page, local)
    await poses[pose]?.({ page, local, configuration, query })
    const isInJira = pose !== 'outside-jira'
    if (isInJira) await configuration.waitForFrameToFit()
    // A frame of another site is not drawn where it reaches out of the window: the window grows instead.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) })
    if (isInJira) {
      // Pictures of groups are read once they are in view.
      await configuration.frame
        .locator('body')
        .evaluate(() =>
          Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))),
        )
      await configuration.frame.locator('.ac-content').click({ position: { x: 1, y: 1 }, trial: true })
    }
    await page.screenshot({ path })
    console.log(path)
  } finally {
    await context.close()
  }
}
