import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'

/** Keeps the files of some late parts from coming, as a lost connection does, until the function it returns is called. */
async function loseParts(page: Page, names: string): Promise<() => Promise<void>> {
  const files = new RegExp(`/assets/(${names})-[^/]+\\.js$`)
  await page.route(files, (route) => route.abort('connectionreset'))
  return () => page.unroute(files)
}

const failureTitle = 'A part of this page did not load'

test('the choice of a group that did not load comes at the next try, without a reload', async ({
  configuration,
  page,
}) => {
  const found = await loseParts(page, 'link-groups')
  await configuration.open()
  await configuration.signIn()
  await expect(configuration.failure).toContainText(failureTitle)
  await expect(configuration.linkedGroups).toHaveCount(3)

  await configuration.failure.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.failure).toContainText(failureTitle)

  await found()
  await configuration.failure.getByRole('button', { name: 'Try again' }).click()
  await configuration.chooseGroup('onboarding', 'acme-corp/internal-tools/onboarding')
  await configuration.linkButton.click()
  await expect(configuration.linkedGroups).toHaveCount(4)
  await expect(configuration.failure).toHaveCount(0)
})

test('signing in whose code did not load works at the next click', async ({ configuration, page }) => {
  const found = await loseParts(page, 'token-requests')
  await configuration.open()
  await configuration.openSignInWindow()
  await expect(configuration.failure).toContainText(failureTitle)
  await expect.poll(() => page.context().pages().length).toBe(1)

  await found()
  await configuration.signIn()
  await expect(configuration.failure).toHaveCount(0)
})

test('the connection check that did not load comes at the next try', async ({ configuration, page }) => {
  const found = await loseParts(page, 'connection-check')
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await configuration.frame.getByRole('button', { name: 'Check the connection' }).first().click()
  await expect(configuration.failure).toContainText(failureTitle)

  await found()
  await configuration.failure.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.frame.getByRole('heading', { name: 'Connection check' })).toBeVisible()
})

test('unlinking many whose code did not load keeps what was selected for the next try', async ({
  configuration,
  page,
}) => {
  const found = await loseParts(page, 'start-run')
  await configuration.open()
  const boxes = configuration.frame.getByRole('checkbox', { name: /^Select / })
  await boxes.nth(1).check()
  await boxes.nth(2).check()
  await configuration.frame.getByRole('button', { name: 'Unlink 2 groups' }).click()
  await configuration.frame.getByRole('button', { name: 'Unlink 2 groups' }).last().click()
  await expect(configuration.failure).toContainText(failureTitle)
  await expect(configuration.linkedGroups).toHaveCount(3)

  await found()
  await configuration.failure.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.linkedGroups).toHaveCount(1)
})

test('linking many whose code did not load is forgotten once a single group is linked instead', async ({
  configuration,
  local,
  page,
}) => {
  await local.presetInstance('gitlab')
  await loseParts(page, 'start-run')
  await configuration.open()
  await configuration.signIn()
  await configuration.chooseGroup('invoicing', 'acme/payments/invoicing')
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.failure).toContainText(failureTitle)

  await configuration.frame.getByRole('button', { name: 'Clear all' }).click()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.row('Acme Corp / Mobile / Android')).toBeVisible()
  await expect(configuration.failure).toHaveCount(0)
})

test('a page that was replaced by a newer version while it was open says to reload it, and keeps its list', async ({
  configuration,
  page,
}) => {
  await page.route(/\/assets\/link-groups-[^/]+\.js$/, (route) =>
    route.fulfill({ status: 404, body: 'Not found' }),
  )
  await configuration.open()
  await configuration.signIn()
  await expect(configuration.failure).toContainText(
    'a newer version of this page was installed while it was open',
  )
  await expect(configuration.failure).toContainText('reload this page in Jira')
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('a mistake in one part of the page leaves the others, and can be got over', async ({
  configuration,
  complaints,
  page,
}) => {
  const part = /\/assets\/link-groups-[^/]+\.js$/
  await page.route(part, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'export function LinkGroups() { throw new Error("a mistake") }',
    }),
  )
  await configuration.open()
  await configuration.signIn()
  await expect(configuration.failure).toContainText('Something on this page went wrong')
  await expect(configuration.failure.getByRole('button', { name: 'Try again' })).toBeVisible()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await configuration.frame
    .getByRole('button', { name: /^Unlink Acme/ })
    .first()
    .click()
  await configuration.frame.getByRole('button', { name: 'Unlink', exact: true }).first().click()
  await expect(configuration.linkedGroups).toHaveCount(2)
  // For the developer it is on the console, once.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('a mistake')])
})
