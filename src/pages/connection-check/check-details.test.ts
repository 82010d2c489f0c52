import { expect, onTestFinished, test } from 'vitest'
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
  ).split('\n')
  expect(lines).toContain('Jira 确认此页面由谁打开：通过（3 毫秒）')
  expect(lines).toContain('可以读取您的 GitLab 用户信息：通过（1234 毫秒），@amira')
  expect(lines).toContain('GitLab 版本受支持：失败（5 毫秒）')
  expect(lines).toContain('可以列出群组：未检查')
})
