import type { Local } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

test('an administrator sets up an instance of their own, and goes back to GitLab.com', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('app')
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  await chooseOwnInstance(configuration, local)
  await configuration.signIn()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.linkedGroups).toHaveCount(4)

  await configuration.frame.getByRole('button', { name: 'Change', exact: true }).click()
  await configuration.frame.getByRole('radio', { name: 'GitLab.com' }).check()
  await configuration.frame.getByRole('button', { name: 'Save and continue' }).click()
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
    await configuration.open()
    await configuration.linkedGroups.first().waitFor()
    await chooseOwnInstance(configuration, local)
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await expect(configuration.linkedGroups).toHaveCount(4)
  } finally {
    await page.close()
    await local.close()
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

/** Chooses the self-managed mock by a pasted link to one of its pages, with the guide as known. */
async function chooseOwnInstance(configuration: ConfigurationPage, local: Local): Promise<void> {
  const { frame } = configuration
  await frame.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(frame.getByText(`${local.appUrl}/-/jira_connect/oauth_callbacks`)).toBeVisible()
  await frame.getByLabel('Already done').check()
  await frame.getByLabel('Instance URL').fill(` ${local.gitlabUrl}/admin/applications `)
  await expect(frame.getByText(`Will be saved as ${local.gitlabUrl}`)).toBeVisible()
  await frame.getByRole('button', { name: 'Save and continue' }).click()
  await frame.getByRole('alertdialog').getByRole('button', { name: 'Change instance' }).click()
  await expect(configuration.signInButton).toHaveText(/^Sign in to gitlab\.localhost/)
}
