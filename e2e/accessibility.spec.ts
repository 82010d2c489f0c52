import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import type { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen in the ${theme} theme`, async ({ configuration, local, page }) => {
    test.slow()
    await local.presetInstance('gitlab')
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme })

    local.app.settings.latencyMs = 60_000
    await configuration.open(`theme=${theme}`)
    await configuration.frame.getByRole('status', { name: 'Loading' }).waitFor()
    await expect(configuration.frame.locator('html')).toHaveAttribute('data-color-mode', theme)
    await check(page, theme, 'loading')
    local.app.settings.latencyMs = 0

    await configuration.open()
    await configuration.linkedGroups.first().waitFor()
    await check(page, theme, 'list')

    await configuration.unlinkButton('Acme Corp / Web').click()
    await check(page, theme, 'unlinking')
    await page.keyboard.press('Escape')

    const popup = await configuration.openSignInWindow()
    await configuration.frame.getByText('Continue in the GitLab window.').waitFor()
    await check(page, theme, 'signing in')
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByRole('button', { name: 'Deny' }).click()
    await configuration.failure.waitFor()
    await check(page, theme, 'sign-in denied')

    await configuration.signIn('amira', { isKnown: true })
    await configuration.groupSearch.click()
    await configuration.frame.getByRole('option').first().waitFor()
    await check(page, theme, 'choosing')
    await configuration.chooseGroup('android', 'acme/mobile/android')
    local.gitlab.settings.jiraUserCheck = 'notAdmin'
    await configuration.linkButton.click()
    await configuration.failure.waitFor()
    await check(page, theme, 'linking failed')

    local.gitlab.settings.jiraUserCheck = 'real'
    await configuration.failure.getByRole('button', { name: 'Try again' }).click()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
    await check(page, theme, 'linked')

    await configuration.frame.getByRole('button', { name: 'Check the connection' }).click()
    await configuration.frame.getByText('All that could be checked works.').first().waitFor()
    await check(page, theme, 'connection check')

    await configuration.frame.getByRole('button', { name: 'Change', exact: true }).click()
    await configuration.frame.getByLabel('Instance URL').fill('ftp://gitlab.example.com')
    await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
    await configuration.frame.getByText('begins with https:// or http://').waitFor()
    await check(page, theme, 'choosing an instance')
    await configuration.frame.getByRole('radio', { name: 'GitLab.com' }).check()
    await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
    await configuration.frame.getByRole('alertdialog').waitFor()
    await check(page, theme, 'changing the instance')

    local.gitlab.store.subscriptions.clear()
    await configuration.open()
    await configuration.frame.getByText('No group is linked yet').waitFor()
    await check(page, theme, 'empty')

    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
    await page.getByRole('heading', { name: 'Open this page in Jira' }).waitFor()
    await check(page, theme, 'outside Jira')
    await page.goto(`${local.appUrl}/-/jira_connect/oauth_callbacks`)
    await page.getByText('Go back to Jira').waitFor()
    await check(page, theme, 'callback')
  })

  test(`axe finds nothing where many groups are linked and unlinked in the ${theme} theme`, async ({
    configuration,
    local,
    page,
  }) => {
    test.slow()
    await local.presetInstance('gitlab')
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme })
    await configuration.open(`theme=${theme}`)
    await configuration.signIn()
    await configuration.groupSearch.fill('web')
    await configuration.option('acme/web/search').click()
    await configuration.option('acme/web/frontend').click()
    await check(page, theme, 'choosing many')
    await configuration.groupSearch.fill('we')
    await configuration.menu.locator('..').getByText('GitLab searches from three letters on').waitFor()
    await check(page, theme, 'choosing with too few letters')
    await configuration.groupSearch.fill('https://gitlab.example.com/groups/acme/web')
    await configuration.menu.getByText('This address belongs to').waitFor()
    await check(page, theme, 'choosing by an address of another instance')
    await configuration.groupSearch.fill('acme')
    await configuration.frame.getByRole('button', { name: 'Choose all that match “acme”' }).click()
    await configuration.frame.getByRole('alertdialog').waitFor()
    await check(page, theme, 'choosing all')
    await configuration.frame.getByRole('button', { name: /^Choose \d+ groups$/ }).click()
    await configuration.frame.getByRole('button', { name: 'Show' }).click()
    await check(page, theme, 'chosen many')
    await configuration.frame.getByRole('button', { name: 'Clear all' }).click()

    await chooseThree(configuration)
    local.gitlab.settings.latencyMs = 60_000
    await configuration.frame.getByRole('button', { name: 'Link 3 groups' }).click()
    await configuration.frame.getByRole('heading', { name: 'Linking 3 groups' }).waitFor()
    await check(page, theme, 'linking many')
    await configuration.frame.getByRole('button', { name: 'Cancel' }).click()
    await check(page, theme, 'linking many, cancelled')
    local.gitlab.settings.latencyMs = 0
    await configuration.open()
    await configuration.signIn('amira', { isKnown: true })
    await chooseThree(configuration)
    local.gitlab.settings.writeLimit = { requests: 1, windowSeconds: 5 }
    await configuration.frame.getByRole('button', { name: 'Link 3 groups' }).click()
    await configuration.frame
      .getByText(/asks to wait/)
      .first()
      .waitFor()
    await check(page, theme, 'linking many, asked to wait')
    local.gitlab.settings.writeLimit = null
    await configuration.frame.getByRole('heading', { name: 'Linked 3 groups' }).waitFor()
    await configuration.frame.getByText('Linked (3)').click()
    await check(page, theme, 'linked many')

    await configuration.open()
    await configuration.frame
      .getByRole('checkbox', { name: 'Select Acme Corp / Payments', exact: true })
      .check()
    await check(page, theme, 'selecting')
    await configuration.frame.getByRole('checkbox', { name: /^Select all/ }).check()
    await configuration.frame.getByRole('button', { name: /^Unlink \d groups$/ }).click()
    await check(page, theme, 'unlinking many')
    local.gitlab.settings.writeFaults = { everyNth: 2, kinds: ['server-error'] }
    await configuration.frame
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Unlink/ })
      .click()
    await configuration.failure.waitFor()
    await check(page, theme, 'unlinked many')
  })
}

test('Jira’s theme is followed live', async ({ configuration, page }) => {
  await configuration.open('theme=light')
  await configuration.linkedGroups.first().waitFor()
  const background = () =>
    configuration.frame.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)
  await expect(configuration.frame.locator('html')).toHaveAttribute('data-color-mode', 'light')
  const light = await background()
  await page.evaluate(() => {
    document.documentElement.dataset.colorMode = 'dark'
  })
  await expect(configuration.frame.locator('html')).toHaveAttribute('data-color-mode', 'dark')
  await expect.poll(background).not.toBe(light)
})

async function chooseThree(configuration: ConfigurationPage): Promise<void> {
  for (const [search, path] of [
    ['invoicing', 'acme/payments/invoicing'],
    ['kubernetes', 'acme/platform/infrastructure/kubernetes'],
    ['terraform', 'acme/platform/infrastructure/terraform'],
  ] as const)
    await configuration.chooseGroup(search, path)
}

async function check(page: Page, theme: 'light' | 'dark', screen: string): Promise<void> {
  // Jira's own page around the frame is tested where it is made.
  const builder = new AxeBuilder({ page }).exclude('body > header').exclude('nav')
  // Themes differ in colours only.
  if (theme === 'dark') builder.withRules(['color-contrast'])
  const { violations } = await builder.analyze()
  expect(violations, screen).toEqual([])
}
