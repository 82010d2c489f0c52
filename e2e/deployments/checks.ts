import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Browser, BrowserContext } from 'playwright/test'
import { expect } from 'playwright/test'
import { watch } from '#e2e/fixtures.ts'
import { walkMainJourney } from '#e2e/main-journey.ts'
import { bridgeStyleSheet } from '#server/vite/bridge-script.ts'
import { HSTS } from './nginx-deployments.ts'
import type { Site } from './site.ts'

const ATLASSIAN_CDN = 'https://connect-cdn.atl-paas.net'
const PAGE = '/-/jira_connect/subscriptions'

/** Our files come with their headers, and nothing of it is asked of GitLab. */
export async function checkOurFiles(site: Site): Promise<void> {
  const before = site.received.length
  for (const place of ['subscriptions?jwt=x', 'oauth_callbacks?code=x&state=y']) {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await site.get(`/-/jira_connect/${place}`, { method })
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('cache-control')).toBe('no-store, no-transform')
      // Of several policies, browsers take the last one.
      expect(headers.get('referrer-policy')).toMatch(/(^|, )no-referrer$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('strict-transport-security')).toBe(HSTS)
      expect(headers.has('cross-origin-opener-policy')).toBe(false)
      expect(headers.has('x-frame-options')).toBe(false)
      const policy = headers.get('content-security-policy')
      expect(policy).toMatch(/^default-src 'none'; /)
      expect(policy).toContain("connect-src 'self';")
      expect(policy).toContain(site.jiraUrl)
    }
  }

  const settings = await site.get('/-/jira_connect/config.json')
  expect(settings.status).toBe(404)

  const icon = await site.get('/-/jira_connect/app-icon.svg')
  expect(icon.headers.get('content-type')).toBe('image/svg+xml')

  const page = await (await site.get(PAGE)).text()
  const script = /\.\/(assets\/index-[\w-]+\.js)/.exec(page)?.[1]
  const asset = (encoding: string) =>
    site.get(`/-/jira_connect/${script}`, { headers: { 'accept-encoding': encoding } })
  const plain = await asset('identity')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-type')).toMatch(/^text\/javascript\b/)
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
  expect(plain.headers.get('strict-transport-security')).toBe(HSTS)
  const content = Buffer.from(await plain.arrayBuffer())
  const zipped = await asset('gzip')
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  expect(zipped.headers.get('content-type')).toMatch(/^text\/javascript\b/)
  expect(zipped.headers.get('vary')).toMatch(/accept-encoding/i)
  expect(gunzipSync(await zipped.arrayBuffer()).equals(content)).toBe(true)

  for (const name of ['missing-AbC123.js', '../config.json', '']) {
    const missing = await site.get(`/-/jira_connect/assets/${name}`)
    if (name.endsWith('.js')) expect(missing.status).toBe(404)
    expect(missing.status, `no list of assets, and nothing but assets: ${name}`).toBeGreaterThanOrEqual(400)
    expect(missing.headers.get('cache-control') ?? '', name).not.toContain('immutable')
  }

  expect(
    site.received.slice(before).map(({ request }) => request),
    'GitLab was asked for none of these',
  ).toEqual([])
}

/** Everything else reaches the GitLab as it was sent, and comes back without our headers. */
export async function checkPassing(site: Site): Promise<void> {
  const json = { accept: 'application/json' }
  const passed: [path: string, init?: RequestInit][] = [
    [`${PAGE}.json?jwt=x`],
    [`${PAGE}/17`, { method: 'DELETE' }],
    [`${PAGE}?jwt=x&a=b%2Fc`, { headers: json }],
    [PAGE, { method: 'POST', body: 'a=b' }],
    [PAGE, { method: 'OPTIONS' }],
    ['/-/jira_connect/installations?jwt=x', { headers: json }],
    ['/-/jira_connect/app_descriptor.json'],
    ['/api/v4/groups?search=a%2Fb&page=2'],
    ['/oauth/authorize?state=x'],
    ['/acme%2Fweb/-/issues'],
  ]
  for (const [path, init] of passed) {
    const forged = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'forged' }
    const response = await site.get(path, { ...init, headers: { ...forged, ...init?.headers } })
    const what = `${init?.method ?? 'GET'} ${path}`
    expect(response.headers.get('content-security-policy') ?? '', what).not.toContain("default-src 'none'")
    expect(response.headers.get('cache-control') ?? '', what).not.toContain('no-transform')
    // As in the Linux package, which leaves it out of failures.
    if (response.ok && !site.isOwnServer)
      expect(response.headers.get('strict-transport-security'), what).toBe(HSTS)
    const { request, headers } = site.received.at(-1) ?? {}
    // Behind the web server, there is no TLS any more.
    const url = (site.appUrl + path).replace('https:', 'http:')
    expect(request, 'neither path nor name is changed').toBe(`${init?.method ?? 'GET'} ${url}`)
    if (init?.body) expect(headers?.get('content-length')).toBe(`${String(init.body).length}`)
    const { host } = new URL(site.appUrl)
    expect(headers?.get('host')).toBe(host)
    // The others leave this to the configuration that operators already have.
    if (!site.isOwnServer) continue
    expect(headers?.get('x-forwarded-host')).toBe(host)
    expect(headers?.get('x-forwarded-proto')).toBe(site.tls ? 'https' : 'http')
    expect(headers?.get('x-forwarded-for')).toBe('192.0.2.1, 127.0.0.1')
    expect(headers?.get('x-real-ip')).toBe('127.0.0.1')
  }
  for (const accept of ['application/json, text/plain', 'text/html', '*/*', 'application/jsonp']) {
    const page = await site.get(PAGE, { headers: { accept } })
    expect(page.headers.get('content-security-policy'), `the page for ${accept}`).toContain(
      "default-src 'none'",
    )
  }

  const tenMegabytes = 'x'.repeat(10 * 1024 * 1024)
  const uploaded = await site.get('/api/v4/upload', { method: 'POST', body: tenMegabytes })
  expect(uploaded.status, 'what the mock says to what it doesn’t know').toBe(404)
  expect(site.received.at(-1)?.headers.get('content-length'), 'large bodies pass').toBe(
    `${tenMegabytes.length}`,
  )
}

/** @returns all secrets of the journey: those the browser has sent, and those the GitLab has given away */
export async function walkThrough(browser: Browser, site: Site): Promise<string[]> {
  // Nobody trusts a certificate that was made a second ago.
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  try {
    const complaints = watch(context, site.jiraUrl, [site.appUrl, ATLASSIAN_CDN])
    await standInForCdn(context)
    const secrets = collectSecrets(context, site)
    await walkMainJourney(await context.newPage(), site.jiraUrl)
    expect(complaints).toEqual([])
    const found = secrets()
    // Of two sign-ins, a code, state, verifier, challenge, access token and refresh token each; and Jira's context tokens.
    expect(found.length).toBeGreaterThanOrEqual(2 * 6 + 2)
    return found
  } finally {
    await context.close()
  }
}

/** Requests with a secret that is easy to find in logs. */
export async function sendSecrets(site: Site, secret: string): Promise<void> {
  const json = { accept: 'application/json' }
  for (const [path, init] of [
    [`${PAGE}?jwt=${secret}`],
    [`${PAGE}?jwt=${secret}`, { headers: json }],
    [`${PAGE}?jwt=${secret}`, { method: 'POST' }],
    [`${PAGE}.json?jwt=${secret}`],
    [`${PAGE}/17?jwt=${secret}`, { method: 'DELETE' }],
    [`/-/jira_connect/installations?jwt=${secret}`],
    [`/-/jira_connect/oauth_callbacks?code=${secret}&state=${secret}`],
    [`/-/jira_connect/config.json?jwt=${secret}`],
    [`/-/jira_connect/assets/missing.js?jwt=${secret}`],
    [`/oauth/authorize?state=${secret}&code_challenge=${secret}`],
  ] satisfies [string, RequestInit?][]) {
    // Without descriptors, not even a response can be had.
    await site.get(path, init).catch(() => undefined)
  }
}

/** The GitLab stops, then the files are gone; neither leaves a secret in any log. */
export async function checkFailures(site: Site, secrets: readonly string[]): Promise<void> {
  await rm(join(site.root, 'current'))
  const policy = async () =>
    (await site.get(`${PAGE}?jwt=secret-while-gone`)).headers.get('content-security-policy') ?? ''
  // At once, or as soon as whatever routes to a server for the page finds that it has none.
  await expect.poll(policy, 'GitLab’s own page is served').not.toContain("default-src 'none'")
  await sendSecrets(site, 'secret-while-gone')
  await site.stopGitLab()
  const down = await site.get(`${PAGE}.json?jwt=secret-while-down`)
  expect(down.status).toBeGreaterThanOrEqual(502)
  await sendSecrets(site, 'secret-while-down')
  await expectNoSecret(site, [...secrets, 'secret-while'])
}

/** @throws an assertion error that names the lines */
export async function expectNoSecret(site: Site, secrets: readonly string[]): Promise<void> {
  const lines = (await site.readLogs()).split('\n')
  expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([])
}

/** Atlassian's own files, at Atlassian's address, without a network. */
export async function standInForCdn(context: BrowserContext): Promise<void> {
  const script = createRequire(import.meta.url).resolve('atlassian-connect-js/dist/iframe.js')
  const body = await readFile(script, 'utf8')
  await context.route(`${ATLASSIAN_CDN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1)
    if (path === 'all.js') await route.fulfill({ contentType: 'text/javascript', body })
    else await route.fulfill({ contentType: 'text/css', body: (await bridgeStyleSheet(path)) ?? '' })
  })
}

function collectSecrets(context: BrowserContext, { app }: Site): () => string[] {
  const sent = new Set<string>()
  context.on('request', (request) => {
    const credentials = request.headers().authorization?.split(' ')[1]
    if (credentials) sent.add(credentials)
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
