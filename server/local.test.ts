import { expect, onTestFinished, test } from 'vitest'
import { serveHttp } from '#mocks/http-server.ts'
import { startLocal } from './local.ts'

test.each(['jira', 'app', 'gitlab'] as const)('a busy port of %s is named', async (server) => {
  const busy = await serveHttp(async () => new Response('Somebody else'), 0)
  onTestFinished(() => busy.close())
  const ports = { jira: 0, app: 0, gitlab: 0, [server]: busy.port }

  await expect(startLocal({ mode: 'dev', ports })).rejects.toMatchObject({
    name: 'PortInUseError',
    server,
    port: busy.port,
  })
})
