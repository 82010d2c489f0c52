import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { canRun } from '#e2e/setup/unpack-packages.ts'
import { expect, test } from './fixtures.ts'

test('a GitLab administrator sets up a fresh instance with the commands of the guide, and a group is linked there', async ({
  configuration,
  local,
}) => {
  test.skip(!canRun('curl', ['--version']), 'To run this: sudo apt-get install --no-install-recommends curl')
  const { gitlab } = local
  Object.assign(gitlab.settings, { applicationMissing: true, proxyUrl: '' })
  gitlab.store.personalAccessTokens.set('glpat-of-an-administrator', { username: 'root', scopes: ['api'] })
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  await configuration.changeInstanceButton.click()
  await configuration.selfManagedRadio.check()
  await configuration.instanceUrl.fill(local.gitlabUrl)
  await configuration.guideToggle.click()

  await configuration.commandsToggle.click()
  const commands = await configuration.commands.textContent()
  const shell = spawn('sh', { env: { ...process.env, GITLAB_TOKEN: 'glpat-of-an-administrator' } })
  shell.stdin.end(commands)
  const [status] = await once(shell, 'close')
  expect(status).toBe(0)

  await configuration.saveInstanceButton.click()
  await configuration.confirmButton.click()
  await configuration.signIn()
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await configuration.linkButton.click()
  await expect(configuration.linkedGroups).toHaveCount(4)
  await configuration.checkButton.click()
  await expect(configuration.checkPassed).toBeVisible()
})
