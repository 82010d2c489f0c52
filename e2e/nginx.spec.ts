import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright/test'
import { expect, test } from 'playwright/test'
import { findNginx } from '#e2e/setup/find-nginx.ts'
import { canRun } from '#e2e/setup/unpack-packages.ts'
import { bridgeStyleSheet } from '#server/vite/bridge-script.ts'
import { watch } from './fixtures.ts'
import { walkMainJourney } from './main-journey.ts'
import type { NginxHost, NginxHostOptions } from './nginx-host.ts'
import { judgeConfiguration, startNginxHost } from './nginx-host.ts'

const variants: ({ name: string } & NginxHostOptions)[] = [
  {
    name: 'nginx',
    args: ['--instances', 'any'],
    config: ({ store }) => ({ clientId: store.oauthApplication.clientId, instances: 'any' }),
  },
  // Without openssl, the sub-path alone.
  { name: 'nginx with TLS and a sub-path', path: '/gitlab', tls: canRun('openssl', ['version']) },
]

test.skip(findNginx() === undefined, 'There is no nginx on this machine.')

for (const { name, ...options } of variants) {
  test(`the main journey passes through ${name}, and leaves no secret in its logs`, async ({ browser }) => {
    const host = await startNginxHost(options)
    // Nobody trusts a certificate that was made a second ago.
    const context = await browser.newContext({ ignoreHTTPSErrors: true })
    try {
      await checkOurAnswers(host, options)
      await checkPassing(host, options)

      const complaints = watch(context, host.jiraUrl, [host.appUrl, ATLASSIAN_CDN])
      await standInForCdn(context)
      const secrets = collectSecrets(context, host)
      await walkMainJourney(await context.newPage(), host.jiraUrl)
      expect(complaints).toEqual([])

      // What goes wrong must leave no more behind.
      await host.stopGitLab()
      const failed = await host.get('/-/jira_connect/subscriptions.json?jwt=secret-while-down')
      expect(failed.status).toBe(502)
      await checkLogs(host, [...secrets(), 'secret-while-down'])
    } finally {
      await context.close()
      await host.close()
    }
  })
}

const TLS = ['--tls-certificate', '{certificate}', '--tls-key', '{key}']

for (const args of [
  ['--gitlab', 'http://127.0.0.1:8181', ...TLS, '--server-name', 'git.example.com'],
  ['--gitlab', 'unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket', '--path', '/gitlab/inner'],
  [
    '--gitlab',
    'https://127.0.0.1:8443',
    '--gitlab-ca',
    '{certificate}',
    '--instances',
    'https://code.example.com',
  ],
]) {
  test(`nginx accepts the configuration for ${args.join(' ')}`, async () => {
    const needsCertificate = args.includes('{certificate}')
    test.skip(needsCertificate && !canRun('openssl', ['version']), 'There is no openssl on this machine.')
    expect(await judgeConfiguration(args)).toBe('')
  })
}

const ATLASSIAN_CDN = 'https://connect-cdn.atl-paas.net'

async function checkOurAnswers(host: NginxHost, { config, tls }: NginxHostOptions): Promise<void> {
  const before = host.received.length
  for (const place of ['subscriptions?jwt=x', 'oauth_callbacks?code=x&state=y']) {
    const { status, headers } = await host.get(`/-/jira_connect/${place}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.has('cross-origin-opener-policy')).toBe(false)
    expect(headers.has('x-frame-options')).toBe(false)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`frame-ancestors https://*.atlassian.net https://*.jira.com ${host.jiraUrl}`)
    expect(policy).toContain(config ? "connect-src 'self' https:;" : "connect-src 'self';")
  }

  const settings = await host.get('/-/jira_connect/config.json')
  expect(settings.status).toBe(config ? 200 : 404)
  expect(settings.headers.get('cache-control')).toBe('no-store')
  if (config) expect(await settings.json()).toEqual(config(host.app))

  const icon = await host.get('/-/jira_connect/app-icon.svg')
  expect(icon.headers.get('content-type')).toBe('image/svg+xml')

  const page = await (await host.get('/-/jira_connect/subscriptions')).text()
  const script = /\.\/(assets\/index-[\w-]+\.js)/.exec(page)?.[1]
  const asset = (encoding: string) =>
    host.get(`/-/jira_connect/${script}`, { headers: { 'accept-encoding': encoding } })
  const plain = await asset('identity')
  expect(plain.headers.get('cache-control')).toContain('immutable')
  expect(plain.headers.get('content-type')).toBe('text/javascript')
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
  const content = Buffer.from(await plain.arrayBuffer())
  const zipped = await asset('gzip')
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(zipped.headers.get('vary')).toBe('Accept-Encoding')
  expect(gunzipSync(await zipped.arrayBuffer()).equals(content)).toBe(true)
  if (host.hasBrotli) {
    const smallest = await asset(tls ? 'gzip, deflate, br' : 'br')
    expect(smallest.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await smallest.arrayBuffer()).equals(content)).toBe(true)
  }
  const missing = await host.get('/-/jira_connect/assets/missing-AbC123.js')
  expect(missing.status).toBe(404)
  expect(missing.headers.has('cache-control')).toBe(false)

  expect(host.received.slice(before), 'GitLab was asked for none of these').toEqual([])
}

async function checkPassing(host: NginxHost, { tls }: NginxHostOptions): Promise<void> {
  const { host: name } = new URL(host.appUrl)
  const passed: [string, RequestInit?][] = [
    ['/-/jira_connect/subscriptions.json?jwt=x'],
    ['/-/jira_connect/subscriptions?xdm_e=y&jwt=x', { headers: { accept: 'application/json' } }],
    ['/-/jira_connect/subscriptions/17', { method: 'DELETE' }],
    ['/-/jira_connect/subscriptions', { method: 'POST', body: 'a=b' }],
    ['/-/jira_connect/subscriptions', { method: 'OPTIONS' }],
    ['/-/jira_connect/installations'],
    ['/-/jira_connect/app_descriptor.json'],
    ['/api/v4/groups?search=a%2Fb&page=2'],
    ['/acme%2Fweb/-/issues'],
  ]
  for (const [path, init] of passed) {
    const forged = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'forged' }
    const answer = await host.get(path, { ...init, headers: { ...forged, ...init?.headers } })
    expect(answer.headers.has('content-security-policy'), 'headers of ours are for our files').toBe(false)
    expect(answer.headers.get('cache-control') ?? '').not.toContain('no-store')
    const { request, headers } = host.received.at(-1) ?? {}
    // Behind nginx there is no TLS any more.
    const url = (host.appUrl + path).replace('https:', 'http:')
    expect(request, 'neither path nor name is changed').toBe(`${init?.method ?? 'GET'} ${url}`)
    if (init?.body) expect(headers?.get('content-length')).toBe(`${String(init.body).length}`)
    expect(headers?.get('host')).toBe(name)
    expect(headers?.get('x-forwarded-host')).toBe(name)
    expect(headers?.get('x-forwarded-proto')).toBe(tls ? 'https' : 'http')
    expect(headers?.get('x-forwarded-for')).toBe('192.0.2.1, 127.0.0.1')
    expect(headers?.get('x-real-ip')).toBe('127.0.0.1')
  }

  const tenMegabytes = 'x'.repeat(10 * 1024 * 1024)
  await host.get('/api/v4/upload', { method: 'POST', body: tenMegabytes })
  expect(host.received.at(-1)?.headers.get('content-length'), 'large bodies pass').toBe(
    String(tenMegabytes.length),
  )
}

/** Atlassian's own files, at Atlassian's address, without a network. */
async function standInForCdn(context: BrowserContext): Promise<void> {
  const script = createRequire(import.meta.url).resolve('atlassian-connect-js/dist/iframe.js')
  const body = await readFile(script, 'utf8')
  await context.route(`${ATLASSIAN_CDN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1)
    if (path === 'all.js') await route.fulfill({ contentType: 'text/javascript', body })
    else await route.fulfill({ contentType: 'text/css', body: (await bridgeStyleSheet(path)) ?? '' })
  })
}

/** @returns what gives all secrets that the browser has sent until then, or that GitLab has given away */
function collectSecrets(context: BrowserContext, { app }: NginxHost): () => string[] {
  const sent = new Set<string>()
  context.on('request', (request) => {
    for (const text of [new URL(request.url()).search, request.postData() ?? '']) {
      const parameters = new URLSearchParams(text)
      for (const name of ['jwt', 'code', 'state', 'code_verifier', 'code_challenge']) {
        const value = parameters.get(name)
        if (value) sent.add(value)
      }
    }
  })
  return () => [
    ...sent,
    ...[...app.store.tokens.values()].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
  ]
}

async function checkLogs(host: NginxHost, secrets: readonly string[]): Promise<void> {
  expect(
    secrets.length,
    'context tokens, codes, states, verifiers, challenges and tokens of two sign-ins',
  ).toBeGreaterThan(14)
  const logs = await host.readLogs()
  const path = new URL(host.appUrl).pathname.replace(/\/$/, '')
  expect(logs).toContain(`"GET ${path}/-/jira_connect/subscriptions HTTP/`)
  expect(logs).toContain(`"GET ${path}/-/jira_connect/oauth_callbacks HTTP/`)
  expect(logs).toContain(`"POST ${path}/oauth/token HTTP/`)
  expect(logs).toContain(' 502 ')
  expect(secrets.filter((secret) => logs.includes(secret))).toEqual([])
  expect(logs, 'no query at all').not.toContain('?')
}
