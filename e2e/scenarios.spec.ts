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
  await expect(configuration.failureOf('popup-closed')).toContainText(
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
