import { expect, test } from './fixtures.ts'
import { GitLabWindow } from './gitlab-window.ts'

for (const instance of ['app', 'gitlab'] as const) {
  const where = instance === 'app' ? 'GitLab.com' : 'a self-managed instance'

  test.describe(() => {
    test.use({ instance })

    test(`forged and foreign messages change nothing while signing in to ${where}`, async ({
      configuration,
      gitlab,
      page,
    }) => {
      await configuration.open()
      const popup = await configuration.openSignInWindow()
      const gitlabWindow = new GitLabWindow(popup)
      await gitlabWindow.signInAs('amira').waitFor()
      const { requests } = gitlab
      const authorization = requests.find(({ url }) => url.includes('/oauth/authorize?'))
      const state = new URL(authorization?.url ?? '').searchParams.get('state')
      const type = 'jiraConnectOauthCallback'
      const forged = [
        { type, success: true, code: 'forged', state },
        { type, success: false, state },
        { type, success: false },
      ]

      // From Jira's page, and from the frame itself.
      await page.evaluate((messages) => {
        for (const message of messages)
          document.querySelector('iframe')?.contentWindow?.postMessage(message, '*')
      }, forged)
      await configuration.frame.locator('body').evaluate((_body, messages) => {
        for (const message of messages) window.postMessage(message, location.origin)
      }, forged)
      // From the window, which is GitLab's own page here: of another origin, or with another state.
      const otherState = { type, success: true, code: 'forged', state: 'other' }
      await popup.evaluate(
        (messages) => {
          for (const message of messages) window.opener.postMessage(message, '*')
        },
        instance === 'app' ? [otherState] : [...forged, otherState],
      )

      await expect(configuration.waitingForWindow).toBeVisible()
      expect(requests.filter(({ url }) => url.includes('/oauth/token'))).toEqual([])

      await gitlabWindow.signInAs('amira').click()
      await gitlabWindow.authorizeButton.click()
      await expect(configuration.signedInAs('amira')).toBeAttached()
    })
  })
}

// GitLab.com does the same; the main journey signs in to both.
test.describe(() => {
  test.use({ instance: 'gitlab' })

  test('whoever closes the window of a self-managed instance or denies access is told so, and can sign in after all', async ({
    configuration,
  }) => {
    await configuration.open()

    await test.step('a window that is closed is noticed', async () => {
      const popup = await configuration.openSignInWindow()
      await new GitLabWindow(popup).signInAs('amira').waitFor()
      await expect(configuration.waitingForWindow).toBeVisible()
      await expect(configuration.linkedGroups, 'the list stays usable').toHaveCount(3)
      await popup.close()
      await expect(configuration.failureOf('popup-closed')).toBeVisible()
    })

    await test.step('denied access is explained, and the next sign-in works', async () => {
      const popup = await configuration.openSignInWindow()
      const gitlabWindow = new GitLabWindow(popup)
      await gitlabWindow.signInAs('amira').click()
      await gitlabWindow.denyButton.click()
      await expect(configuration.failureOf('sign-in-denied')).toBeVisible()
      await expect.poll(() => popup.isClosed()).toBe(true)
      await expect(configuration.linkedGroups, 'the list is still there').toHaveCount(3)
      await expect(configuration.signInButton).toBeFocused()

      await configuration.signIn('amira', { isKnown: true })
      await expect(configuration.failure).toHaveCount(0)
    })
  })

  test('an access token of a self-managed instance that expires is renewed unnoticed, one that was revoked is not', async ({
    configuration,
    gitlab,
  }) => {
    await configuration.open()
    await configuration.signIn()
    await expect(configuration.groupSearch).toBeVisible()

    await test.step('an access token that expires while the page is open is renewed unnoticed', async () => {
      gitlab.store.expireAccessTokens()
      // Not among the first groups, so that it has to be searched for.
      const [search, path] = ['warehouse', 'acme/data/warehouse'] as const
      await configuration.chooseGroup(search, path)
      gitlab.store.expireAccessTokens()
      await configuration.linkButton.click()

      await expect(configuration.linkedGroups).toHaveCount(4)
      await expect(configuration.failure).toHaveCount(0)
      const refreshes = gitlab.requests.filter(
        ({ url, method }) => url.endsWith('/oauth/token') && method === 'POST',
      )
      expect(refreshes.length, 'one exchange of the code, two refreshes').toBe(3)
    })

    await test.step('a sign-in that was revoked in GitLab ends with a way to sign in again', async () => {
      gitlab.store.revokeAllTokens()
      await configuration.groupSearch.fill('integrations')
      await expect(configuration.failureOf('session-expired')).toBeVisible()
      await expect(configuration.signInButton).toBeVisible()
      await expect(configuration.linkedGroups).toHaveCount(4)
      await configuration.signIn('amira', { isKnown: true })
      await expect(configuration.groupSearch).toBeVisible()
    })
  })

  test('signing in to a self-managed instance works as well with GitLab’s own callback page', async ({
    configuration,
    local,
    context,
  }) => {
    // As where nothing of ours takes the place of that page.
    await context.route(/\/-\/jira_connect\/oauth_callbacks/, async (route) => {
      const response = await local.app.handle(new Request(route.request().url()))
      const body = await response.text()
      expect(body, 'it is GitLab’s, whose script is inline').toContain('window.opener')
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
    })
    await configuration.open()

    const popup = await configuration.openSignInWindow()
    const gitlabWindow = new GitLabWindow(popup)
    await gitlabWindow.signInAs('amira').click()
    await gitlabWindow.denyButton.click()
    await expect(configuration.failureOf('sign-in-denied')).toBeVisible()
    await expect.poll(() => popup.isClosed()).toBe(true)

    await configuration.signIn('amira', { isKnown: true })
    await expect(configuration.groupSearch).toBeVisible()
  })
})
