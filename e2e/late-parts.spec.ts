import type { Page } from 'playwright/test'
import { words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { hold } from './hold.ts'

/** Keeps the files of some late parts from coming, as a lost connection does, until the function it returns is called. */
async function loseParts(page: Page, names: string): Promise<() => Promise<void>> {
  const files = new RegExp(`/assets/(${names})-[^/]+\\.js$`)
  await page.route(files, (route) => route.abort('connectionreset'))
  return () => page.unroute(files)
}

test('a part that did not load comes at the next try, without a reload', async ({ configuration, page }) => {
  const failure = configuration.failureOf('part-missing')
  const failed = new Set<string>()
  page.on('requestfailed', (request) => failed.add(request.resourceType()))
  const findSignIn = await loseParts(page, 'credentials')
  const findSelection = await loseParts(page, 'link-groups')
  const findCheck = await loseParts(page, 'connection-check')
  await configuration.open()

  await test.step('signing in whose code did not load works at the next click', async () => {
    await configuration.openSignInWindow()
    await expect(failure).toBeVisible()
    await expect.poll(() => page.context().pages().length).toBe(1)

    await findSignIn()
    await configuration.signIn()
  })

  await test.step('the choice of a group that did not load comes at the next try, without a reload', async () => {
    await expect(failure).toBeVisible()
    await expect(configuration.linkedGroups).toHaveCount(3)

    await configuration.retryButton.click()
    await expect(failure).toBeVisible()

    await findSelection()
    await configuration.retryButton.click()
    await configuration.chooseGroup('onboarding', 'acme-corp/internal-tools/onboarding')
    await configuration.linkButton.click()
    await expect(configuration.linkedGroups).toHaveCount(4)
    await expect(configuration.failure).toHaveCount(0)
  })

  await test.step('the connection check that did not load comes at the next try', async () => {
    await configuration.checkButton.first().click()
    await expect(failure).toBeVisible()

    await findCheck()
    await configuration.retryButton.click()
    await expect(configuration.checkTitle).toBeVisible()
  })

  expect([...failed], 'no import has failed: Firefox would never try it again').toEqual(['fetch'])
})

test('unlinking many whose code did not load keeps what was selected for the next try', async ({
  configuration,
  page,
}) => {
  const found = await loseParts(page, 'start-run')
  await configuration.open()
  await configuration.rowBox(/Acme/).nth(1).check()
  await configuration.rowBox(/Acme/).nth(2).check()
  await configuration.unlinkSelectedButton.click()
  await configuration.confirmButton.click()
  await expect(configuration.failureOf('part-missing')).toBeVisible()
  await expect(configuration.linkedGroups).toHaveCount(3)

  await found()
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(1)
})

test.describe(() => {
  test.use({ instance: 'gitlab' })

  test('what is to be linked can’t be changed any more while the code for that is still on its way', async ({
    configuration,
    page,
  }) => {
    const letIn = await hold(page, /\/assets\/start-run-[^/]+\.js$/)
    await configuration.open()
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await expect(configuration.changeInstanceButton).toBeDisabled()
    // A field that takes no input isn't one for assistive technology.
    await expect(configuration.groupSearch).toBeHidden()
    letIn()
    await expect(configuration.row('Acme Corp / Mobile / Android')).toBeVisible()
    await expect(configuration.groupSearch).toBeVisible()
  })

  test('linking many whose code did not load is forgotten once a single group is linked instead', async ({
    configuration,
    page,
  }) => {
    const failure = configuration.failureOf('part-missing')
    const found = await loseParts(page, 'start-run')
    await configuration.open()
    await configuration.signIn()
    await configuration.chooseGroup('invoicing', 'acme/payments/invoicing')
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await expect(failure).toBeVisible()

    await configuration.clearSelectedButton.click()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    // It needs the same code, and the earlier failure stays until that, too, is known to be lost.
    const lostAgain = page.waitForEvent('requestfailed', (request) => request.url().includes('start-run'))
    await configuration.linkButton.click()
    await lostAgain
    await expect(failure).toBeVisible()

    await found()
    await configuration.retryButton.click()
    await expect(configuration.row('Acme Corp / Mobile / Android')).toBeVisible()
    await expect(configuration.linkedGroups).toHaveCount(4)
    await expect(configuration.failure).toHaveCount(0)
  })
})

test('a failure whose explanation did not load is named all the same, and explained at the next try', async ({
  configuration,
  local,
  page,
}) => {
  const found = await loseParts(page, 'failure-panel')
  await local.applyScenario('stale-secret')
  await configuration.open()
  const failure = configuration.failureOf('context-token-refused')
  await expect(failure).toContainText(words.explanationMissing)
  await found()
  await configuration.retryButton.click()
  await expect(failure).toContainText(words.whatToDo)
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
  await expect(configuration.failureOf('part-missing')).toContainText(words.newerVersion)
  await expect(configuration.failureOf('part-missing')).toContainText(words.reloadInJira)
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
  await expect(configuration.failureOf('unknown')).toBeVisible()
  await expect(configuration.retryButton).toBeVisible()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await configuration.unlink('Acme / Storefront')
  await expect(configuration.linkedGroups).toHaveCount(2)
  // For the developer it is on the console, once.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('a mistake')])
})
