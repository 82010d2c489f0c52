import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import type { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

test('scrolling through 100,000 groups pages without totals, and needs no more of the page than 100', async ({
  configuration,
  local,
}) => {
  test.slow()
  await local.presetInstance('gitlab')
  addManyGroups(local.gitlab.store, 100)
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.click()
  await expect(configuration.options.first()).toBeVisible()
  const list = configuration.frame.getByRole('listbox')
  // In the middle of the list, where rows stand ready on both sides of what is in view.
  await list.evaluate((element) => element.scrollTo(0, 2000))
  await expect.poll(() => rowsInView(configuration)).not.toContain('2')
  const nodesOfFew = await nodes(configuration)

  await local.reset()
  await local.presetInstance('gitlab')
  addManyGroups(local.gitlab.store, 100_000)
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

test('several groups are chosen by keyboard in an open list, and linked', async ({
  configuration,
  local,
  page,
}) => {
  await local.presetInstance('gitlab')
  await configuration.open()
  await configuration.signIn()
  const { keyboard } = page
  await expect(configuration.groupSearch).toBeFocused()
  await keyboard.type('mobile')
  await expect(configuration.options).toHaveCount(5)
  await expect(configuration.options.first(), 'the group before its subgroups').toHaveText(/acme\/mobile$/)
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(configuration.announcement(/2 groups are chosen\.$/)).toBeAttached()
  await expect(configuration.options, 'the list stays open').toHaveCount(5)
  // What is typed next is another search.
  await keyboard.type('invoicing')
  await expect(configuration.options).toHaveCount(1)
  await keyboard.press('Enter')
  await expect(configuration.linkButton).toHaveText('Link 3 groups')

  await keyboard.press('Backspace')
  await keyboard.press('Backspace')
  await expect(configuration.linkButton, 'Backspace in the empty field removes the last one').toHaveText(
    'Link 2 groups',
  )
  await keyboard.press('Escape')
  await keyboard.press('Tab')
  await expect(configuration.linkButton).toBeFocused()
  await keyboard.press('Enter')
  await expect(configuration.linkedGroups).toHaveCount(5)
})

test('a pasted address finds its group, or says why it does not', async ({ configuration, local }) => {
  await local.presetInstance('gitlab')
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.fill(`${local.gitlabUrl}/groups/acme/mobile/-/issues?state=opened`)
  await expect(configuration.options).toHaveCount(1)
  await expect(configuration.options).toHaveText(/acme\/mobile$/)
  await configuration.groupSearch.fill(`${local.gitlabUrl}/acme/mobile/android/app/-/merge_requests/3`)
  await expect(configuration.options).toHaveText(/acme\/mobile\/android$/)
  await configuration.groupSearch.fill(`${local.appUrl}/acme/mobile`)
  await expect(configuration.menu).toContainText(`This address belongs to ${new URL(local.appUrl).host}.`)
  await configuration.groupSearch.fill(`${local.gitlabUrl}/amira`)
  await expect(configuration.menu).toContainText('“amira” is your personal namespace')
  await configuration.groupSearch.fill('mobi')
  await configuration.option('acme/mobile').click()
  await configuration.groupSearch.press('Escape')
  await configuration.linkButton.click()
  await expect(configuration.row('Acme Corp / Mobile')).toBeVisible()
})

test('all groups that match are chosen after a question with their number', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  addManyGroups(local.gitlab.store, 2000)
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.fill('atlas')
  await expect(configuration.options.first()).toContainText('commerce/atlas')
  await configuration.frame.getByRole('button', { name: 'Choose all that match “atlas”' }).click()
  const question = configuration.frame.getByRole('alertdialog')
  await expect(question).toContainText('None of them is linked yet.')
  const title = (await question.locator('.question-title').textContent()) ?? ''
  const [count] = /[\d,]+/.exec(title) ?? []
  await question.getByRole('button', { name: `Choose ${count} groups` }).click()
  await expect(configuration.linkButton).toHaveText(`Link ${count} groups`)
  await expect(configuration.groupSearch).toBeFocused()
  await configuration.frame.getByRole('button', { name: 'Leave out' }).click()
  await expect(configuration.linkButton, 'what their parents cover').toHaveText(/^Link \d+ groups$/)
})

test('the open list is never cut off by the end of Jira’s frame', async ({ configuration, local, page }) => {
  await local.presetInstance('gitlab')
  local.gitlab.store.subscriptions.clear()
  for (const width of [1280, 400]) {
    await page.setViewportSize({ width, height: 900 })
    await configuration.open()
    await configuration.signIn('amira', { isKnown: width === 400 })
    // What stands above pushes the field down.
    await configuration.frame.getByRole('button', { name: 'Check the connection' }).click()
    await configuration.frame.getByText('All that could be checked works.').first().waitFor()
    await configuration.groupSearch.fill('ac')
    await expect(configuration.options.first()).toBeVisible()
    await configuration.waitForFrameToFit()
    const { bottom, height } = await configuration.menu.evaluate((list) => ({
      bottom: list.getBoundingClientRect().bottom,
      height: list.getBoundingClientRect().height,
    }))
    expect(bottom).toBeLessThan(await configuration.frame.locator('html').evaluate(() => innerHeight))
    expect(height, 'nor made smaller for it').toBe(300)

    await configuration.groupSearch.press('Escape')
    await expect(configuration.menu).toBeHidden()
    await expect(configuration.groupSearch, 'Escape keeps what is typed').toHaveValue('ac')
    await configuration.groupSearch.press('ArrowDown')
    await expect(configuration.menu).toBeVisible()
    await configuration.frame.getByRole('heading', { name: 'Link groups' }).click()
    await expect(configuration.menu, 'a click elsewhere closes it').toBeHidden()
    await expect(configuration.groupSearch).toHaveValue('ac')
  }
})

/** The places of the rows that are in the page. */
function rowsInView({ options }: ConfigurationPage): Promise<(string | null)[]> {
  return options.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-posinset')))
}

/** How many elements the page in the frame consists of. */
function nodes({ frame }: ConfigurationPage): Promise<number> {
  return frame.locator('html').evaluate((html) => html.getElementsByTagName('*').length)
}
