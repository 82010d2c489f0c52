import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimes } from 'node:fs/promises'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { Page, Request } from 'playwright/test'
import { test as base, expect } from 'playwright/test'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { serveHttp } from '#mocks/http-server.ts'
import { httpNetwork } from '#mocks/network.ts'
import { createSite } from '#mocks/world.ts'
import { ConfigurationPage } from './configuration-page.ts'
import { watch } from './fixtures.ts'
import { freePort } from './free-port.ts'
import { walkMainJourney } from './main-journey.ts'

/** A sub-path, and a public URL that differs from where the server listens, as behind a tunnel. */
const PATH = '/gitlab'

interface Development {
  jiraUrl: string
  appUrl: string
  gitlabUrl: string
  gitlab: GitLab
  /** All that `npm run dev` has printed. */
  log: () => string
}

const test = base.extend<{ complaints: string[] }, { development: Development }>({
  development: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
    async ({}, use) => {
      const closing: (() => unknown)[] = []
      const port = await freePort()
      const tunnel = await startTunnel(port)
      closing.push(tunnel.close)
      const gitlabServer = await serveHttp((request) => gitlab.handle(request), 0)
      const jiraServer = await serveHttp((request) => jira.handle(request), 0)
      closing.push(gitlabServer.close, jiraServer.close)
      const jiraUrl = `http://jira.localhost:${jiraServer.port}`
      const gitlabUrl = `http://gitlab.localhost:${gitlabServer.port}${PATH}`
      const appUrl = `http://tunnel.localhost:${tunnel.port}${PATH}`
      const { gitlab, jira } = createSite({
        jiraUrl,
        appUrl,
        gitlabUrl,
        network: httpNetwork,
        // The settings that `npm run dev` prints for that GitLab.
        settings: {
          saas: false,
          redirectUri: `${appUrl}/-/jira_connect/oauth_callbacks`,
          additionalAudienceUrl: appUrl,
        },
      })

      const dev = startDev({ APP_URL: appUrl, GITLAB_URL: gitlabUrl, APP_PORT: String(port) })
      closing.push(dev.stop)
      await dev.started
      await jira.install()
      await use({ jiraUrl, appUrl, gitlabUrl, gitlab, log: dev.log })
      for (const close of closing.reverse()) await close()
    },
    // Vite prepares the dependencies first, which a busy machine takes its time for.
    { scope: 'worker', timeout: 120_000 },
  ],

  complaints: [
    async ({ context, development }, use) => {
      const complaints = watch(context, development.jiraUrl, [development.appUrl])
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

test('the main journey passes through npm run dev, and a changed file is reloaded', async ({
  context,
  development,
  page,
}) => {
  test.slow()
  const { jiraUrl, appUrl, gitlab, log } = development
  const requests: Request[] = []
  context.on('request', (request) => requests.push(request))
  const sockets: string[] = []
  const updates: string[] = []
  page.on('websocket', (socket) => {
    sockets.push(socket.url().split('?')[0] ?? '')
    socket.on('framereceived', ({ payload }) => updates.push(String(payload)))
  })

  await walkMainJourney(page, jiraUrl)

  await test.step('its log holds no secret', () => {
    const secrets = new Set<string>()
    for (const request of requests) {
      const { searchParams } = new URL(request.url())
      for (const parameters of [searchParams, new URLSearchParams(request.postData() ?? '')]) {
        for (const name of ['jwt', 'code', 'state', 'code_verifier']) {
          const value = parameters.get(name)
          if (value) secrets.add(`${name}: ${value}`)
        }
      }
    }
    for (const { accessToken, refreshToken } of gitlab.store.tokens.values()) {
      secrets.add(`access token: ${accessToken}`).add(`refresh token: ${refreshToken}`)
    }
    for (const { sharedSecret } of gitlab.store.installations.values())
      secrets.add(`shared secret: ${sharedSecret}`)
    for (const id of gitlab.store.sessions.keys()) secrets.add(`session: ${id}`)
    const kinds = new Set([...secrets].map((secret) => secret.split(': ')[0]))
    expect([...kinds].sort(), 'all kinds of secrets were seen').toEqual(
      [
        'access token',
        'code',
        'code_verifier',
        'jwt',
        'refresh token',
        'session',
        'shared secret',
        'state',
      ].sort(),
    )

    for (const path of ['subscriptions', 'oauth_callbacks', 'subscriptions.json', 'events/installed']) {
      expect(log(), 'the log does tell of these requests').toMatch(
        new RegExp(`^(GET|POST) ${PATH}/-/jira_connect/${path} 200 \\d+ ms$`, 'm'),
      )
    }
    const found = [...secrets].filter((secret) => log().includes(secret.slice(secret.indexOf(': ') + 2)))
    expect(found).toEqual([])
    expect(log()).not.toMatch(/jwt=|code=|state=|token=|eyJ/)
  })

  await test.step('a changed file is reloaded inside Jira’s frame, over the public URL', async () => {
    const { linkedGroups } = new ConfigurationPage(page, { jiraUrl })
    await expect.poll(() => updates.some((update) => update.includes('"connected"'))).toBe(true)
    expect(new Set(sockets)).toEqual(new Set([`${appUrl.replace('http', 'ws')}/-/jira_connect/`]))
    await mark(page)

    // Its time is what tells Vite that it has changed; the file stays as it is.
    await utimes(
      new URL('../src/pages/linked-groups/linked-groups.tsx', import.meta.url),
      new Date(),
      new Date(),
    )

    await expect
      .poll(() => updates.find((update) => update.includes('linked-groups.tsx')))
      .toContain('"type":"update"')
    await expect(linkedGroups.first()).toBeVisible()
    expect(await isMarked(page), 'the page was not reloaded').toBe(true)
  })
})

const frameBody = (page: Page) => page.frameLocator('iframe').locator('body')
const mark = (page: Page) =>
  frameBody(page).evaluate((body) => body.ownerDocument.documentElement.setAttribute('data-mark', ''))
const isMarked = (page: Page) =>
  frameBody(page).evaluate((body) => body.ownerDocument.documentElement.hasAttribute('data-mark'))

/** Passes bytes on, as a tunnel does. */
async function startTunnel(target: number) {
  const sockets = new Set<Socket>()
  const server = createServer((incoming) => {
    const outgoing = connect(target, '127.0.0.1')
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {
        incoming.destroy()
        outgoing.destroy()
      })
    }
    incoming.pipe(outgoing).pipe(incoming)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

function startDev(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/dev.ts'], {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const started = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk
        if (printed.includes('Listens on')) resolve()
      })
    }
    child.on('exit', () => reject(new Error(`npm run dev ended: ${printed}`)))
  })
  const stop = async () => {
    child.removeAllListeners('exit')
    child.kill()
    await once(child, 'exit')
  }
  return { started, stop, log: () => printed }
}
