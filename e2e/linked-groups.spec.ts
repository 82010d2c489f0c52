import { expect, test } from './fixtures.ts'

test('linked groups show without any request to GitLab’s API or sign-in', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  const before = local.gitlab.requests.length
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  const asked = local.gitlab.requests.slice(before).map(({ url }) => new URL(url).pathname)
  expect(asked.filter((path) => /^\/(api|oauth)\//.test(path))).toEqual([])
})

test('names of all kinds show as the text they are', async ({ configuration, local, page }) => {
  await local.presetInstance('gitlab')
  for (const path of ['html', 'entity', 'arabic', 'hebrew', 'emoji', 'long'])
    local.gitlab.store.linkGroup(`acme/playground/${path}`)
  page.on('dialog', () => {
    throw new Error('A name was executed.')
  })
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(9)
  await expect(configuration.row('Quality <img src=x onerror=alert(1)>')).toBeVisible()
  await expect(configuration.row('R&amp;D')).toBeVisible()
  await expect(configuration.frame.locator('img[src="x"]')).toHaveCount(0)
})

test('Jira’s frame grows and shrinks with the page', async ({ configuration, local }) => {
  await local.presetInstance('gitlab')
  for (const path of ['html', 'entity', 'arabic', 'hebrew', 'emoji', 'long'])
    local.gitlab.store.linkGroup(`acme/playground/${path}`)
  await configuration.open()
  await configuration.unlinkButton('Acme Corp / Web').click()
  await configuration.waitForFrameToFit()
  await configuration.frame.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await configuration.waitForFrameToFit()
})

test('a Jira user who is no administrator is told so, and the group stays', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  await configuration.open('user=member')
  await configuration.unlinkButton('Acme Corp / Web').click()
  const question = configuration.frame.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Unlink' }).click()
  await expect(configuration.failure).toContainText('Your Jira user is not allowed to do this')
  await expect(configuration.failure).toContainText('org-admins or site-admins')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(configuration.row('Acme Corp / Web')).toBeVisible()
  expect(local.gitlab.store.subscriptions.size).toBe(3)
})

test('linking as a Jira user who is no administrator keeps the choice for another try', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  await configuration.open('user=member')
  await configuration.signIn()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.failure).toContainText(
    'The Jira user is not a site or organization administrator.',
  )

  local.gitlab.settings.jiraUserCheck = 'admin'
  await configuration.failure.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.row('Acme Corp / Mobile / Android')).toBeVisible()
  await expect(configuration.failure).toHaveCount(0)
})

test('a GitLab that does not allow requests from this page is named with the setting to change', async ({
  configuration,
  local,
  complaints,
}) => {
  await local.presetInstance('gitlab')
  local.gitlab.settings.proxyUrl = ''
  await configuration.open()
  await expect(configuration.failure).toContainText(
    `${new URL(local.gitlabUrl).host} does not allow requests from this page`,
  )
  await expect(
    configuration.failure.getByText(local.appUrl, { exact: true }),
    'the value to enter',
  ).toBeVisible()
  // The browser's own notes.
  expect(complaints.splice(0).filter((complaint) => !complaint.includes('CORS policy'))).toEqual([])

  local.gitlab.settings.proxyUrl = local.appUrl
  await configuration.frame.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect(configuration.signInButton).toBeEnabled()
})

test('a GitLab without an application id is named before anybody tries to sign in', async ({
  configuration,
  local,
}) => {
  await local.presetInstance('gitlab')
  local.gitlab.settings.applicationIdBlank = true
  await configuration.open()
  await expect(configuration.failure).toContainText('is not set up for Jira yet')
  await expect(configuration.failure).toContainText(`${local.appUrl}/-/jira_connect/oauth_callbacks`)
  await expect(configuration.signInButton).toHaveCount(0)
  await expect(configuration.linkedGroups).toHaveCount(3)

  local.gitlab.settings.applicationIdBlank = false
  await configuration.frame.getByRole('button', { name: 'Try again' }).click()
  await configuration.signIn()
})

test('a Jira that stays silent is named as such', async ({ configuration, local }) => {
  local.jira.settings.getToken = 'silent'
  await configuration.open()
  await expect(configuration.failure).toContainText('Jira does not answer this page', { timeout: 15_000 })
  local.jira.settings.getToken = 'answers'
  await configuration.frame.getByRole('button', { name: 'Try again' }).click()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('outside Jira the page says where it belongs', async ({ page, local }) => {
  await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
  await expect(page.getByRole('heading', { name: 'Open this page in Jira' })).toBeVisible()
})

test('a self-managed instance below a sub-path works', async ({ browser }) => {
  const { startLocal } = await import('#server/local.ts')
  const { ConfigurationPage } = await import('./configuration-page.ts')
  const local = await startLocal({
    mode: 'preview',
    ports: { jira: 0, app: 0, gitlab: 0 },
    instance: 'gitlab',
    gitlabPath: '/gitlab',
  })
  const page = await browser.newPage()
  try {
    const configuration = new ConfigurationPage(page, local)
    await configuration.open()
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    await configuration.unlinkButton('Acme Corp / Mobile / Android').click()
    await configuration.frame.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click()
    await expect(configuration.linkedGroups).toHaveCount(3)
  } finally {
    await page.close()
    await local.close()
  }
})
