import { expect, test } from './fixtures.ts'
import { messagesOf } from './languages/messages-of.ts'

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
    await page.goto(`${local.appUrl}/-/jira_connect/oauth_callbacks?locale=ja`)
    await expect(page.getByText(messagesOf('ja')('callback.openerLost'))).toBeVisible()
  })
})
