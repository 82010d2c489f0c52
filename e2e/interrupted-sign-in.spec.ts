import { ConfigurationPage } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { GitLabWindow } from './gitlab-window.ts'

test('signing in can be interrupted, and works the next time', async ({ configuration, page }) => {
  await configuration.open()

  await test.step('a sign-in that was canceled leaves the button and no failure', async () => {
    const popup = await configuration.openSignInWindow()
    await configuration.cancelButton.click()
    await expect(configuration.signInButton).toBeFocused()
    await expect(configuration.failure).toHaveCount(0)
    await expect.poll(() => popup.isClosed()).toBe(true)
  })

  await test.step('a page that is reloaded in the middle closes its window', async () => {
    const popup = await configuration.openSignInWindow()
    await new GitLabWindow(popup).signInAs('amira').click()
    await page.reload()
    await expect(configuration.linkedGroups).toHaveCount(3)
    await expect.poll(() => popup.isClosed()).toBe(true)
  })

  await configuration.signIn('amira', { isKnown: true })
  await expect(configuration.failure).toHaveCount(0)
})

test('two tabs sign in at once, each for itself', async ({ configuration, context, local }) => {
  const otherTab = await context.newPage()
  const other = new ConfigurationPage(otherTab, local)
  await configuration.open()
  await other.open()
  const gitlabWindow = new GitLabWindow(await configuration.openSignInWindow())
  await gitlabWindow.signInAs('amira').click()
  const otherWindow = new GitLabWindow(await other.openSignInWindow())
  await otherWindow.authorizeButton.click()
  await other.signedInAs('amira').waitFor()
  await expect(configuration.signedInAs('amira')).toHaveCount(0)

  await gitlabWindow.authorizeButton.click()
  await configuration.signedInAs('amira').waitFor()
})
