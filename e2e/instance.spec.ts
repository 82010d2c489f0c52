import type { Local } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import { ConfigurationPage, words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { GitLabWindow } from './gitlab-window.ts'
import { tabTo } from './keyboard.ts'

test('an administrator sets up an instance of their own below a sub-path, and goes back to GitLab.com', async ({
  browser,
}) => {
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
    await setUpOwnInstance(configuration, local)
    await configuration.signIn()

    await test.step('a self-managed instance below a sub-path links and unlinks', async () => {
      await configuration.chooseGroup('android', 'acme/mobile/android')
      await configuration.linkButton.click()
      await expect(configuration.linkedGroups).toHaveCount(4)
      await configuration.unlink('Acme Corp / Mobile / Android')
      await expect(configuration.linkedGroups).toHaveCount(3)
    })

    await configuration.changeInstanceButton.click()
    await configuration.gitLabComRadio.check()
    await configuration.saveInstanceButton.click()
    await expect(configuration.questionTitled(words.changeTo('GitLab.com'))).toContainText(
      words.linkedThere(3),
    )
    await configuration.confirmButton.click()
    await expect(configuration.signInButton).toHaveText(words.signInTo('GitLab.com'))
    await expect(configuration.linkedGroups).toHaveCount(3)
    await local.app.idle()
    expect(local.gitlab.store.subscriptions.size, 'GitLab unlinked them').toBe(0)
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
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  const { keyboard } = page

  await configuration.changeInstanceButton.focus()
  await keyboard.press('Enter')
  await expect(configuration.instanceUrl, 'the only alternative is selected').toBeFocused()
  await keyboard.press('Shift+Tab')
  await expect(configuration.selfManagedRadio).toBeFocused()
  await keyboard.press('ArrowUp')
  await expect(configuration.gitLabComRadio).toBeChecked()
  await keyboard.press('ArrowDown')
  await tabTo(page, configuration.instanceUrl)
  await keyboard.type(`${local.gitlabUrl}/`)
  await expect(configuration.willBeSavedAs(local.gitlabUrl)).toBeVisible()
  await tabTo(page, configuration.guideToggle)
  await keyboard.press('Enter')
  await tabTo(page, configuration.guideStep('Create an OAuth application'))
  await keyboard.press('Enter')
  await tabTo(page, configuration.copyRedirectUriButton)
  await keyboard.press('Enter')
  await expect(configuration.announcement(words.copied)).toBeAttached()
  await expect(configuration.copyRedirectUriButton).toBeFocused()
  await tabTo(page, configuration.createApplicationBox)
  await keyboard.press('Space')
  await expect(configuration.createApplicationBox).toBeChecked()
  await expect(configuration.createApplicationBox, 'focus stays').toBeFocused()
  await tabTo(page, configuration.saveInstanceButton)
  await keyboard.press('Enter')
  await expect(configuration.cancelQuestionButton).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(configuration.signInButton).toContainText(words.signInTo('gitlab.localhost'))
  await expect(
    configuration.frame.getByText(words.changedTo(new URL(local.gitlabUrl).host)).first(),
  ).toBeVisible()
  await expect(configuration.linkedGroups).toHaveCount(3)
  const focusedTag = await configuration.frame.locator('body').evaluate(() => document.activeElement?.tagName)
  expect(focusedTag, 'focus is not lost').not.toBe('BODY')

  await tabTo(page, configuration.checkButton, 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(configuration.checkTitle).toBeFocused()
  await configuration.checkNeedsSignIn.waitFor()
  await tabTo(page, configuration.checkCopyButton)
  await keyboard.press('Enter')
  await tabTo(page, configuration.checkCloseButton)
  await keyboard.press('Enter')
  await expect(configuration.check).toHaveCount(0)
  await expect(configuration.checkButton, 'focus goes back to what opened it').toBeFocused()
})

test('what to do next is in sight: the button on opening and with the guide, and the question about the change', async ({
  configuration,
  local,
  page,
}) => {
  await page.setViewportSize({ width: 1120, height: 760 })
  await configuration.open()
  await configuration.changeInstanceButton.click()
  await configuration.selfManagedRadio.check()
  await expect(configuration.saveInstanceButton).toBeInViewport({ ratio: 1 })
  await configuration.guideToggle.click()
  await expect(configuration.createApplicationBox).toBeVisible()
  await expect(configuration.saveInstanceButton).toBeInViewport({ ratio: 1 })

  await configuration.guideStep('If GitLab is behind a reverse proxy').click()
  await configuration.waitForFrameToFit()
  await expect(configuration.saveInstanceButton).not.toBeInViewport()
  await configuration.instanceUrl.fill(local.gitlabUrl)
  await configuration.instanceUrl.press('Enter')
  await expect(configuration.questionTitled(words.changeTo(new URL(local.gitlabUrl).host))).toBeInViewport({
    ratio: 1,
  })
  await expect(configuration.cancelQuestionButton).toBeFocused()
})

test.describe(() => {
  test.use({ instance: 'gitlab' })

  test('a window that was closed on GitLab’s error page leads to a comparison of the OAuth application', async ({
    configuration,
    gitlab,
    local,
  }) => {
    await local.applyScenario('redirect-uri-other')
    await configuration.open()
    const popup = await configuration.openSignInWindow()
    const gitlabWindow = new GitLabWindow(popup)
    await gitlabWindow.signInAs('amira').click()
    await gitlabWindow.redirectUriRefused.waitFor()
    await configuration.closeAsPerson(popup)
    const failure = configuration.failureOf('popup-closed')
    await expect(failure).toContainText(`${local.appUrl}/-/jira_connect/oauth_callbacks`)
    await expect(failure).toContainText(gitlab.store.oauthApplication.clientId)
  })
})

/** Chooses the self-managed mock by a pasted link to one of its pages. */
async function setUpOwnInstance(configuration: ConfigurationPage, local: Local): Promise<void> {
  await configuration.changeInstanceButton.click()
  await configuration.selfManagedRadio.check()
  await configuration.guideToggle.click()
  await configuration.guideStep('Create an OAuth application').click()
  await expect(
    configuration.frame.getByText(`${local.appUrl}/-/jira_connect/oauth_callbacks`),
    'the guide has the value to enter',
  ).toBeVisible()
  await configuration.instanceUrl.fill(` ${local.gitlabUrl}/admin/applications `)
  await expect(configuration.willBeSavedAs(local.gitlabUrl)).toBeVisible()
  await configuration.saveInstanceButton.click()
  await configuration.confirmButton.click()
  await expect(configuration.signInButton).toContainText(words.signInTo('gitlab.localhost'))
}
