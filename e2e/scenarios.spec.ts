import { expect, test } from './fixtures.ts'

// What only a real browser does to a page.

test('policy-lacks-instance: the page’s own policy is named, and the page works once it is mended', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.applyScenario('policy-lacks-instance')
  await configuration.open()
  await expect(configuration.failure).toHaveAttribute('data-failure', 'blocked-by-policy')
  await expect(configuration.failure).toContainText('The Content-Security-Policy with which')
  await expect(configuration.failure.getByText(local.gitlabUrl, { exact: true })).toBeVisible()
  await expectComplaintsOnly(complaints, 'Content Security Policy')

  await configuration.failure.getByRole('button', { name: 'Check the connection' }).click()
  const check = configuration.frame.getByRole('region', { name: 'Connection check' })
  await expect(check.locator('[data-step="reachable"]')).toHaveAttribute('data-status', 'failed')
  await check.getByRole('button', { name: 'Check again' }).waitFor()
  await expect(check.locator('[data-status="failed"]')).toHaveCount(1)
  await expectComplaintsOnly(complaints, 'Content Security Policy')

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
  await expect(configuration.failure).toHaveAttribute('data-failure', 'popup-blocked')
  await expect(configuration.failure).toContainText('Allow pop-up windows for this page')
  await expectComplaintsOnly(complaints, "Blocked opening 'about:blank'")
  local.mend()
  // A frame keeps the permissions that it was made with.
  await configuration.open()
  await configuration.signIn()
})

test('sign-in-window-cut-off: a window that can’t answer is noticed, and signing in works once that is mended', async ({
  configuration,
  local,
}) => {
  await local.applyScenario('sign-in-window-cut-off')
  await configuration.open()
  // The window stays open, but for the page it is gone.
  const popup = await configuration.openSignInWindow()
  await expect(configuration.failure).toHaveAttribute('data-failure', 'popup-closed')
  await expect(configuration.failure).toContainText(local.gitlab.store.oauthApplication.clientId)
  await popup.close()
  local.mend()
  await configuration.signIn()
  await expect(configuration.failure).toHaveCount(0)
})

/** The browser's own notes on what it did. */
async function expectComplaintsOnly(complaints: string[], words: string): Promise<void> {
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  expect(complaints.splice(0).filter((complaint) => !complaint.includes(words))).toEqual([])
}
