import { expect, test } from './fixtures.ts'

test('outside Jira the page and its callback say where they belong', async ({
  configuration,
  page,
  local,
}) => {
  await test.step('the page', async () => {
    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions`)
    await expect(configuration.outsideJiraTitle).toBeVisible()
  })

  await test.step('a callback page outside a sign-in says where to go', async () => {
    await page.goto(`${local.appUrl}/-/jira_connect/oauth_callbacks?code=c&state=s`)
    await expect(configuration.callbackOutsideSignIn).toBeVisible()
    expect(page.url(), 'the code does not stay in the URL').not.toContain('code=')
  })
})

test('inside Jira, but without Atlassian’s script, the page names that script', async ({
  configuration,
  context,
  local,
  page,
}) => {
  await context.route(/all\.js/, (route) => route.abort('blockedbyclient'))
  await page.goto(local.jiraUrl)
  await expect(configuration.bridgeMissing).toContainText(
    `${local.appUrl}/-/jira_connect/atlassian-connect/all.js`,
  )
  await expect(configuration.outsideJiraTitle).toHaveCount(0)
})
