import { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'

test('a page that is reloaded in the middle of signing in takes its window along, and signs in anew', async ({
  configuration,
  page,
}) => {
  await configuration.open()
  const window = await configuration.openSignInWindow()
  await window.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
  await page.reload()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect.poll(() => window.isClosed()).toBe(true)

  await configuration.signIn('amira', { isKnown: true })
  await expect(configuration.failure).toHaveCount(0)
})

test('two tabs sign in at once, each for itself', async ({ configuration, context, local }) => {
  const otherTab = await context.newPage()
  const other = new ConfigurationPage(otherTab, local)
  await configuration.open()
  await other.open()
  const window = await configuration.openSignInWindow()
  await window.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
  const otherWindow = await other.openSignInWindow()
  await otherWindow.getByRole('button', { name: 'Authorize' }).click()
  await other.frame.getByText('Signed in as @amira').first().waitFor()
  await expect(configuration.frame.getByText('Signed in as @amira')).toHaveCount(0)

  await window.getByRole('button', { name: 'Authorize' }).click()
  await configuration.frame.getByText('Signed in as @amira').first().waitFor()
})
