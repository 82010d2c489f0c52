import { expect, onTestFinished, test } from 'vitest'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { loadLaterTexts, speak } from '#src/texts/texts.ts'
import { checkDetails } from './check-details.ts'

const FACTS: FailureFacts = {
  instanceName: 'gitlab.acme.example',
  instanceUrl: 'https://gitlab.acme.example',
  appUrl: 'https://app.acme.example',
  redirectUri: 'https://app.acme.example/-/jira_connect/oauth_callbacks',
  clientId: undefined,
}

test('each line of the text that can be copied is one message, with the marks of its language', async () => {
  onTestFinished(() => speak(['en']))
  await loadLaterTexts()
  await speak(['zh-CN'])
  const lines = checkDetails(
    {
      bridge: { status: 'passed', detail: undefined, milliseconds: 3, exchanges: [] },
      user: { status: 'passed', detail: '@amira', milliseconds: 1234, exchanges: [] },
      version: { status: 'failed', error: new Error('lost'), milliseconds: 5, exchanges: [] },
    },
    FACTS,
    'GitLab.com',
  ).split('\n')
  expect(lines).toContain('Jira 确认此页面由谁打开：通过（3 毫秒）')
  expect(lines).toContain('可以读取您的 GitLab 用户信息：通过（1234 毫秒），@amira')
  expect(lines).toContain('GitLab 版本受支持：失败（5 毫秒）')
  expect(lines).toContain('可以列出群组：未检查')
})

test('below what failed is what to do, for whoever has to act', async () => {
  await loadLaterTexts()
  const error = new GitLabUnreachableError({ code: 'cors-refused', clue: 'proxy-url' }, '/-/jira_connect')
  const text = checkDetails(
    { cors: { status: 'failed', error, milliseconds: 5, exchanges: [] } },
    FACTS,
    'GitLab.com',
  )
  expect(text).toContain(`The instance allows requests from this page: failed (5 ms)
  Code: cors-refused (proxy-url)

  gitlab.acme.example doesn’t allow requests from this page
`)
  expect(text).toContain('Jira Connect Proxy URL\n         https://app.acme.example\n')
})
