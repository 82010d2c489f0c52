import type { Page } from 'playwright/test'
import { axeViolations } from './axe.ts'
import { words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { GitLabWindow } from './gitlab-window.ts'

/** Longer than any test: what is under way stays so until it is lowered. */
const UNTIL_LOWERED_MS = 10 * 60_000

const LINK_GROUPS = 'section:has([role=combobox])'

type Theme = 'light' | 'dark'

test.use({ instance: 'gitlab', contextOptions: { reducedMotion: 'reduce' } })

// Jira's theme is switched on each screen: the page follows it live.

test('axe finds nothing on any screen, in the light theme and in the dark one', async ({
  configuration,
  gitlab,
  local,
  page,
}) => {
  test.slow()
  local.app.settings.latencyMs = UNTIL_LOWERED_MS
  await configuration.open('theme=light')
  await configuration.loading.waitFor()
  await check(page, 'loading')
  local.app.settings.latencyMs = 0
  await configuration.linkedGroups.first().waitFor()
  await check(page, 'list')

  await test.step('Jira’s theme is followed live', async () => {
    const html = configuration.frame.locator('html')
    const background = () => html.evaluate((element) => getComputedStyle(element).backgroundColor)
    const light = await background()
    await setTheme(page, 'dark')
    await expect.poll(background).not.toBe(light)
    await setTheme(page, 'light')
    await expect.poll(background).toBe(light)
  })

  await configuration.unlinkButton('Acme Corp / Web').click()
  await check(page, 'unlinking')
  await page.keyboard.press('Escape')

  const gitlabWindow = new GitLabWindow(await configuration.openSignInWindow())
  await configuration.waitingForWindow.waitFor()
  await check(page, 'signing in')
  await gitlabWindow.signInAs('amira').click()
  await gitlabWindow.denyButton.click()
  await configuration.failureOf('sign-in-denied').waitFor()
  await check(page, 'sign-in denied')

  await configuration.signIn('amira', { isKnown: true })
  await configuration.groupSearch.click()
  await configuration.options.first().waitFor()
  await check(page, 'selecting')
  await configuration.chooseGroup('android', 'acme/mobile/android')
  gitlab.settings.jiraUserCheck = 'notAdmin'
  await configuration.linkButton.click()
  await configuration.failure.waitFor()
  await check(page, 'linking failed')

  gitlab.settings.jiraUserCheck = 'real'
  await configuration.retryButton.click()
  await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  await check(page, 'linked')

  await configuration.checkButton.click()
  await configuration.checkPassed.waitFor()
  await check(page, 'connection check')

  await configuration.changeInstanceButton.click()
  await configuration.guideToggle.click()
  await configuration.createApplicationBox.check()
  await configuration.guideStep('Create an OAuth application').click()
  await configuration.instanceUrl.fill('ftp://gitlab.example.com')
  await configuration.saveInstanceButton.click()
  await configuration.instanceProblem.waitFor()
  await check(page, 'choosing an instance')
  await configuration.gitLabComRadio.check()
  await configuration.saveInstanceButton.click()
  await configuration.question.waitFor()
  await check(page, 'changing the instance')

  gitlab.store.subscriptions.clear()
  await configuration.open('theme=light')
  await configuration.noLinkedGroups.waitFor()
  await check(page, 'empty')
})

test('axe finds nothing outside Jira, in the light theme and in the dark one', async ({
  configuration,
  local,
  page,
}) => {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
    await configuration.outsideJiraTitle.waitFor()
    await checkTheme(page, theme, 'outside Jira')
    await page.goto(`${local.appUrl}/-/jira_connect/oauth_callbacks`)
    await configuration.callbackOutsideSignIn.waitFor()
    await checkTheme(page, theme, 'callback')
  }
})

test('axe finds nothing where many groups are linked and unlinked, in the light theme and in the dark one', async ({
  configuration,
  gitlab,
  page,
}) => {
  test.slow()
  // The page's time, which passes as usual until it is moved on.
  await page.clock.install()
  await configuration.open('theme=light')
  await configuration.signIn()
  await configuration.groupSearch.fill('web')
  await configuration.option('acme/web/search').click()
  await configuration.option('acme/web/frontend').click()
  await check(page, 'selecting many')
  await configuration.groupSearch.fill('we')
  await configuration.tooShortNote.waitFor()
  await check(page, 'selecting with too few letters', LINK_GROUPS)
  await configuration.groupSearch.fill('https://gitlab.example.com/groups/acme/web')
  await configuration.elsewhereNote.waitFor()
  await check(page, 'selecting by a URL of another instance', LINK_GROUPS)
  await configuration.groupSearch.fill('acme')
  await configuration.chooseAllButton('acme').click()
  await configuration.question.waitFor()
  await configuration.alsoSubgroupsBox.check()
  await check(page, 'selecting all', LINK_GROUPS)
  await configuration.confirmButton.click()
  await configuration.showSelectedButton.click()
  await check(page, 'selected many', LINK_GROUPS)
  await configuration.clearSelectedButton.click()

  await configuration.chooseAll('infrastructure')
  gitlab.settings.latencyMs = UNTIL_LOWERED_MS
  await configuration.linkButton.click()
  await configuration.runTitled(words.linking(4)).waitFor()
  await check(page, 'linking many')
  await configuration.cancelButton.click()
  await check(page, 'linking many, canceled')
  gitlab.settings.latencyMs = 0
  await configuration.open('theme=light')
  await configuration.signIn('amira', { isKnown: true })
  await configuration.chooseAll('mobile')
  gitlab.settings.writeLimit = { requests: 1, windowSeconds: 60 }
  await configuration.linkButton.click()
  await configuration.run.getByText(words.askedToWait).waitFor()
  await check(page, 'linking many, asked to wait')
  gitlab.settings.writeLimit = null
  await page.clock.fastForward('01:01')
  await configuration.runTitled(words.linked(5)).waitFor()
  await check(page, 'linked many')
  await configuration.closeButton.click()

  await configuration.rowBox('Acme Corp / Payments').check()
  await check(page, 'selecting linked groups')
  await configuration.selectAllBox.check()
  await configuration.unlinkSelectedButton.click()
  await check(page, 'unlinking many')
  gitlab.settings.writeFaults = { everyNth: 2, kinds: ['server-error'] }
  await configuration.confirmButton.click()
  await configuration.failure.waitFor()
  await configuration.succeededInRun.click()
  await check(page, 'unlinked many')
})

/**
 * Checks what Jira's frame shows, in both themes.
 * @param part what has changed since the last check, as a selector; default everything
 */
async function check(page: Page, screen: string, part?: string): Promise<void> {
  await checkTheme(page, 'light', screen, part)
  await setTheme(page, 'dark')
  await checkTheme(page, 'dark', screen, part)
  await setTheme(page, 'light')
}

async function checkTheme(page: Page, theme: Theme, screen: string, part?: string): Promise<void> {
  await endFades(page)
  // Themes differ in colors only.
  const violations = await axeViolations(page, theme === 'dark' ? ['color-contrast'] : undefined, part)
  expect(violations, `${screen}, ${theme}`).toEqual([])
}

/** Switches Jira's theme, and waits until the page has followed. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((mode) => {
    document.documentElement.dataset.colorMode = mode
  }, theme)
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('data-color-mode', theme)
}

/** Ends the fades of Atlaskit's controls from one color to the next, which axe would see half-way. */
async function endFades(page: Page): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate(() => {
      for (const animation of document.getAnimations())
        if (animation instanceof CSSTransition) animation.finish()
    })
}
