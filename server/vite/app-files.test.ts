import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { InlineConfig } from 'vite'
import { createServer, preview } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serveHttp } from '#mocks/http-server.ts'
import { httpNetwork } from '#mocks/network.ts'
import { appFiles } from './app-files.ts'

interface Host {
  get(path: string, init?: RequestInit): Promise<Response>
  url: string
}

const PAGE = '<!doctype html><script src="https://connect-cdn.atl-paas.net/all.js" defer></script>'

/** Serves a small app in front of a GitLab that returns the requests it receives. */
async function startHost(mode: 'dev' | 'preview'): Promise<Host> {
  const root = await mkdtemp(join(tmpdir(), 'app-files-'))
  await mkdir(join(root, 'dist/assets'), { recursive: true })
  for (const folder of [root, join(root, 'dist')]) {
    await writeFile(join(folder, 'index.html'), `${PAGE}<p>The page</p>`)
    await writeFile(join(folder, 'callback.html'), `${PAGE}<p>The callback page</p>`)
  }
  await writeFile(join(root, 'dist/assets/main-AbC123.js'), 'export {}')
  await writeFile(join(root, 'dist/assets/main-AbC123.js.br'), brotliCompressSync('export {}'))
  const gitlab = await serveHttp(
    async (request) =>
      Response.json({ gitlab: `${request.method} ${request.url}`, origin: request.headers.get('origin') }),
    0,
  )
  let url = ''
  const files = appFiles({
    gitlab: { target: `http://127.0.0.1:${gitlab.port}`, changeOrigin: false },
    publicUrl: () => url,
    config: () => '{"instances":"none"}',
    descriptor: () => ({ baseUrl: `${url}/-/jira_connect` }),
    contentSecurityPolicy: () => "default-src 'none'",
  })
  const listening = { host: '127.0.0.1', port: 0 }
  const config: InlineConfig = {
    root,
    configFile: false,
    base: '/-/jira_connect/',
    logLevel: 'error',
    plugins: [files],
    server: { ...listening, watch: null, ws: false },
    preview: listening,
  }
  const server = mode === 'dev' ? await (await createServer(config)).listen() : await preview(config)
  const address = server.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('Vite is not listening.')
  url = `http://app.localhost:${address.port}`
  onTestFinished(async () => {
    await server.close()
    await gitlab.close()
    await rm(root, { recursive: true })
  })
  return { url, get: (path, init) => httpNetwork(new Request(url + path, init)) }
}

describe.each(['dev', 'preview'] as const)('in %s', (mode) => {
  test('the page and the callback page load the bridge from this server and aren’t stored', async () => {
    const host = await startHost(mode)

    const page = await host.get('/-/jira_connect/subscriptions?jwt=x')
    const callback = await host.get('/-/jira_connect/oauth_callbacks?code=x&state=y')

    expect(await page.text()).toMatch(/atlassian-connect\/all\.js"[\s\S]*The page/)
    expect(await callback.text()).toContain('The callback page')
    for (const response of [page, callback]) {
      expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.has('cross-origin-opener-policy')).toBe(false)
    }
  })

  test('everything else goes to the GitLab behind, with the host name that the browser used', async () => {
    const host = await startHost(mode)

    const passed = [
      '/api/v4/groups?page=2',
      '/-/jira_connect/installations',
      '/-/jira_connect/subscriptions.json',
      '/-/jira_connect/subscriptions/17',
      '/-/jira_connect/public_keys/abc',
    ]
    for (const path of passed) {
      expect(await (await host.get(path)).json()).toMatchObject({ gitlab: `GET ${host.url}${path}` })
    }
    const posted = await host.get('/-/jira_connect/subscriptions', { method: 'POST', body: 'a=b' })
    expect(await posted.json()).toMatchObject({ gitlab: `POST ${host.url}/-/jira_connect/subscriptions` })
  })

  test('at the page’s own URL, a request that accepts only JSON gets GitLab’s list', async () => {
    const host = await startHost(mode)
    const path = '/-/jira_connect/subscriptions?xdm_e=y&jwt=x'

    const list = await host.get(path, { headers: { accept: 'application/json' } })
    expect(await list.json()).toMatchObject({ gitlab: `GET ${host.url}${path}` })
    for (const accept of ['text/html,*/*;q=0.8', '*/*', 'application/json, text/plain, */*']) {
      const page = await host.get(path, { headers: { accept } })
      expect(await page.text()).toContain('The page')
    }
  })

  test('installations has no CORS headers for any origin', async () => {
    const host = await startHost(mode)

    for (const method of ['GET', 'OPTIONS']) {
      const response = await host.get('/-/jira_connect/installations', {
        method,
        headers: { origin: 'http://gitlab.localhost:4702', 'access-control-request-method': 'PUT' },
      })
      expect(await response.json()).toMatchObject({ origin: 'http://gitlab.localhost:4702' })
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })
})

test('the descriptor and config.json contain this host', async () => {
  const built = await startHost('preview')

  const descriptor = await built.get('/-/jira_connect/app_descriptor.json')
  const config = await built.get('/-/jira_connect/config.json')

  expect(await descriptor.json()).toMatchObject({ baseUrl: `${built.url}/-/jira_connect` })
  expect(await config.json()).toEqual({ instances: 'none' })
  expect(config.headers.get('cache-control')).toBe('no-store')
})

test('the built pages have the Content-Security-Policy', async () => {
  const built = await startHost('preview')

  for (const path of ['subscriptions', 'oauth_callbacks']) {
    const response = await built.get(`/-/jira_connect/${path}`)
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'")
  }
})

test('built assets and the bridge are compressed for clients that accept it', async () => {
  const built = await startHost('preview')

  for (const path of ['assets/main-AbC123.js', 'atlassian-connect/all.js']) {
    const plain = await built.get(`/-/jira_connect/${path}`)
    const compressed = await built.get(`/-/jira_connect/${path}`, {
      headers: { 'accept-encoding': 'gzip, br' },
    })

    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(compressed.headers.get('content-encoding')).toBe('br')
    expect(compressed.headers.get('vary')).toBe('Accept-Encoding')
    const content = brotliDecompressSync(await compressed.arrayBuffer())
    expect(content.toString()).toBe(await plain.text())
  }
})

test('built assets are cached forever, missing ones aren’t cached', async () => {
  const built = await startHost('preview')

  const asset = await built.get('/-/jira_connect/assets/main-AbC123.js')

  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect(asset.headers.get('content-type')).toContain('javascript')
  const missing = await built.get('/-/jira_connect/assets/missing.js')
  expect(missing.headers.get('cache-control')).toBeNull()
})
