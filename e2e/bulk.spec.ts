import type { Locator, Page } from 'playwright/test'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

const CHOSEN = [
  ['invoicing', 'acme/payments/invoicing'],
  ['payouts', 'acme/payments/payouts'],
  ['android', 'acme/mobile/android'],
  ['ios', 'acme/mobile/ios'],
  ['kubernetes', 'acme/platform/infrastructure/kubernetes'],
  ['terraform', 'acme/platform/infrastructure/terraform'],
  ['networking', 'acme/platform/infrastructure/networking'],
  ['identity', 'acme/platform/security/identity'],
] as const

/** Opens the page, signs in and chooses eight groups, of which none is linked. */
async function chooseEight(configuration: ConfigurationPage): Promise<void> {
  await configuration.open()
  await configuration.signIn()
  for (const [search, path] of CHOSEN) await configuration.chooseGroup(search, path)
}

const linkEight = (configuration: ConfigurationPage) =>
  configuration.frame.getByRole('button', { name: 'Link 8 groups' }).click()
/** What the panel says; the same may be read out. */
const progressOf = (configuration: ConfigurationPage, text: RegExp) =>
  configuration.frame.getByRole('region', { name: /link/i }).getByText(text)
const panel = (configuration: ConfigurationPage, name: string | RegExp) =>
  configuration.frame.getByRole('region', { name })

// Named, so that everything is reset before.
test.beforeEach(async ({ configuration: _, local }) => {
  await local.presetInstance('gitlab')
})

test('the browser asks whether it may link, but not for each group again', async ({
  configuration,
  local,
}) => {
  await chooseEight(configuration)
  const before = local.gitlab.requests.length
  await linkEight(configuration)
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
  const asked = local.gitlab.requests.slice(before).filter(({ url }) => url.includes('/api/'))
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(8)
  // Those that go first all ask.
  expect(asked.filter(({ method }) => method === 'OPTIONS').length).toBeLessThanOrEqual(4)
})

test('groups that fail in the middle are named and retried, and the rest stays linked', async ({
  configuration,
  local,
}) => {
  await chooseEight(configuration)
  local.gitlab.settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
  await linkEight(configuration)
  const run = panel(configuration, 'Linked 6 of 8 groups')
  await expect(run.getByRole('list', { name: 'Failed' }).getByRole('listitem')).toHaveCount(2)
  await expect(configuration.failure, 'one reason is explained once').toHaveCount(1)
  await expect(configuration.linkedGroups).toHaveCount(9)

  local.gitlab.settings.writeFaults = { everyNth: 0, kinds: [] }
  await run.getByRole('button', { name: 'Retry failed (2)' }).click()
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
  await expect(configuration.announcement('Linked 8 groups')).toBeAttached()
  await expect(configuration.linkedGroups).toHaveCount(11)
  expect(local.gitlab.store.subscriptions.size).toBe(11)
})

test('an access token that expires in the middle is renewed, and nobody notices', async ({
  configuration,
  local,
  context,
}) => {
  await chooseEight(configuration)
  // So slow that the first half is seen before the second is done, on whatever machine.
  local.gitlab.settings.latencyMs = 3_000
  await linkEight(configuration)
  await expect(progressOf(configuration, /^Linked [1-7] of 8/)).toBeVisible()
  local.gitlab.store.expireAccessTokens()
  local.gitlab.settings.latencyMs = 0
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
  expect(local.gitlab.store.subscriptions.size).toBe(11)
  expect(context.pages(), 'no window was opened for it').toHaveLength(1)
})

test('a lost sign-in pauses the run, which goes on after signing in again', async ({
  configuration,
  local,
}) => {
  await chooseEight(configuration)
  local.gitlab.store.revokeAllTokens()
  await linkEight(configuration)
  const run = panel(configuration, 'Linking is paused')
  await expect(run.getByText(/Sign in again to go on/)).toBeVisible()
  await configuration.signIn('amira', { isKnown: true })
  await run.getByRole('button', { name: 'Go on' }).click()
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
})

test('a GitLab that asks to wait is waited for', async ({ configuration, local }) => {
  await chooseEight(configuration)
  local.gitlab.settings.writeLimit = { requests: 3, windowSeconds: 2 }
  await linkEight(configuration)
  await expect(progressOf(configuration, /asks to wait\. This goes on by itself at/)).toBeVisible()
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
  await expect(configuration.failure).toHaveCount(0)
  expect(local.gitlab.store.subscriptions.size).toBe(11)
})

test('a run that is cancelled keeps what was not sent chosen, and leaving in the middle warns', async ({
  configuration,
  local,
  page,
}) => {
  await chooseEight(configuration)
  // The first four are under way for so long.
  local.gitlab.settings.latencyMs = 5000
  await linkEight(configuration)
  const run = panel(configuration, 'Linking 8 groups')
  await expect(run).toBeVisible()
  const warning = page.waitForEvent('dialog')
  // A page that stays never finishes leaving.
  page.reload().catch(() => undefined)
  const dialog = await warning
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await run.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel(configuration, 'Cancelled: linked 4 of 8 groups')).toBeVisible()
  local.gitlab.settings.latencyMs = 0
  await expect(configuration.frame.getByRole('button', { name: 'Link 4 groups' })).toBeEnabled()

  const linked = local.gitlab.store.subscriptions.size
  await expect(configuration.linkedGroups).toHaveCount(linked)
  await page.reload()
  await expect(configuration.linkedGroups, 'what was done shows truly').toHaveCount(linked)
})

test('a run pauses while the browser is offline, and goes on by itself', async ({
  configuration,
  local,
  context,
  complaints,
}) => {
  await chooseEight(configuration)
  // What is under way is let finish; only what comes after it needs the connection.
  local.gitlab.settings.latencyMs = 3_000
  await linkEight(configuration)
  await expect(progressOf(configuration, /^Linked 0 of 8/)).toBeVisible()
  await context.setOffline(true)
  await expect(progressOf(configuration, /This goes on by itself once GitLab answers again/)).toBeVisible()
  local.gitlab.settings.latencyMs = 0
  await context.setOffline(false)
  await expect(panel(configuration, 'Linked 8 groups')).toBeVisible()
  expect(local.gitlab.store.subscriptions.size).toBe(11)
  // The browser's own notes.
  expect(complaints.splice(0).filter((complaint) => !/CORS policy|ERR_/.test(complaint))).toEqual([])
})

test('thousand linked groups can be filtered, and those that match unlinked together', async ({
  configuration,
  local,
}) => {
  const { store } = local.gitlab
  linkManyGroups(store, [...store.installations.keys()].at(-1) ?? '', 1000, Date.now())
  await configuration.open()
  await expect(configuration.frame.getByRole('heading', { name: 'Linked groups 1,003' })).toBeVisible()
  expect(await configuration.linkedGroups.count(), 'only what is near is there').toBeLessThan(200)
  await configuration.waitForFrameToFit()
  const overhang = await configuration.frame
    .locator('html')
    .evaluate((html) => html.scrollHeight - html.clientHeight)
  expect(overhang, 'the page cannot be scrolled in its frame').toBe(0)

  await configuration.frame.getByRole('searchbox', { name: 'Filter linked groups' }).fill('equipe donnees 9')
  const all = configuration.frame.getByRole('checkbox', { name: /^Select all \d+ that match/ })
  await all.check()
  const label = await configuration.frame.locator('label', { has: all }).textContent()
  const count = Number(label?.match(/\d+/)?.[0])
  expect(count).toBeGreaterThan(10)
  await configuration.frame.getByRole('button', { name: `Unlink ${count} groups` }).click()
  const question = configuration.frame.getByRole('alertdialog', { name: `Unlink ${count} groups?` })
  await expect(question).toContainText('Estate / Équipe Données / ')
  await question.getByRole('button', { name: `Unlink ${count} groups` }).click()
  await expect(panel(configuration, `Unlinked ${count} groups`)).toBeVisible()
  expect(local.gitlab.store.subscriptions.size).toBe(1003 - count)
  await expect(
    configuration.frame.getByRole('heading', {
      name: `Linked groups ${(1003 - count).toLocaleString('en')}`,
    }),
  ).toBeVisible()
})

test('many groups are linked, retried, filtered, selected and unlinked by keyboard alone', async ({
  configuration,
  local,
  page,
}) => {
  test.slow()
  const { keyboard } = page
  const { store, settings } = local.gitlab
  await configuration.open()
  await configuration.signIn()

  await expect(configuration.groupSearch, 'the sign-in ends at the search').toBeFocused()
  await keyboard.type('mobile')
  await expect(configuration.options).toHaveCount(5)
  await keyboard.press('ArrowDown')
  for (const _row of [2, 3, 4]) {
    await keyboard.press('Enter')
    await keyboard.press('ArrowDown')
  }
  await expect(configuration.linkButton).toHaveText('Link 3 groups')
  settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
  await keyboard.press('Escape')
  await tabTo(page, configuration.linkButton)
  await keyboard.press('Enter')

  const run = panel(configuration, 'Linked 2 of 3 groups')
  await expect(run.getByRole('heading').first(), 'the panel takes the focus').toBeFocused()
  await expect(configuration.announcement('Linked 2 of 3 groups')).toBeAttached()
  const failed = run.getByRole('list', { name: 'Failed' }).getByRole('listitem')
  await expect(failed).toHaveCount(1)
  settings.writeFaults = { everyNth: 0, kinds: [] }
  await tabTo(page, run.getByRole('button', { name: 'Retry failed (1)' }))
  await keyboard.press('Enter')
  const linked = panel(configuration, 'Linked 3 groups')
  await expect(linked.getByRole('heading').first()).toBeFocused()
  await expect(configuration.announcement('Linked 3 groups')).toBeAttached()
  expect(store.subscriptions.size).toBe(6)
  await tabTo(page, linked.getByText('Linked (3)'))
  await keyboard.press('Enter')
  await expect(linked.getByRole('listitem')).toHaveCount(3)
  await tabTo(page, linked.getByRole('button', { name: 'Close' }), 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(configuration.frame.getByRole('heading', { name: 'Linked groups 6' })).toBeFocused()

  await tabTo(page, configuration.frame.getByRole('searchbox', { name: 'Filter linked groups' }))
  await keyboard.type('mobile')
  await expect(configuration.announcement('3 groups match.')).toBeAttached()
  await tabTo(page, configuration.frame.getByRole('checkbox', { name: /^Select Acme/ }).first())
  await keyboard.press('Space')
  await tabTo(page, configuration.frame.getByRole('checkbox', { name: /^Select Acme/ }).last())
  await keyboard.press('Shift+Space')
  const unlink = configuration.frame.getByRole('button', { name: 'Unlink 3 groups' })
  await tabTo(page, unlink)
  await keyboard.press('Enter')
  const question = configuration.frame.getByRole('alertdialog', { name: 'Unlink 3 groups?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keyboard.press('Escape')
  await expect(unlink, 'Escape goes back to where it was asked').toBeFocused()
  await keyboard.press('Enter')
  await tabTo(page, question.getByRole('button', { name: 'Unlink 3 groups' }), 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(panel(configuration, 'Unlinked 3 groups').getByRole('heading').first()).toBeFocused()
  await expect(configuration.announcement('Unlinked 3 groups')).toBeAttached()
  expect(store.subscriptions.size).toBe(3)
})

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  await expect(target).toBeFocused()
}
