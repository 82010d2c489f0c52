import { expect, test } from './fixtures.ts'

const sandboxWithoutPopups =
  'allow-downloads allow-forms allow-modals allow-same-origin allow-scripts allow-top-navigation-by-user-activation'

for (const instance of ['app', 'gitlab'] as const) {
  const where = instance === 'app' ? 'GitLab.com' : 'a self-managed instance'

  test(`somebody who denies access on ${where} is told so and can sign in after all`, async ({
    configuration,
    local,
  }) => {
    await local.presetInstance(instance)
    await configuration.open()
    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByRole('button', { name: 'Deny' }).click()

    await expect(configuration.failure).toContainText('Access was denied in the GitLab window')
    await expect.poll(() => popup.isClosed()).toBe(true)
    await expect(configuration.linkedGroups, 'the list is still there').toHaveCount(3)
    await expect(configuration.signInButton).toBeFocused()

    await configuration.signIn('amira', { isKnown: true })
    await expect(configuration.failure).toHaveCount(0)
  })

  test(`a sign-in window of ${where} that is closed is noticed`, async ({ configuration, local }) => {
    await local.presetInstance(instance)
    await configuration.open()
    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).waitFor()
    await expect(configuration.frame.getByText('Continue in the GitLab window.')).toBeVisible()
    await expect(configuration.linkedGroups, 'the list stays usable').toHaveCount(3)
    await popup.close()
    await expect(configuration.failure).toContainText('The GitLab window was closed')
    await configuration.signIn()
  })

  test(`a blocked sign-in window of ${where} is named as such`, async ({
    configuration,
    local,
    complaints,
  }) => {
    await local.presetInstance(instance)
    await configuration.open(`sandbox=${encodeURIComponent(sandboxWithoutPopups)}`)
    await configuration.signInButton.click()
    await expect(configuration.failure).toContainText('The browser blocked the GitLab window')
    await expect(configuration.signInButton).toBeEnabled()
    await expect
      .poll(() => complaints.splice(0), 'the browser says so, too')
      .toEqual([expect.stringContaining("Blocked opening 'about:blank'")])
  })

  test(`forged and foreign messages change nothing while signing in to ${where}`, async ({
    configuration,
    local,
    page,
  }) => {
    await local.presetInstance(instance)
    await configuration.open()
    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).waitFor()
    const { requests } = instance === 'app' ? local.app : local.gitlab
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

    await expect(configuration.frame.getByText('Continue in the GitLab window.')).toBeVisible()
    expect(requests.filter(({ url }) => url.includes('/oauth/token'))).toEqual([])

    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByRole('button', { name: 'Authorize' }).click()
    await expect(configuration.frame.getByText('Signed in as @amira').first()).toBeAttached()
  })

  test(`an access token of ${where} that expires while the page is open is renewed unnoticed`, async ({
    configuration,
    local,
  }) => {
    await local.presetInstance(instance)
    const gitlab = instance === 'app' ? local.app : local.gitlab
    await configuration.open()
    await configuration.signIn()
    await expect(configuration.groupSearch).toBeVisible()

    gitlab.store.expireAccessTokens()
    // Not among the first groups, so that it has to be searched.
    const [search, path] =
      instance === 'app'
        ? ['vandelay', 'acme-corp/customer-projects/vandelay']
        : ['warehouse', 'acme/data/warehouse']
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
}

test('a sign-in that was revoked in GitLab ends with a way to sign in again', async ({
  configuration,
  local,
}) => {
  await configuration.open()
  await configuration.signIn()
  await configuration.groupSearch.waitFor()
  local.app.store.revokeAllTokens()
  await configuration.groupSearch.fill('vandelay')
  await expect(configuration.failure).toContainText('Your GitLab sign-in has ended')
  await expect(configuration.signInButton).toBeVisible()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await configuration.signIn('amira', { isKnown: true })
  await expect(configuration.groupSearch).toBeVisible()
})

test('a sign-in that was cancelled leaves the button and no failure', async ({ configuration }) => {
  await configuration.open()
  const popup = await configuration.openSignInWindow()
  await configuration.frame.getByRole('button', { name: 'Cancel' }).click()
  await expect(configuration.signInButton).toBeFocused()
  await expect(configuration.failure).toHaveCount(0)
  await expect.poll(() => popup.isClosed()).toBe(true)
})

for (const instance of ['app', 'gitlab'] as const) {
  const where = instance === 'app' ? 'GitLab.com' : 'a self-managed instance'

  test(`signing in to ${where} works as well with GitLab’s own callback page`, async ({
    configuration,
    local,
    context,
  }) => {
    await local.presetInstance(instance)
    // As where nothing of ours takes the place of that page.
    await context.route(/\/-\/jira_connect\/oauth_callbacks/, async (route) => {
      const answer = await local.app.handle(new Request(route.request().url()))
      const body = await answer.text()
      expect(body, 'it is GitLab’s, whose script is inline').toContain('window.opener')
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
    })
    await configuration.open()

    const popup = await configuration.openSignInWindow()
    await popup.getByRole('button', { name: 'Sign in as Amira Haddad' }).click()
    await popup.getByRole('button', { name: 'Deny' }).click()
    await expect(configuration.failure).toContainText('Access was denied in the GitLab window')
    await expect.poll(() => popup.isClosed()).toBe(true)

    await configuration.signIn('amira', { isKnown: true })
    await expect(configuration.groupSearch).toBeVisible()
  })
}

test('a callback page that nobody opened says where to go', async ({ page, local }) => {
  await page.goto(`${local.appUrl}/-/jira_connect/oauth_callbacks?code=c&state=s`)
  await expect(page.getByText('Go back to Jira and sign in again from there.')).toBeVisible()
  expect(page.url(), 'the code does not stay in the address').not.toContain('code=')
})
