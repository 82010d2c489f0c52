import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Connect, Plugin, ProxyOptions } from 'vite'
import { pageHeaders } from '#server/page-headers.ts'
import { bridgeScript, bridgeStyleSheet, withLocalBridge } from './bridge-script.ts'

export interface AppFilesOptions {
  /** How requests are forwarded that aren't for our own files. */
  gitlab: ProxyOptions
  /** The URL by which browsers and Jira know this server and the GitLab behind it. No trailing slash. */
  publicUrl: () => string
  /** Body of `config.json`; undefined: there is none. */
  config: () => string | undefined
  descriptor: () => object
  /** Whether the script of Atlassian's bridge is refused, as an extension or a proxy does; default: never. */
  bridgeBlocked?: () => boolean
  /** Whether to refuse one of our own files, given its path, as an overloaded server does; default: never. */
  isLost?: (path: string) => boolean
  /** Policy of the built page. In development there is none, because Vite needs inline scripts and styles. */
  contentSecurityPolicy: () => string
  /** A policy in development all the same, which must not restrict what Vite needs; default none. */
  developmentPolicy?: () => string | undefined
  /**
   * A real Jira frames the page, and anyone can reach this server: the page loads the bridge from Atlassian's CDN, and
   * requests can't open files in the developer's editor. Default: only this machine can reach it.
   */
  isPublic?: boolean
  /** Receives a line for each finished request, except those for Vite's modules; default: no log. */
  log?: (line: string) => void
}

/** What differs between development and the built page. */
interface Files {
  page(name: 'index.html' | 'callback.html', url: string): Promise<string>
  /** undefined: there is no such file, or Vite serves it. */
  asset(path: string): Promise<Buffer | undefined>
  /** The file at a path, brotli-compressed as in production; undefined: it isn't compressed. */
  compressed(path: string, body: string | Buffer): Promise<Buffer | undefined>
  pagePolicy(): string | undefined
}

interface FileResponse {
  /** Default 200. */
  status?: number
  body: string | Buffer
  /** The same, brotli-compressed. */
  compressed?: Buffer | undefined
  contentType: string
  headers?: Record<string, string>
}

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const STYLE_SHEET = 'text/css; charset=utf-8'
/** Fast, and about as small as the responses of a CDN; brotli has levels up to 11. */
const QUICKLY = { [constants.BROTLI_PARAM_QUALITY]: 5 }
const CONTENT_TYPES: Record<string, string> = {
  '.css': STYLE_SHEET,
  '.js': SCRIPT,
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The paths below the base that Vite's development server handles: modules, dependencies, its own client. */
const DEVELOPMENT_MODULE = /^(@|src\/|server\/|node_modules\/|__|app-icon\.svg$|$)/

/**
 * A Vite plugin that puts this app in front of a GitLab, both in development and for the built page: our files are served
 * below `…/-/jira_connect/`, and everything else goes to the GitLab. It adds no CORS headers.
 */
export function appFiles(options: AppFilesOptions): Plugin {
  let base = '/'
  const bridged = options.isPublic ? (html: string) => html : withLocalBridge

  function proxy(isOurs: (path: string) => boolean): Record<string, ProxyOptions> {
    // If this returns a path, Vite handles it with its own middleware; if not, it forwards the request.
    const bypass: ProxyOptions['bypass'] = (request, response, proxied) => {
      const path = pathBelow(base, request)
      return path !== undefined && isOurs(path)
        ? request.url
        : options.gitlab.bypass?.(request, response, proxied)
    }
    return { '^/': { ...options.gitlab, bypass } }
  }

  return {
    name: 'app-files',
    config: () => ({
      appType: 'custom',
      // Vite's own CORS would respond to preflights, and add headers to GitLab's responses, for any *.localhost origin.
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
          server.transformIndexHtml(`/${name}`, bridged(await readFile(join(root, name), 'utf8')), url),
        asset: async () => undefined,
        compressed: async () => undefined,
        pagePolicy: () => options.developmentPolicy?.(),
      }
      if (options.log) server.middlewares.use(logRequests(options.log, base))
      if (options.isPublic) server.middlewares.use(`${base}__open-in-editor`, refuse)
      server.middlewares.use(serveOurs(options, base, files))
    },
    configurePreviewServer(server) {
      const output = resolve(server.config.root, server.config.build.outDir)
      const files: Files = {
        page: async (name) => bridged(await readFile(join(output, name), 'utf8')),
        asset: (path) => readFile(join(output, path)).catch(() => undefined),
        compressed: (path, body) =>
          path.startsWith('assets/')
            ? readFile(join(output, `${path}.br`)).catch(() => undefined)
            : promisify(brotliCompress)(body, { params: QUICKLY }),
        pagePolicy: options.contentSecurityPolicy,
      }
      server.middlewares.use(serveOurs(options, base, files))
    },
  }
}

/** Logs one line for each request. Queries are left out: they contain context tokens, codes and states. */
function logRequests(log: (line: string) => void, base: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = pathBelow(base, request)
    if (path === undefined || !DEVELOPMENT_MODULE.test(path)) {
      const start = performance.now()
      const [shown] = (request.url ?? '').split('?')
      response.on('close', () => {
        const outcome = response.writableFinished ? response.statusCode : 'aborted'
        log(`${request.method} ${shown} ${outcome} ${Math.round(performance.now() - start)} ms`)
      })
    }
    next()
  }
}

const refuse: Connect.NextHandleFunction = (_request, response) => {
  response.writeHead(404).end()
}

function serveOurs(options: AppFilesOptions, base: string, files: Files): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = pathBelow(base, request)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (path === undefined || !isRead || isForList(path, request)) {
      next()
      return
    }
    fileAt(path, request.url ?? '', options, base, files).then((ours) => {
      if (ours) send(ours, request, response)
      else next()
    }, next)
  }
}

/** GitLab responds with the list of linked groups at the page's own URL to those who accept only JSON. */
function isForList(path: string, { method, headers }: IncomingMessage): boolean {
  return path === 'subscriptions' && method === 'GET' && headers.accept === 'application/json'
}

async function fileAt(
  path: string,
  url: string,
  options: AppFilesOptions,
  base: string,
  files: Files,
): Promise<FileResponse | undefined> {
  const page = async (name: 'index.html' | 'callback.html'): Promise<FileResponse> => ({
    body: await files.page(name, url),
    contentType: HTML,
    headers: pageHeaders(files.pagePolicy()),
  })
  switch (path) {
    case 'subscriptions':
      return page('index.html')
    case 'oauth_callbacks':
      return page('callback.html')
    case 'config.json': {
      const body = options.config()
      return body === undefined ? undefined : { body, contentType: JSON_TYPE }
    }
    case 'app_descriptor.json':
      return { body: JSON.stringify(options.descriptor()), contentType: JSON_TYPE }
    case 'atlassian-connect/all.js': {
      if (options.bridgeBlocked?.()) return { status: 403, body: 'Blocked', contentType: 'text/plain' }
      const url = `${new URL(options.publicUrl()).origin}${base}atlassian-connect`
      const body = await bridgeScript(url)
      return { body, compressed: await files.compressed(path, body), contentType: SCRIPT }
    }
    default:
  }
  if (path.startsWith('atlassian-connect/')) {
    const body = await bridgeStyleSheet(path.slice('atlassian-connect/'.length))
    return body === undefined ? undefined : { body, contentType: STYLE_SHEET }
  }
  if (/^(assets\/[\w.-]+|app-icon\.svg)$/.test(path)) {
    if (options.isLost?.(path)) return { status: 503, body: 'Overloaded', contentType: 'text/plain' }
    const body = await files.asset(path)
    const contentType = CONTENT_TYPES[extname(path)]
    if (!body || !contentType) return undefined
    // The names in assets/ change with their content.
    const headers = path.startsWith('assets/')
      ? { 'Cache-Control': 'public, max-age=31536000, immutable' }
      : {}
    return { body, compressed: await files.compressed(path, body), contentType, headers }
  }
  return undefined
}

function send(
  { status = 200, body, compressed, contentType, headers }: FileResponse,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding']?.toString() ?? '')
  const sent = takesBrotli && compressed ? compressed : body
  response.writeHead(status, {
    'Content-Type': contentType,
    ...(compressed && { Vary: 'Accept-Encoding' }),
    ...(sent === compressed && { 'Content-Encoding': 'br' }),
    'Content-Length': Buffer.byteLength(sent),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : sent)
}

/** @returns the path relative to the base, without query; undefined if it isn't below the base */
function pathBelow(base: string, request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  return path.startsWith(base) ? path.slice(base.length) : undefined
}
