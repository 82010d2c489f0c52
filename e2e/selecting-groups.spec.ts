import type { Locator } from 'playwright/test'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import type { ConfigurationPage } from './configuration-page.ts'
import { words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

test.use({ instance: 'gitlab' })

test('scrolling through 100,000 groups pages without totals, and needs no more of the page than 100', async ({
  configuration,
  gitlab,
  local,
}) => {
  test.slow()
  addManyGroups(gitlab.store, 100)
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.click()
  await expect(configuration.options.first()).toBeVisible()
  const list = configuration.menu
  // In the middle of the list, where rows are rendered above and below the visible ones.
  await list.evaluate((element) => element.scrollTo(0, 2000))
  await expect.poll(() => rowsInView(configuration)).not.toContain('2')
  const nodesOfFew = await nodes(configuration)

  // Only a fresh GitLab: the two would hold groups of the same paths.
  await local.reset()
  await local.presetInstance('gitlab')
  addManyGroups(gitlab.store, 100_000)
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.click()
  await expect(configuration.options.first()).toBeVisible()
  expect(await nodes(configuration)).toBeLessThan(nodesOfFew * 1.1)

  for (let page = 1; page <= 12; page++) {
    // Further groups come when the end of those that are known is in view.
    const known = await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight
      return element.scrollHeight
    })
    await expect.poll(() => list.evaluate((element) => element.scrollHeight)).toBeGreaterThan(known)
  }
  await expect
    .poll(async () => Number(await configuration.options.last().getAttribute('aria-posinset')))
    .toBeGreaterThan(550)
  expect(await nodes(configuration)).toBeLessThan(nodesOfFew * 1.1)
  await expect(configuration.options.first()).toHaveAttribute('aria-setsize', '-1')

  await list.evaluate((element) => element.scrollTo(0, 0))
  await expect(configuration.options.first()).toHaveAttribute('aria-posinset', '1')
})

test('a pasted URL finds its group, and one search selects all groups that match', async ({
  configuration,
  gitlab,
  local,
}) => {
  addManyGroups(gitlab.store, 2000)
  await configuration.open()
  await configuration.signIn()

  await test.step('a pasted URL finds its group, or says why it doesn’t', async () => {
    await configuration.groupSearch.fill(`${local.gitlabUrl}/groups/acme/mobile/-/issues?state=opened`)
    await expect(configuration.options).toHaveCount(1)
    await expect(configuration.option('acme/mobile')).toBeVisible()
    await configuration.groupSearch.fill(`${local.gitlabUrl}/acme/mobile/android/app/-/merge_requests/3`)
    await expect(configuration.option('acme/mobile/android')).toBeVisible()
    await expect(configuration.options).toHaveCount(1)
    await configuration.groupSearch.fill(`${local.appUrl}/acme/mobile`)
    await expect(configuration.menu).toContainText(words.urlOf(new URL(local.appUrl).host))
    await configuration.groupSearch.fill(`${local.gitlabUrl}/amira`)
    await expect(configuration.menu).toContainText(words.personalNamespace('amira'))
    await configuration.groupSearch.fill(`${local.gitlabUrl}/acme/mobile`)
    await configuration.option('acme/mobile').click()
    await configuration.closeMenu()
    await configuration.linkButton.click()
    await expect(configuration.row('Acme Corp / Mobile')).toBeVisible()
  })

  await test.step('all groups that match are selected after a question with their number', async () => {
    await configuration.groupSearch.fill('atlas')
    await expect(configuration.options.first()).toContainText('commerce/atlas')
    await configuration.chooseAllButton('atlas').click()
    await expect(configuration.question).toContainText(words.subgroupsSkipped)
    const countWithoutSubgroups = await numberIn(configuration.confirmButton)
    await configuration.alsoSubgroupsBox.check()
    const count = await numberIn(configuration.confirmButton)
    await expect(configuration.questionTitled(words.selectQuestion(count))).toBeVisible()
    await configuration.confirmButton.click()
    await expect(configuration.linkButton).toHaveText(words.link(count))
    await expect(configuration.groupSearch).toBeFocused()
    await configuration.leaveOutButton.click()
    await expect(configuration.linkButton, 'what their parents cover').toHaveText(
      words.link(countWithoutSubgroups),
    )
  })
})

test('the connection check finds nothing wrong, and an open list below it is not cut off', async ({
  configuration,
  gitlab,
  page,
}) => {
  gitlab.store.subscriptions.clear()
  await configuration.open()
  await configuration.signIn()

  await test.step('the connection check finds nothing wrong, and its text can be copied', async () => {
    await configuration.checkButton.click()
    await expect(configuration.checkPassed).toBeVisible()
    await expect(configuration.checkStepsThat('passed')).toHaveCount(11)
    expect(gitlab.store.subscriptions.size, 'nothing was linked').toBe(0)
    await configuration.checkCopyButton.click()
    await expect(configuration.announcement(words.copied)).toBeAttached()
  })

  // The check is above the field, and pushes it down to the end of Jira's frame.
  for (const width of [1280, 400]) {
    await page.setViewportSize({ width, height: 900 })
    // Typing opens the list, the same text again doesn't.
    await configuration.groupSearch.fill('')
    await configuration.groupSearch.fill('ac')
    await expect(configuration.options.first()).toBeVisible()
    await configuration.waitForFrameToFit()
    const { bottom, height } = await configuration.menu.evaluate((list) => ({
      bottom: list.getBoundingClientRect().bottom,
      height: list.getBoundingClientRect().height,
    }))
    expect(bottom).toBeLessThan(await configuration.frame.locator('html').evaluate(() => innerHeight))
    expect(height, 'nor made smaller for it').toBe(300)

    await page.emulateMedia({ forcedColors: 'active' })
    const focused = configuration.options.and(configuration.frame.locator('[data-focused]'))
    await expect(focused, 'forced colors have no backgrounds').toHaveCSS('outline-style', 'solid')
    await page.emulateMedia({ forcedColors: 'none' })
    await expect(focused).toHaveCSS('outline-style', 'none')

    await configuration.closeMenu()
    await expect(configuration.menu).toBeHidden()
    await expect(configuration.groupSearch, 'Escape keeps what is typed').toHaveValue('ac')
    await configuration.groupSearch.press('ArrowDown')
    await expect(configuration.menu).toBeVisible()
    await configuration.linkGroupsTitle.click()
    await expect(configuration.menu, 'a click elsewhere closes it').toBeHidden()
    await expect(configuration.groupSearch).toHaveValue('ac')
  }
})

/** The positions of the rows that are in the page. */
function rowsInView({ options }: ConfigurationPage): Promise<(string | null)[]> {
  return options.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-posinset')))
}

/** How many elements the page in the frame consists of. */
function nodes({ frame }: ConfigurationPage): Promise<number> {
  return frame.locator('html').evaluate((html) => html.getElementsByTagName('*').length)
}

/** @returns the number in a button's label, as shown */
async function numberIn(button: Locator): Promise<string> {
  return /[\d,]+/.exec((await button.textContent()) ?? '')?.[0] ?? ''
}
