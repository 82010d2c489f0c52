import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { serveHttp } from '#mocks/http-server.ts'
import { createSite } from '#mocks/world.ts'
import { appDescriptor } from './descriptor/descriptor.ts'
import { startDevServer } from './dev-server.ts'

// Starting Vite takes a second, and much longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const publicOrigin = 'https://dev.acme.example'
const jiraUrl = 'https://acme.atlassian.example'

type Handler = (request: Request) => Promise<Response>

/** The development server in front of a GitLab, and requests as a tunnel sends them. */
async function start(gitlab: Handler | undefined, path = '') {
  const behind = gitlab && (await serveHttp(gitlab, 0))
  const gitlabUrl = behind && `http://gitlab.localhost:${behind.port}${path}`
  const logged: string[] = []
  const appUrl = publicOrigin + path
  const starting = startDevServer({
    appUrl,
    gitlabUrl,
    port: 0,
    exposesGitLab: false,
    log: (line) => logged.push(line),
  })
  onTestFinished(async () => {
    await behind?.close()
    const server = await starting.catch(() => undefined)
    await server?.close()
  })
  const { port } = await starting
  const ask: Handler = async (request) => {
    const { pathname, search, host } = new URL(request.url)
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      method: request.method,
      path: pathname + search,
      headers: { ...Object.fromEntries(request.headers), host },
      agent: false,
    })
    outgoing.end(Buffer.from(await request.arrayBuffer()))
    const [incoming] = await once(outgoing, 'response')
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    return new Response(body.length > 0 ? body : null, { status: incoming.statusCode })
  }
  return { ask, logged, gitlabUrl, get: (below: string) => ask(new Request(appUrl + below)) }
}

const tellUrl: Handler = async (request) => Response.json({ asked: request.url }, { status: 404 })

test('serves our own page, callback page and descriptor, and the rest comes from the GitLab, below a sub-path too', async () => {
  const { get, gitlabUrl } = await start(tellUrl, '/gitlab')

  const page = await (await get('/-/jira_connect/subscriptions?jwt=x')).text()
  expect(page, 'a real Jira frames it, so the bridge is Atlassian’s').toContain(
    'src="https://connect-cdn.atl-paas.net/all.js"',
  )
  expect(page).toContain('src="/gitlab/-/jira_connect/src/main.tsx"')
  expect(await (await get('/-/jira_connect/oauth_callbacks')).text()).toContain('You can close this window.')
  expect(await (await get('/-/jira_connect/app_descriptor.json')).json()).toEqual(
    appDescriptor({
      baseUrl: 'https://dev.acme.example/gitlab/-/jira_connect',
      gitlabHost: 'gitlab.localhost',
    }),
  )
  for (const path of ['/-/jira_connect/installations?jwt=x', '/api/v4/groups', '/users/sign_in']) {
    expect(await (await get(path)).json()).toEqual({ asked: gitlabUrl + path })
  }
})

test('hot reload connects to the public URL, and no other host name reaches this server', async () => {
  const { get, ask } = await start(tellUrl)

  const client = await (await get('/-/jira_connect/@vite/client')).text()
  expect(client).toMatch(/const hmrPort = 443\b/)
  expect(client).toContain('"wss"')
  expect(client).toContain('"dev.acme.example"')
  const rebound = await ask(new Request('https://elsewhere.example/-/jira_connect/subscriptions'))
  expect(rebound.status).toBe(403)
  expect((await get('/-/jira_connect/__open-in-editor?file=index.html')).status).toBe(404)
})

test('lifecycle events reach the GitLab behind, which accepts them only because of its additional audience', async () => {
  const { gitlab, jira } = createSite({
    jiraUrl,
    appUrl: publicOrigin,
    gitlabUrl: 'http://gitlab.localhost:8080',
    network: (request) => (request.url.startsWith(jiraUrl) ? jira.handle(request) : ask(request)),
  })
  const { ask, logged } = await start(gitlab.handle)

  await expect(jira.install()).rejects.toThrow('HTTP 401')
  gitlab.settings.additionalAudienceUrl = publicOrigin
  await jira.install()
  const [first] = [...gitlab.store.installations.values()].map(({ sharedSecret }) => sharedSecret)
  await jira.install()
  const [second] = [...gitlab.store.installations.values()].map(({ sharedSecret }) => sharedSecret)

  expect(gitlab.store.installations.size).toBe(1)
  expect(second, 'a new installation has a new secret').not.toBe(first)
  expect(logged.filter((line) => line.includes('/events/'))).toEqual([
    expect.stringMatching(/^POST \/-\/jira_connect\/events\/installed 401 \d+ ms$/),
    expect.stringMatching(/^POST \/-\/jira_connect\/events\/installed 200 \d+ ms$/),
    expect.stringMatching(/^POST \/-\/jira_connect\/events\/installed 200 \d+ ms$/),
  ])
  for (const secret of [first, second]) expect(logged.join()).not.toContain(secret)
})

test('requests are logged without their queries, and requests for Vite’s modules aren’t logged', async () => {
  const { get, logged } = await start(tellUrl)

  await get('/-/jira_connect/subscriptions?jwt=secret')
  await get('/-/jira_connect/src/main.tsx?t=1')
  await get('/api/v4/groups?search=secret')

  expect(logged).toEqual([
    expect.stringMatching(/^GET \/-\/jira_connect\/subscriptions 200 \d+ ms$/),
    expect.stringMatching(/^GET \/api\/v4\/groups 404 \d+ ms$/),
  ])
})

test('takes over the descriptor that the GitLab serves', async () => {
  const served = appDescriptor({
    baseUrl: 'https://gitlab.acme.example/-/jira_connect',
    gitlabHost: 'gitlab.acme.example',
  })
  const { get } = await start(async () => Response.json({ ...served, name: 'GitLab for Jira (a new name)' }))

  expect(await (await get('/-/jira_connect/app_descriptor.json')).json()).toMatchObject({
    key: 'gitlab-jira-connect-gitlab.acme.example',
    name: 'GitLab for Jira (a new name)',
    baseUrl: 'https://dev.acme.example/-/jira_connect',
  })
})

test('doesn’t start with a descriptor that Jira would refuse, and prints a line for each reason', async () => {
  const served = { ...appDescriptor({ baseUrl: 'https://a.example', gitlabHost: 'a' }), scopes: ['TEA'] }

  await expect(start(async () => Response.json(served))).rejects.toThrow(
    /^Jira would refuse the descriptor of the GitLab behind: scopes\.0: must be one of Jira’s scopes\.$/,
  )
})

test('doesn’t start if the GitLab can’t be reached, and says so in one line', async () => {
  const gone = await serveHttp(tellUrl, 0)
  await gone.close()
  const gitlabUrl = `http://127.0.0.1:${gone.port}`

  await expect(
    startDevServer({ appUrl: publicOrigin, gitlabUrl, port: 0, exposesGitLab: false, log: () => undefined }),
  ).rejects.toThrow(`GITLAB_URL can't be reached at ${gitlabUrl}: ECONNREFUSED.`)
})

test('doesn’t start if the port is taken, and says so in one line', async () => {
  const busy = await serveHttp(tellUrl, 0)
  onTestFinished(() => busy.close())
  const settings = {
    appUrl: publicOrigin,
    gitlabUrl: undefined,
    port: busy.port,
    exposesGitLab: false,
    log: () => undefined,
  }

  await expect(startDevServer(settings)).rejects.toThrow(
    `Port ${busy.port} is already in use. Set APP_PORT to another one.`,
  )
})

test('without a GitLab it uses a mock that has the public URL', async () => {
  const { get } = await start(undefined)

  expect(await (await get('/.well-known/openid-configuration')).json()).toMatchObject({
    issuer: publicOrigin,
  })
  expect((await get('/-/jira_connect/oauth_application_id')).status).toBe(200)
  expect(await (await get('/-/jira_connect/app_descriptor.json')).json()).toMatchObject({
    key: 'gitlab-jira-connect-dev.acme.example',
  })
})
