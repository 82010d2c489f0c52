import { expect } from 'playwright/test'
import type { ConfigurationPage } from '#e2e/configuration-page.ts'
import { words } from '#e2e/configuration-page.ts'
import { eventually } from '#e2e/eventually.ts'
import { GitLabWindow } from '#e2e/gitlab-window.ts'
import { tabTo } from '#e2e/keyboard.ts'
import { linkByKeyboard } from '#e2e/link-by-keyboard.ts'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { Engine } from './fixtures.ts'
import { PLANTED, test, whyNot } from './fixtures.ts'

const android = { search: 'android', path: 'acme/mobile/android', fullName: 'Acme Corp / Mobile / Android' }

/**
 * What must work in every engine, written once. It looks at locators with `waitFor` and `expect.poll`, because in Firefox
 * and WebKit they aren't Playwright's, as which `expect` takes no others.
 */
export function walkInEngine(engine: Engine): void {
  test.use({ engine })
  // One browser for all of them.
  test.describe.configure({ mode: 'default' })
  test.skip(whyNot(engine) !== undefined, whyNot(engine) ?? '')
  test.slow()
  // So that each title in a log tells the engine.
  test.describe(engine, describeJourneys)
}

function describeJourneys(): void {
  test('an error that the page logs, and one that nobody catches, are noticed', async ({
    configuration,
    complaints,
  }) => {
    await configuration.open()
    await expectLinked(configuration, 3)
    await configuration.frame.locator('html').evaluate((_html, planted) => {
      console.error(`${planted} line`)
      setTimeout(() => {
        throw new Error(`${planted} error`)
      })
    }, PLANTED)
    const noticed: string[] = []
    const both = async () => {
      noticed.push(...(await complaints()))
      return [`console error: ${PLANTED} line`, `${PLANTED} error`].filter(
        (planted) => !noticed.some((complaint) => complaint.includes(planted)),
      )
    }
    await eventually(both).toEqual([])
  })

  test('linked groups show at once, Jira’s frame is as tall as the page, and Jira’s theme is followed live', async ({
    configuration,
    page,
  }) => {
    await configuration.open('theme=light')
    await expectLinked(configuration, 3)
    await configuration.waitForFrameToFit()
    await configuration.unlinkButton('Acme Corp / Web').click()
    await configuration.question.waitFor()
    await configuration.waitForFrameToFit()
    await configuration.cancelQuestionButton.click()
    await configuration.waitForFrameToFit()

    const background = () =>
      configuration.frame.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)
    const light = await background()
    for (const theme of ['dark', 'light']) {
      await page.evaluate((mode) => {
        document.documentElement.dataset.colorMode = mode
      }, theme)
      await eventually(async () => (await background()) === light).toBe(theme === 'light')
    }
  })

  test('an administrator signs in, links a group, finds it linked after reloading Jira, and unlinks it', async ({
    configuration,
    page,
  }) => {
    await configuration.open()
    await expectLinked(configuration, 3)
    await configuration.signIn()
    await configuration.chooseGroup(android.search, android.path)
    await configuration.linkButton.click()
    await configuration.newMark(android.fullName).waitFor()
    await page.reload()
    await configuration.row(android.fullName).waitFor()
    await configuration.unlink(android.fullName)
    await expectLinked(configuration, 3)
    await configuration.row(android.fullName).waitFor({ state: 'detached' })
  })

  test('groups that fail when many are linked are named, and linked by a retry', async ({
    configuration,
    local: { gitlab },
  }) => {
    await configuration.open()
    await configuration.signIn()
    await configuration.chooseAll('data')
    gitlab.settings.writeFaults = { everyNth: 3, kinds: ['server-error'] }
    await configuration.linkButton.click()
    await configuration.runTitled(words.linked(6, 8)).waitFor()
    expect(await configuration.failedInRun.count()).toBe(2)
    gitlab.settings.writeFaults = { everyNth: 0, kinds: [] }
    await configuration.retryFailedButton.click()
    await configuration.runTitled(words.linked(8)).waitFor()
    await expectLinked(configuration, 11)
  })

  test('a value of the guide is copied, the instance is changed to one of another site, and its connection is checked', async ({
    configuration,
    local,
  }) => {
    await local.presetInstance('app')
    await configuration.open()
    await configuration.changeInstanceButton.click()
    await configuration.selfManagedRadio.check()
    await configuration.guideToggle.click()
    await configuration.guideStep('Create an OAuth application').click()
    await configuration.copyRedirectUriButton.click()
    await configuration.announcement(words.copied).waitFor({ state: 'attached' })
    const value = () => configuration.instanceUrl.evaluate((field) => (field as HTMLInputElement).value)
    await configuration.instanceUrl.fill('')
    await configuration.instanceUrl.press('Control+V')
    await eventually(value).toBe(`${local.appUrl}/-/jira_connect/oauth_callbacks`)

    await configuration.instanceUrl.fill(`${local.gitlabUrl}/`)
    await configuration.willBeSavedAs(local.gitlabUrl).waitFor()
    await configuration.saveInstanceButton.click()
    await configuration.confirmButton.click()
    await configuration.signIn()
    await configuration.groupSearch.waitFor()
    await configuration.checkButton.click()
    await configuration.checkPassed.waitFor()
    expect(await configuration.checkStepsThat('failed').count()).toBe(0)
  })

  test('a sign-in window that is closed or blocked is noticed, and the next one works', async ({
    configuration,
    local,
    complaints,
  }) => {
    await local.applyScenario('popup-blocked')
    await configuration.open()
    await configuration.signInButton.click()
    await configuration.failureOf('popup-blocked').waitFor()
    // The browser's own note on it.
    expect((await complaints()).filter((complaint) => !/about:blank/.test(complaint))).toEqual([])
    local.mend()
    // A frame keeps the permissions that it was made with.
    await configuration.open()
    const popup = await configuration.openSignInWindow()
    await new GitLabWindow(popup).signInAs('amira').waitFor()
    await popup.close()
    await configuration.failureOf('popup-closed').waitFor()
    await configuration.signIn()
    await configuration.failure.waitFor({ state: 'detached' })
  })

  test('an administrator signs in, links, and unlinks by keyboard alone', async ({ configuration, page }) => {
    await linkByKeyboard(configuration, page)
  })

  test('Shift and the space bar select all groups from one to another', async ({ configuration, page }) => {
    await configuration.open()
    await expectLinked(configuration, 3)
    await tabTo(page, configuration.rowBox(/Acme/).first())
    await page.keyboard.press('Space')
    await tabTo(page, configuration.rowBox(/Acme/).last())
    await page.keyboard.press('Shift+Space')
    await eventually(() => configuration.unlinkSelectedButton.textContent()).toContain(' 3 ')
  })

  test('a frame 400 pixels wide shows everything without scrolling sideways, and links a group', async ({
    configuration,
    page,
  }) => {
    await configuration.open()
    await expectLinked(configuration, 3)
    await page.evaluate(() => {
      const frame = document.querySelector('iframe')
      if (frame) frame.style.width = '400px'
    })
    const excess = () =>
      configuration.frame.locator('html').evaluate((html) => [html.clientWidth, html.scrollWidth].join())
    await eventually(excess).toBe('400,400')
    await configuration.signIn()
    await configuration.chooseGroup(android.search, android.path)
    await configuration.linkButton.click()
    await expectLinked(configuration, 4)
    await configuration.waitForFrameToFit()
    expect(await excess()).toBe('400,400')
  })

  test('of a thousand linked groups only those that are near are there, and a filter finds the others', async ({
    configuration,
    local: { gitlab },
  }) => {
    linkManyGroups(gitlab.store, [...gitlab.store.installations.keys()].at(-1) ?? '', 1000, Date.now())
    await configuration.open()
    await eventually(() => configuration.linkedGroupsTitle.textContent()).toBe(
      words.linkedGroupsTitle('1,003'),
    )
    await configuration.waitForFrameToFit()
    expect(await configuration.linkedGroups.count()).toBeLessThan(200)
    await configuration.filter.fill('developer experience')
    await configuration.row('Acme Corp / Platform / Developer Experience').waitFor()
    await configuration.waitForFrameToFit()
  })

  test('a part that fails to load comes at the next try, without a reload', async ({
    lossy: { configuration, lost },
  }) => {
    lost.files = /assets\/(credentials|link-groups)-[^/]+\.js$/
    await configuration.open()
    await expectLinked(configuration, 3)
    await configuration.signInButton.click()
    await configuration.failureOf('part-missing').waitFor()
    delete lost.files
    await configuration.signIn()
    if (await configuration.failure.isVisible()) await configuration.retryButton.click()
    await configuration.chooseGroup(android.search, android.path)
    await configuration.linkButton.click()
    await expectLinked(configuration, 4)
  })
}

function expectLinked({ linkedGroups }: ConfigurationPage, count: number): Promise<void> {
  return eventually(() => linkedGroups.count()).toBe(count)
}
