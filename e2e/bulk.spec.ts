import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { ConfigurationPage } from './configuration-page.ts'
import { words } from './configuration-page.ts'
import { expect, expectOnly, test } from './fixtures.ts'
import { tabTo } from './keyboard.ts'

/** Finds eight groups, of which none is linked. */
const SEARCH = 'data'
const COUNT = 8
/** Longer than any test: what is under way stays so until it is lowered. */
const UNTIL_LOWERED_MS = 10 * 60_000

test.use({ instance: 'gitlab' })

/** Opens the page, signs in and selects eight groups. */
async function selectEight(configuration: ConfigurationPage): Promise<void> {
  await configuration.open()
  await configuration.signIn()
  await configuration.chooseAll(SEARCH)
  await expect(configuration.linkButton).toHaveText(words.link(COUNT))
}

test('groups that fail in the middle are named and retried, and the rest stays linked', async ({
  configuration,
  gitlab,
}) => {
  await selectEight(configuration)
  const before = gitlab.requests.length
  gitlab.settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
  await configuration.linkButton.click()
  await expect(configuration.runTitled(words.linked(6, COUNT))).toBeVisible()
  await expect(configuration.failedInRun).toHaveCount(2)
  await expect(configuration.failure, 'one reason is explained once').toHaveCount(1)
  await expect(configuration.linkedGroups).toHaveCount(9)

  await test.step('the browser asks whether it may link, but not for each group again', () => {
    const asked = gitlab.requests.slice(before).filter(({ url }) => url.includes('/api/'))
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(COUNT)
    // Those that go first all ask.
    expect(asked.filter(({ method }) => method === 'OPTIONS').length).toBeLessThanOrEqual(4)
  })

  gitlab.settings.writeFaults = { everyNth: 0, kinds: [] }
  await expect(configuration.retryFailedButton).toContainText('(2)')
  await configuration.retryFailedButton.click()
  await expect(configuration.runTitled(words.linked(COUNT))).toBeVisible()
  await expect(configuration.announcement(words.linked(COUNT))).toBeAttached()
  await expect(configuration.linkedGroups).toHaveCount(11)
  expect(gitlab.store.subscriptions.size).toBe(11)
})

test('an access token that expires in the middle is renewed unnoticed', async ({
  configuration,
  gitlab,
  context,
}) => {
  await selectEight(configuration)
  const { store, settings } = gitlab
  settings.latencyMs = 200
  await configuration.linkButton.click()
  // The mock runs in this process: it can't link the rest between two of these looks.
  await expect.poll(() => store.subscriptions.size, { intervals: [10] }).toBeGreaterThan(3)
  settings.latencyMs = UNTIL_LOWERED_MS
  await expect(configuration.run.getByText(words.linkedOnlySome)).toBeVisible()
  const tokens = store.tokens.size
  store.expireAccessTokens()
  settings.latencyMs = 0
  await expect(configuration.runTitled(words.linked(COUNT))).toBeVisible()
  expect(store.subscriptions.size).toBe(11)
  expect(store.tokens.size, 'it was renewed').toBe(tokens + 1)
  expect(context.pages(), 'no window was opened for it').toHaveLength(1)
})

test('a run pauses without a sign-in and when GitLab asks to wait, and continues', async ({
  configuration,
  gitlab,
  page,
}) => {
  // The page's time, which passes as usual until it is moved on.
  await page.clock.install()
  await selectEight(configuration)
  gitlab.store.revokeAllTokens()
  await configuration.linkButton.click()

  await test.step('a lost sign-in pauses the run, which continues after signing in again', async () => {
    const paused = configuration.runTitled(words.linkingPaused)
    await expect(paused.getByText(words.signedOutMeanwhile)).toBeVisible()
    await configuration.signIn('amira', { isKnown: true })
    gitlab.settings.writeLimit = { requests: 3, windowSeconds: 60 }
    await configuration.goOnButton.click()
  })

  await test.step('a GitLab that asks to wait is waited for', async () => {
    await expect(configuration.run.getByText(words.askedToWait)).toBeVisible()
    expect(gitlab.store.subscriptions.size).toBe(6)
    gitlab.settings.writeLimit = null
    await page.clock.fastForward('01:01')
    await expect(configuration.runTitled(words.linked(COUNT))).toBeVisible()
    await expect(configuration.failure).toHaveCount(0)
    expect(gitlab.store.subscriptions.size).toBe(11)
  })
})

test('a run that is canceled keeps what was not sent selected, and leaving in the middle warns', async ({
  configuration,
  gitlab,
  page,
}) => {
  await selectEight(configuration)
  // The first four are under way until then.
  gitlab.settings.latencyMs = UNTIL_LOWERED_MS
  await configuration.linkButton.click()
  await expect(configuration.runTitled(words.linking(COUNT))).toBeVisible()
  const warning = page.waitForEvent('dialog')
  // A page that stays never finishes leaving.
  page.reload().catch(() => undefined)
  const dialog = await warning
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await configuration.cancelButton.click()
  gitlab.settings.latencyMs = 0
  await expect(configuration.runTitled(words.linkingCanceled(4, COUNT))).toBeVisible()
  await expect(configuration.linkButton).toHaveText(words.link(4))
  await expect(configuration.linkButton).toBeEnabled()

  const linked = gitlab.store.subscriptions.size
  await expect(configuration.linkedGroups).toHaveCount(linked)
  await page.reload()
  await expect(configuration.linkedGroups, 'what was done shows truly').toHaveCount(linked)
})

test('a run pauses while the browser is offline, and continues by itself', async ({
  configuration,
  gitlab,
  context,
  complaints,
}) => {
  await selectEight(configuration)
  // What is under way finishes; only what comes after it needs the connection.
  gitlab.settings.latencyMs = UNTIL_LOWERED_MS
  await configuration.linkButton.click()
  await expect(configuration.run.getByText(words.linkedNone)).toBeVisible()
  await context.setOffline(true)
  gitlab.settings.latencyMs = 0
  await expect(configuration.run.getByText(words.connectionLost)).toBeVisible()
  await context.setOffline(false)
  await expect(configuration.runTitled(words.linked(COUNT))).toBeVisible()
  expect(gitlab.store.subscriptions.size).toBe(11)
  expectOnly(complaints, /CORS policy|ERR_/)
})

test('a thousand linked groups can be filtered, and those that match unlinked together', async ({
  configuration,
  gitlab,
}) => {
  const { store } = gitlab
  linkManyGroups(store, [...store.installations.keys()].at(-1) ?? '', 1000, Date.now())
  await configuration.open()
  await expect(configuration.linkedGroupsTitle).toHaveText(words.linkedGroupsTitle('1,003'))
  expect(await configuration.linkedGroups.count(), 'only what is near is there').toBeLessThan(200)
  await configuration.waitForFrameToFit()
  const overhang = await configuration.frame
    .locator('html')
    .evaluate((html) => html.scrollHeight - html.clientHeight)
  expect(overhang, 'the page can’t be scrolled in its frame').toBe(0)

  await configuration.filter.fill('equipe donnees 9')
  const all = configuration.selectMatchingBox
  await all.check()
  const label = await configuration.frame.locator('label', { has: all }).textContent()
  const count = Number(label?.match(/\d+/)?.[0])
  expect(count).toBeGreaterThan(10)
  await expect(configuration.unlinkSelectedButton).toContainText(` ${count} `)
  await configuration.unlinkSelectedButton.click()
  await expect(configuration.questionTitled(words.unlinkQuestion(count))).toContainText(
    'Estate / Équipe Données / ',
  )
  await configuration.confirmButton.click()
  await expect(configuration.runTitled(words.unlinked(count))).toBeVisible()
  expect(store.subscriptions.size).toBe(1003 - count)
  await expect(configuration.linkedGroupsTitle).toHaveText(
    words.linkedGroupsTitle((1003 - count).toLocaleString('en')),
  )
})

test('many groups are selected, linked, retried, filtered and unlinked by keyboard alone', async ({
  configuration,
  gitlab,
  page,
}) => {
  test.slow()
  const { keyboard } = page
  const { store, settings } = gitlab
  await configuration.open()
  await configuration.signIn()

  await test.step('several groups are selected in an open list', async () => {
    await expect(configuration.groupSearch, 'the sign-in ends at the search').toBeFocused()
    await keyboard.type('mobile')
    await expect(configuration.options).toHaveCount(5)
    const first = configuration.options.first().getByText('acme/mobile', { exact: true })
    await expect(first, 'the group before its subgroups').toBeVisible()
    for (const _row of [2, 3, 4]) {
      await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
    }
    await expect(configuration.announcement(words.selected(3))).toBeAttached()
    await expect(configuration.options, 'the list stays open').toHaveCount(5)
    // What is typed next is another search.
    await keyboard.type('invoicing')
    await expect(configuration.options).toHaveCount(1)
    await keyboard.press('Enter')
    await expect(configuration.linkButton).toHaveText(words.link(4))
    await expect(configuration.groupSearch, 'nothing more to select there').toHaveValue('')

    await keyboard.press('Backspace')
    await expect(configuration.linkButton, 'Backspace in the empty field removes the last one').toHaveText(
      words.link(3),
    )
  })

  await test.step('they are linked, and what failed is retried', async () => {
    settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
    await keyboard.press('Escape')
    await keyboard.press('Tab')
    await expect(configuration.linkButton).toBeFocused()
    await keyboard.press('Enter')

    await expect(configuration.runTitled(words.linked(2, 3))).toBeVisible()
    await expect(configuration.runTitle, 'the panel takes the focus').toBeFocused()
    await expect(configuration.announcement(words.linked(2, 3))).toBeAttached()
    await expect(configuration.failedInRun).toHaveCount(1)
    await tabTo(page, configuration.succeededInRun)
    await keyboard.press('Enter')
    await expect(configuration.run.locator('details').first().getByRole('listitem')).toHaveCount(2)
    settings.writeFaults = { everyNth: 0, kinds: [] }
    await tabTo(page, configuration.retryFailedButton, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(configuration.runTitled(words.linked(3))).toBeVisible()
    await expect(configuration.runTitle).toBeFocused()
    await expect(configuration.announcement(words.linked(3))).toBeAttached()
    expect(store.subscriptions.size).toBe(6)
    await tabTo(page, configuration.closeButton)
    await keyboard.press('Enter')
    await expect(configuration.linkedGroupsTitle).toHaveText(words.linkedGroupsTitle('6'))
    await expect(configuration.linkedGroupsTitle).toBeFocused()
  })

  await test.step('they are filtered and unlinked', async () => {
    await tabTo(page, configuration.filter)
    await keyboard.type('mobile')
    await expect(configuration.announcement(words.filterMatches(3))).toBeAttached()
    await tabTo(page, configuration.rowBox(/Acme/).first())
    await keyboard.press('Space')
    await tabTo(page, configuration.rowBox(/Acme/).last())
    await keyboard.press('Shift+Space')
    await expect(configuration.unlinkSelectedButton).toContainText(' 3 ')
    await tabTo(page, configuration.unlinkSelectedButton)
    await keyboard.press('Enter')
    await expect(configuration.questionTitled(words.unlinkQuestion(3))).toBeVisible()
    await expect(configuration.cancelQuestionButton).toBeFocused()
    await keyboard.press('Escape')
    await expect(configuration.unlinkSelectedButton, 'Escape goes back to where it was asked').toBeFocused()
    await keyboard.press('Enter')
    await tabTo(page, configuration.confirmButton, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(configuration.runTitled(words.unlinked(3))).toBeVisible()
    await expect(configuration.runTitle).toBeFocused()
    await expect(configuration.announcement(words.unlinked(3))).toBeAttached()
    expect(store.subscriptions.size).toBe(3)
  })
})
