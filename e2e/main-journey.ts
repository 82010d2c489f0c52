import type { Page } from 'playwright/test'
import { expect } from 'playwright/test'
import { ConfigurationPage } from './configuration-page.ts'

const group = {
  search: 'onboard',
  path: 'acme-corp/internal-tools/onboarding',
  fullName: 'Acme / Internal Tools / Onboarding',
}

/**
 * What must work whatever serves the page: open, sign in, link, reload, unlink, sign in again and out. The GitLab
 * behind is a mock that holds GitLab.com's groups, freshly installed on the Jira stand-in. linking.spec.ts does the same
 * and more on the preview server.
 */
export async function walkMainJourney(page: Page, jiraUrl: string): Promise<void> {
  const configuration = new ConfigurationPage(page, { jiraUrl })
  await configuration.open()
  await expect(configuration.linkedGroups, 'linked groups show without signing in').toHaveCount(3)

  await configuration.signIn()
  await configuration.chooseGroup(group.search, group.path)
  await configuration.linkButton.click()
  await expect(configuration.row(group.fullName)).toBeVisible()

  await page.reload()
  await expect(configuration.row(group.fullName), 'still linked after reloading Jira').toBeVisible()
  await configuration.unlink(group.fullName)
  await expect(configuration.row(group.fullName)).toHaveCount(0)

  await configuration.signIn('amira', { isKnown: true })
  await configuration.signOutButton.click()
  await expect(configuration.signInButton).toBeVisible()
}
