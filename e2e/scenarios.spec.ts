import { words } from './configuration-page.ts'
import { expect, expectOnly, test } from './fixtures.ts'

// What only a real browser does to a page.

test('policy-lacks-instance: the page’s own policy is named, and the page works once it is fixed', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('policy-lacks-instance')
  await configuration.open()
  const failure = configuration.failureOf('blocked-by-policy')
  await expect(failure).toContainText(words.policyAtFault)
  await expect(failure.getByText(local.gitlabUrl, { exact: true })).toBeVisible()
  await expectNote(complaints, /Content Security Policy/)

  await configuration.failureCheckButton.click()
  await expect(configuration.checkStep('reachable')).toHaveAttribute('data-status', 'failed')
  await configuration.checkAgainButton.waitFor()
  await expect(configuration.checkStepsThat('failed')).toHaveCount(1)
  await expectNote(complaints, /Content Security Policy/)

  local.mend()
  // The policy comes with the page.
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('bridge-script-blocked: inside Jira the page names the script that is missing, and works once it loads', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('bridge-script-blocked')
  await configuration.open()
  await expect(configuration.bridgeMissing).toContainText(
    `${local.appUrl}/-/jira_connect/atlassian-connect/all.js`,
  )
  await expect(configuration.outsideJiraTitle).toHaveCount(0)
  expectOnly(complaints, /all\.js|status of 403/)

  local.mend()
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('gitlab-behind-access-proxy: the redirect is named, not the page’s own policy, which allows the instance', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('gitlab-behind-access-proxy')
  await configuration.open()
  const failure = configuration.failureOf('redirected')
  await expect(failure).toContainText(words.signInPageInFront)
  await configuration.failureCheckButton.click()
  await expect(configuration.checkStep('reachable')).toHaveAttribute('data-status', 'failed')
  await configuration.checkAgainButton.waitFor()
  await expect(configuration.checkStepsThat('failed')).toHaveCount(1)
  expectOnly(complaints, /Content Security Policy|CORS policy|redirect|sso\.localhost/)

  local.mend()
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('app-behind-access-proxy: a redirect on the page’s own origin is named as such, and not followed', async ({
  configuration,
  local,
  complaints,
  page,
}) => {
  const failed: string[] = []
  page.on('requestfailed', (request) => failed.push(`${request.url()} ${request.failure()?.errorText}`))
  await local.applyScenario('app-behind-access-proxy')
  await configuration.open()
  await expect(configuration.failureOf('redirected')).toContainText(words.signInPageInFront)
  // The browser reports where the response leads as a request, and cancels it. Nothing listens there.
  expectOnly(complaints, /^foreign request: .*sso\.localhost/)
  expect(failed.join(), 'nothing was sent').not.toContain('ERR_CONNECTION_REFUSED')
  local.mend()
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('proxy-url-blank-and-resource-policy: a header that hides the instance from one probe doesn’t make it unreachable', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('proxy-url-blank-and-resource-policy')
  await configuration.open()
  const failure = configuration.failureOf('cors-refused')
  await expect(failure.getByText(local.appUrl, { exact: true }), 'the value to enter').toBeVisible()
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  expectOnly(complaints, /CORS policy|BlockedByResponse|NotSameOrigin/)
  local.mend()
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(3)
  expectOnly(complaints, /CORS policy|BlockedByResponse|NotSameOrigin/)
})

test('popup-blocked: the browser’s refusal is named, and signing in works once it allows windows', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('popup-blocked')
  await configuration.open()
  await configuration.signInButton.click()
  await expect(configuration.failureOf('popup-blocked')).toContainText(words.allowPopups)
  await expect(configuration.signInButton).toBeEnabled()
  await expectNote(complaints, /Blocked opening 'about:blank'/)
  local.mend()
  // A frame keeps the permissions that it was made with.
  await configuration.open()
  await configuration.signIn()
})

test('sign-in-window-cut-off: a window that can’t reach the page is noticed, and signing in works once that is fixed', async ({
  configuration,
  local,
}) => {
  await local.applyScenario('sign-in-window-cut-off')
  await configuration.open()
  // The window stays open, but for the page it is gone.
  const popup = await configuration.openSignInWindow()
  const failure = configuration.failureOf('popup-closed')
  await expect(failure).toContainText(words.windowCutOff)
  await expect(failure, 'no values to compare').not.toContainText(
    local.gitlab.store.oauthApplication.clientId,
  )
  await popup.close()
  local.mend()
  await configuration.signIn()
  await expect(configuration.failure).toHaveCount(0)
})

/** The browser's own note on what it did. */
async function expectNote(complaints: string[], note: RegExp): Promise<void> {
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  expectOnly(complaints, note)
}
