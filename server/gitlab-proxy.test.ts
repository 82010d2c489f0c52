import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { createServer as createVite } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { gitlabProxy, isNeeded } from './gitlab-proxy.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A GitLab, and a Vite server in front of it with another host name. */
async function startPair(answer: Answer, { appUrl = 'https://dev.acme.example', isRestricted = false } = {}) {
  const gitlab = createServer(answer).listen(0, '127.0.0.1')
  await once(gitlab, 'listening')
  const gitlabPort = portOf(gitlab)
  const gitlabUrl = `http://gitlab.localhost:${gitlabPort}`
  const logged: string[] = []
  const proxy = gitlabProxy({ gitlabUrl, appUrl, log: (line) => logged.push(line), isRestricted })
  const vite = await createVite({
    configFile: false,
    customLogger: silent,
    server: {
      host: '127.0.0.1',
      port: 0,
      cors: false,
      allowedHosts: ['dev.acme.example'],
      watch: null,
      proxy: { '^/': proxy },
    },
  })
  await vite.listen()
  onTestFinished(async () => {
    await vite.close()
    gitlab.closeAllConnections()
    gitlab.close()
  })
  const { httpServer } = vite
  if (!httpServer) throw new Error('Vite is not listening.')
  return { gitlab, gitlabUrl, gitlabPort, port: portOf(httpServer), logged }
}

const silent = {
  hasWarned: false,
  info() {},
  warn() {},
  warnOnce() {},
  error() {},
  clearScreen() {},
  hasErrorLogged: () => false,
}

function portOf(server: { address(): unknown }): number {
  const { port } = server.address() as { port: number }
  return port
}

/** Sends a request as a tunnel does; resolves once the headers of the response are there. */
async function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<IncomingMessage> {
  const options = {
    host: '127.0.0.1',
    port,
    path,
    headers: { host: 'dev.acme.example', ...headers },
    agent: false,
  }
  const [response] = await once(httpRequest(options).end(), 'response')
  return response
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function openWebSocket(port: number, path: string): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: dev.acme.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
  )
  return socket
}

const tellHeaders: Answer = ({ headers }, response) => response.end(JSON.stringify(headers))

test('the GitLab receives its own host name, and the public one as forwarded host', async () => {
  const { port, gitlabPort } = await startPair(tellHeaders)
  const headers = {
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'forged',
  }

  expect(JSON.parse(await textOf(await ask(port, '/', headers)))).toMatchObject({
    host: `gitlab.localhost:${gitlabPort}`,
    'x-forwarded-host': 'dev.acme.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
  })
})

test('what a client claims about where it is doesn’t reach the GitLab, only what the tunnel has added', async () => {
  const { port } = await startPair(tellHeaders)
  const headers = { 'x-forwarded-for': '127.0.0.1, 10.0.0.1, 203.0.113.7' }

  expect(JSON.parse(await textOf(await ask(port, '/', headers)))).toMatchObject({
    'x-forwarded-for': '203.0.113.7, 127.0.0.1',
  })
})

test('restricted, it passes on what the page needs, and answers everything else itself', async () => {
  const { port } = await startPair((_request, response) => response.end('from the GitLab'), {
    isRestricted: true,
  })

  for (const path of ['/-/jira_connect/installations?jwt=x', '/api/v4/groups?search=a', '/users/sign_in']) {
    expect(await textOf(await ask(port, path)), path).toBe('from the GitLab')
  }
  for (const path of ['/admin/users', '/api/v4/users', '/api/v4/projects', '/', '/acme/web', '/-/metrics']) {
    const response = await ask(port, path)
    expect(response.statusCode, path).toBe(404)
    expect(await textOf(response), path).not.toContain('from the GitLab')
  }
})

test.each([
  ['/-/jira_connect/../../admin'],
  ['/-/jira_connect/%2e%2e/%2E%2E/admin'],
  ['/assets/..%2fadmin'],
  ['/assets/..\\\\admin'],
  ['/assets//admin'],
  ['/api/v4/user/keys'],
  ['/oauth/authorize/x'],
])('a path that leads elsewhere in the end isn’t needed: %s', (path) => {
  expect(isNeeded(path)).toBe(false)
})

test('the origin of its own pages isn’t forwarded, any other origin is', async () => {
  const { port } = await startPair(tellHeaders)
  const originOf = async (origin: string) => JSON.parse(await textOf(await ask(port, '/', { origin }))).origin

  expect(await originOf('https://dev.acme.example')).toBeUndefined()
  expect(await originOf('https://elsewhere.example')).toBe('https://elsewhere.example')
})

test.each([
  ['of its own', '/users/sign_in?a=b#c', 'https://dev.acme.example/users/sign_in?a=b#c'],
  ['of another host', 'https://sso.acme.example/login?a=b', 'https://sso.acme.example/login?a=b'],
])('a redirect to a URL %s leads there', async (name, location, expected) => {
  const { port, gitlabUrl } = await startPair((request, response) => {
    const status = Number(request.url?.slice(1))
    response
      .writeHead(status, {
        location: name === 'of its own' ? `http://${request.headers.host}${location}` : location,
      })
      .end()
  })
  for (const status of [302, 303, 307]) {
    expect((await ask(port, `/${status}`)).headers.location).toBe(expected)
  }
  expect(expected).not.toContain(gitlabUrl)
})

test('a relative redirect isn’t changed', async () => {
  const { port } = await startPair((_request, response) =>
    response.writeHead(302, { location: '/a?b=c' }).end(),
  )

  expect((await ask(port, '/')).headers.location).toBe('/a?b=c')
})

const SET_COOKIE = [
  '_gitlab_session=1; path=/; secure; HttpOnly; SameSite=None',
  'a=b; Domain=gitlab.acme.example',
]

test('cookies are for the public host', async () => {
  const { port } = await startPair((_request, response) => response.setHeader('set-cookie', SET_COOKIE).end())

  expect((await ask(port, '/')).headers['set-cookie']).toEqual([
    '_gitlab_session=1; path=/; secure; HttpOnly; SameSite=None',
    'a=b',
  ])
})

test('on this machine, without TLS, cookies aren’t marked as secure', async () => {
  const { port } = await startPair(
    (_request, response) => response.setHeader('set-cookie', SET_COOKIE).end(),
    {
      appUrl: 'http://app.localhost:4701',
    },
  )

  expect((await ask(port, '/')).headers['set-cookie']?.[0]).toBe(
    '_gitlab_session=1; path=/; HttpOnly; SameSite=None',
  )
})

test('a response is forwarded while it is still being written', async () => {
  let finish = () => {}
  const { port } = await startPair((_request, response) => {
    response.write('first')
    finish = () => response.end(' last')
  })

  const response = await ask(port, '/')
  const [chunk] = await once(response, 'data')
  expect(String(chunk)).toBe('first')
  finish()
  expect(await textOf(response)).toBe(' last')
})

test('WebSockets are forwarded', async () => {
  const { port, gitlab } = await startPair(() => {})
  gitlab.on('upgrade', ({ url }, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello ${url}`,
    )
  })
  let received = ''
  for await (const chunk of openWebSocket(port, '/-/cable')) received += chunk
  expect(received).toContain('hello /-/cable')
})

test('restricted, it forwards no WebSockets, not even below a path that the page needs', async () => {
  const { port, gitlab } = await startPair((_request, response) => response.end('from the GitLab'), {
    isRestricted: true,
  })
  const opened: string[] = []
  gitlab.on('upgrade', ({ url = '' }, socket) => {
    opened.push(url)
    socket.destroy()
  })
  const path = '/-/jira_connect/cable'
  const socket = openWebSocket(port, path)
  await once(socket, 'connect')
  // What is forwarded arrives in this order.
  for (const _turn of [1, 2]) expect(await textOf(await ask(port, path))).toBe('from the GitLab')
  socket.destroy()
  expect(opened).toEqual([])
})

test('a GitLab that can’t be reached is logged without the query, which can contain a token', async () => {
  const { port, gitlab, gitlabUrl, logged } = await startPair(() => {})
  gitlab.close()

  const response = await ask(port, '/-/jira_connect/subscriptions.json?jwt=secret')

  expect(response.statusCode).toBe(502)
  expect(logged).toEqual([`GET /-/jira_connect/subscriptions.json did not reach ${gitlabUrl}: ECONNREFUSED`])
})
