import { expect, onTestFinished, test } from 'vitest'
import { serveHttp } from '#mocks/http-server.ts'
import { startLocal } from './local.ts'

test.each(['jira', 'app', 'gitlab'] as const)(
  'the error names the server whose port is taken: %s',
  async (server) => {
    const busy = await serveHttp(async () => new Response('Another server'), 0)
    onTestFinished(() => busy.close())
    const ports = { jira: 0, app: 0, gitlab: 0, [server]: busy.port }

    await expect(startLocal({ mode: 'dev', ports })).rejects.toMatchObject({
      name: 'PortInUseError',
      server,
      port: busy.port,
    })
  },
)

test('a scenario starts with its own instance and settings, and its settings are restored in the end', {
  timeout: 30_000,
}, async () => {
  const local = await startLocal({ mode: 'dev', ports: { jira: 0, app: 0, gitlab: 0 } })
  onTestFinished(() => local.close())
  const { app, gitlab } = local
  const instanceUrl = () =>
    [...app.store.installations.values()].map((installation) => installation.instanceUrl)
  const healthy = structuredClone(gitlab.settings)
  app.store.linkGroup('acme-corp')

  await expect(local.applyScenario('no-such-thing')).rejects.toThrow('There is no scenario "no-such-thing"')
  expect(app.store.subscriptions.size, 'nothing was reset').toBe(4)

  // Both at once, as from two windows: only the later one remains.
  await Promise.all([
    local.applyScenario('application-confidential'),
    local.applyScenario('proxy-url-trailing-slash'),
  ])
  expect(gitlab.settings).toEqual({ ...healthy, proxyUrl: `${local.appUrl}/` })
  expect(instanceUrl()).toEqual([local.gitlabUrl])
  expect(app.store.subscriptions.size).toBe(3)

  gitlab.store.linkGroup('acme')
  local.mend()
  expect(gitlab.settings).toEqual(healthy)
  expect(gitlab.store.subscriptions.size, 'ending the scenario keeps the data').toBe(4)

  await local.applyScenario('stale-secret')
  await local.reset()
  expect(gitlab.settings).toEqual(healthy)
  expect(instanceUrl()).toEqual([null])
})
