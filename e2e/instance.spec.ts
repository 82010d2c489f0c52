import type { Locator } from 'playwright/test'
import type { Local } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

test('an administrator sets up an instance of their own, and goes back to GitLab.com', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('app')
  await linkOnOwnInstance(configuration, local)

  await askForGitLabCom(configuration)
  const question = configuration.frame.getByRole('alertdialog', { name: 'Change to GitLab.com?' })
  await expect(question).toContainText('4 groups linked on')
  await question.getByRole('button', { name: 'Change instance' }).click()
  await expect(configuration.signInButton).toHaveText('Sign in to GitLab.com')
  await expect(configuration.linkedGroups).toHaveCount(3)
  await local.app.idle()
  expect(local.gitlab.store.subscriptions.size, 'GitLab unlinked them').toBe(0)
})

test('the guide leads to an instance below a sub-path', async ({ browser }) => {
  const local = await startLocal({
    mode: 'preview',
    ports: { jira: 0, app: 0, gitlab: 0 },
    gitlabPath: '/gitlab',
  })
  const page = await browser.newPage()
  try {
    const configuration = new ConfigurationPage(page, local)
    await linkOnOwnInstance(configuration, local)
    await askForGitLabCom(configuration)
    await configuration.frame.getByRole('button', { name: 'Change instance' }).click()
    await expect(configuration.signInButton).toHaveText('Sign in to GitLab.com')
  } finally {
    await page.close()
    await local.close()
  }
})

test('an administrator sets up an instance of their own, and has the connection checked, by keyboard alone', async ({
  configuration,
  local,
  page,
}) => {
  await local.presetInstance('app')
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  const { frame } = configuration
  const { keyboard } = page

  const change = frame.getByRole('button', { name: 'Change', exact: true })
  await change.focus()
  await keyboard.press('Enter')
  await expect(frame.getByRole('heading', { name: 'Where is your GitLab?' })).toBeFocused()
  await tabTo(frame.getByRole('checkbox', { name: 'Create an OAuth application' }))
  await keyboard.press('Space')
  await expect(frame.getByRole('checkbox', { name: 'Create an OAuth application' })).toBeChecked()
  const copyRedirectUri = frame.getByRole('button', { name: 'Copy Redirect URI' })
  await tabTo(copyRedirectUri)
  await keyboard.press('Enter')
  await expect(configuration.announcement('Copied.')).toBeAttached()
  await expect(copyRedirectUri).toBeFocused()
  await tabTo(frame.getByLabel('Instance URL'))
  await keyboard.type(local.gitlabUrl)
  await expect(frame.getByText(`Will be saved as ${local.gitlabUrl}`)).toBeVisible()
  await keyboard.press('Enter')
  const question = frame.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(configuration.signInButton).toHaveText(/^Sign in to gitlab\.localhost/)
  await expect(configuration.linkedGroups).toHaveCount(3)
  expect(await focusedTag(), 'focus is not lost').not.toBe('BODY')

  const open = frame.getByRole('button', { name: 'Check the connection' })
  await tabTo(open, 'Shift+Tab')
  await keyboard.press('Enter')
  const check = frame.getByRole('region', { name: 'Connection check' })
  await expect(check.getByRole('heading', { name: 'Connection check' })).toBeFocused()
  await check.getByText('Sign in to GitLab to check the rest.').waitFor()
  await tabTo(check.getByRole('button', { name: 'Copy as text' }))
  await keyboard.press('Enter')
  await tabTo(check.getByRole('button', { name: 'Close' }))
  await keyboard.press('Enter')
  await expect(check).toHaveCount(0)
  await expect(open, 'focus goes back to what opened it').toBeFocused()

  function focusedTag(): Promise<string | undefined> {
    return frame.locator('body').evaluate(() => document.activeElement?.tagName)
  }

  async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor()
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await keyboard.press(key)
    }
    throw new Error(`${target} is not reached by the ${key} key.`)
  }
})

test('the connection check finds nothing wrong, and its text holds no secret', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  await configuration.open()
  await configuration.signIn()
  await configuration.frame.getByRole('button', { name: 'Check the connection' }).click()
  const check = configuration.frame.getByRole('region', { name: 'Connection check' })
  await expect(check.getByText('All that could be checked works.')).toBeVisible()
  await expect(check.locator('[data-status="passed"]')).toHaveCount(11)
  expect(local.gitlab.store.subscriptions.size, 'nothing was linked').toBe(3)

  await check.getByRole('button', { name: 'Copy as text' }).click()
  await expect(configuration.announcement('Copied.')).toBeAttached()
})

test('an instance without the right proxy URL is found out, with the value to enter', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('proxy-url-trailing-slash')
  await configuration.open()
  await configuration.failure.getByRole('button', { name: 'Check the connection' }).click()
  const failed = configuration.frame.locator('[data-step="cors"][data-status="failed"]')
  await expect(failed.getByText(local.appUrl, { exact: true })).toBeVisible()
  // The browser's own notes.
  expect(complaints.splice(0).filter((complaint) => !complaint.includes('CORS policy'))).toEqual([])
})

test('a window that was closed on GitLab’s error page leads to a comparison of the OAuth application', async ({
  configuration,
  local,
}) => {
  await local.applyScenario('redirect-uri-other')
  await configuration.open()
  const popup = await configuration.openSignInWindow()
  await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
  await popup.getByText('The redirect URI included is not valid.').waitFor()
  await popup.close()
  await expect(configuration.failure).toContainText('The GitLab window was closed')
  await expect(configuration.failure).toContainText(`${local.appUrl}/-/jira_connect/oauth_callbacks`)
  await expect(configuration.failure).toContainText(local.gitlab.store.oauthApplication.clientId)
})

/** Opens the page, chooses the self-managed mock and links a group of it, beside the three that are linked. */
async function linkOnOwnInstance(configuration: ConfigurationPage, local: Local): Promise<void> {
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  await chooseOwnInstance(configuration, local)
  await configuration.signIn()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.linkedGroups).toHaveCount(4)
}

/** Leads up to the question whether to change the instance. */
async function askForGitLabCom({ frame }: ConfigurationPage): Promise<void> {
  await frame.getByRole('button', { name: 'Change', exact: true }).click()
  await frame.getByRole('radio', { name: 'GitLab.com' }).check()
  await frame.getByRole('button', { name: 'Save and continue' }).click()
}

/** Chooses the self-managed mock by a pasted link to one of its pages, with the guide as known. */
async function chooseOwnInstance(configuration: ConfigurationPage, local: Local): Promise<void> {
  const { frame } = configuration
  await frame.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(frame.getByText(`${local.appUrl}/-/jira_connect/oauth_callbacks`)).toBeVisible()
  await frame.getByLabel('set up already').check()
  await frame.getByLabel('Instance URL').fill(` ${local.gitlabUrl}/admin/applications `)
  await expect(frame.getByText(`Will be saved as ${local.gitlabUrl}`)).toBeVisible()
  await frame.getByRole('button', { name: 'Save and continue' }).click()
  await frame.getByRole('alertdialog').getByRole('button', { name: 'Change instance' }).click()
  await expect(configuration.signInButton).toHaveText(/^Sign in to gitlab\.localhost/)
}
