import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { Connect, Plugin, ProxyOptions } from 'vite'
import { bridgeScript, bridgeStyleSheet, withLocalBridge } from './bridge-script.ts'
import { appDescriptor } from './descriptor.ts'

export interface AppFilesOptions {
  /** Where everything goes that is not ours: the GitLab behind, as this server reaches it. */
  gitlab: string
  /** The address by which browsers and Jira know this server and the GitLab behind it. No trailing slash. */
  publicUrl: () => string
  /** Body of `config.json`. */
  config: () => object
  /** Policy of the built page. The page in development has none: there Vite needs inline scripts and styles. */
  contentSecurityPolicy: () => string
  /** A policy for the page in development all the same, of as little as Vite can bear; default none. */
  developmentPolicy?: () => string | undefined
}

/** What differs between development and the built page. */
interface Files {
  page(name: 'index.html' | 'callback.html', url: string): Promise<string>
  /** undefined: no such file, or somebody else serves it. */
  asset(path: string): Promise<Buffer | undefined>
  pageHeaders(): Record<string, string>
}

interface Answer {
  body: string | Buffer
  contentType: string
  headers?: Record<string, string>
}

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE_SHEET = 'text/css; charset=utf-8'
const CONTENT_TYPES: Record<string, string> = {
  '.css': STYLE_SHEET,
  '.js': SCRIPT,
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** What Vite's development server answers below the base: modules, dependencies, its own client. */
const DEVELOPMENT_MODULE = /^(@|src\/|server\/|node_modules\/|__|app-icon\.svg$|$)/

/**
 * A Vite plugin that puts this app in front of a GitLab, in development as well as for the built page: our
 * files take their places below `…/-/jira_connect/`, and everything else goes to the GitLab behind, with its
 * Host header kept, so that the GitLab knows itself by its public address. It adds no CORS header of its own,
 * and never a Cross-Origin-Opener-Policy: that would sever the popup from the page that opened it.
 */
export function appFiles(options: AppFilesOptions): Plugin {
  let base = '/'

  function proxy(isOurs: (path: string) => boolean): Record<string, ProxyOptions> {
    // Given a path, Vite goes on with its own middlewares; given nothing, the request goes through.
    const bypass = (request: IncomingMessage) => {
      const path = pathBelow(base, request)
      return path !== undefined && isOurs(path) ? request.url : undefined
    }
    return { '^/': { target: options.gitlab, changeOrigin: false, bypass } }
  }

  return {
    name: 'app-files',
    config: () => ({
      appType: 'custom',
      // Vite's own CORS would answer preflights, and add headers to GitLab's answers, for any *.localhost origin.
      server: { cors: false, proxy: proxy((path) => DEVELOPMENT_MODULE.test(path)) },
      preview: { cors: false, proxy: proxy(() => false) },
    }),
    configResolved(config) {
      base = config.base
    },
    configureServer(server) {
      const { root } = server.config
      const files: Files = {
        page: async (name, url) =>
          server.transformIndexHtml(
            `/${name}`,
            withLocalBridge(await readFile(join(root, name), 'utf8')),
            url,
          ),
        asset: async () => undefined,
        pageHeaders: () => {
          const policy = options.developmentPolicy?.()
          return policy === undefined ? {} : { 'Content-Security-Policy': policy }
        },
      }
      server.middlewares.use(answerOurs(options, base, files))
    },
    configurePreviewServer(server) {
      const output = join(server.config.root, server.config.build.outDir)
      const files: Files = {
        page: async (name) => withLocalBridge(await readFile(join(output, name), 'utf8')),
        asset: (path) => readFile(join(output, path)).catch(() => undefined),
        pageHeaders: () => ({ 'Content-Security-Policy': options.contentSecurityPolicy() }),
      }
      server.middlewares.use(answerOurs(options, base, files))
    },
  }
}

function answerOurs(options: AppFilesOptions, base: string, files: Files): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = pathBelow(base, request)
    if (path === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next()
      return
    }
    answer(path, request.url ?? '', options, base, files).then((ours) => {
      if (ours) send(ours, request, response)
      else next()
    }, next)
  }
}

async function answer(
  path: string,
  url: string,
  options: AppFilesOptions,
  base: string,
  files: Files,
): Promise<Answer | undefined> {
  const baseUrl = options.publicUrl() + base.replace(/\/$/, '')
  const page = async (name: 'index.html' | 'callback.html'): Promise<Answer> => ({
    body: await files.page(name, url),
    contentType: HTML,
    headers: { 'Referrer-Policy': 'no-referrer', ...files.pageHeaders() },
  })
  switch (path) {
    case 'subscriptions':
      return page('index.html')
    case 'oauth_callbacks':
      return page('callback.html')
    case 'config.json':
      return { body: JSON.stringify(options.config()), contentType: JSON_TYPE }
    case 'app_descriptor.json': {
      const descriptor = appDescriptor({ baseUrl, gitlabHost: new URL(baseUrl).hostname })
      return { body: JSON.stringify(descriptor), contentType: JSON_TYPE }
    }
    case 'atlassian-connect/all.js':
      return { body: await bridgeScript(`${baseUrl}/atlassian-connect`), contentType: SCRIPT }
    default:
  }
  if (path.startsWith('atlassian-connect/')) {
    const body = await bridgeStyleSheet(path.slice('atlassian-connect/'.length))
    return body === undefined ? undefined : { body, contentType: STYLE_SHEET }
  }
  if (/^(assets\/[\w.-]+|app-icon\.svg)$/.test(path)) {
    const body = await files.asset(path)
    const contentType = CONTENT_TYPES[extname(path)]
    if (!body || !contentType) return undefined
    // The names in assets/ change with the content.
    const headers = path.startsWith('assets/')
      ? { 'Cache-Control': 'public, max-age=31536000, immutable' }
      : {}
    return { body, contentType, headers }
  }
  return undefined
}

function send(
  { body, contentType, headers }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** @returns the path from the base on, without query; undefined when it lies elsewhere */
function pathBelow(base: string, request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  return path.startsWith(base) ? path.slice(base.length) : undefined
}
