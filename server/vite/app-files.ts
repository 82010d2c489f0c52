import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Connect, Plugin, ProxyOptions } from 'vite'
import { pageHeaders } from '#server/page-headers.ts'
import { bridgeScript, bridgeStyleSheet, withLocalBridge } from './bridge-script.ts'

export interface AppFilesOptions {
  /** How everything is passed on that is not ours. */
  gitlab: ProxyOptions
  /** The address by which browsers and Jira know this server and the GitLab behind it. No trailing slash. */
  publicUrl: () => string
  /** Body of `config.json`; undefined: there is none. */
  config: () => string | undefined
  descriptor: () => object
  /** Policy of the built page. The page in development has none: there Vite needs inline scripts and styles. */
  contentSecurityPolicy: () => string
  /** A policy for the page in development all the same, of as little as Vite can bear; default none. */
  developmentPolicy?: () => string | undefined
  /**
   * A real Jira frames the page, and anybody can reach this server: the page takes the bridge from Atlassian's CDN,
   * and no request opens a file in the developer's editor. Default: this machine alone can reach it.
   */
  isPublic?: boolean
  /** Told of each request that is not for one of Vite's modules, once it is answered; default nobody. */
  log?: (line: string) => void
}

/** What differs between development and the built page. */
interface Files {
  page(name: 'index.html' | 'callback.html', url: string): Promise<string>
  /** undefined: no such file, or somebody else serves it. */
  asset(path: string): Promise<Buffer | undefined>
  /** What is at a path, brotli-compressed as in production; undefined: not at all. */
  compressed(path: string, body: string | Buffer): Promise<Buffer | undefined>
  pagePolicy(): string | undefined
}

interface Answer {
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
/** Of brotli's eleven levels: nobody waits for it, and the size is that of a CDN. */
const QUICKLY = { [constants.BROTLI_PARAM_QUALITY]: 5 }
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
 * files take their places below `…/-/jira_connect/`, and everything else goes to the GitLab behind. It adds no CORS
 * header of its own, and never a Cross-Origin-Opener-Policy: that would sever the popup from the page that opened it.
 */
export function appFiles(options: AppFilesOptions): Plugin {
  let base = '/'
  const bridged = options.isPublic ? (html: string) => html : withLocalBridge

  function proxy(isOurs: (path: string) => boolean): Record<string, ProxyOptions> {
    // Given a path, Vite goes on with its own middlewares; given nothing, the request goes through.
    const bypass = (request: IncomingMessage) => {
      const path = pathBelow(base, request)
      return path !== undefined && isOurs(path) ? request.url : undefined
    }
    return { '^/': { ...options.gitlab, bypass } }
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
          server.transformIndexHtml(`/${name}`, bridged(await readFile(join(root, name), 'utf8')), url),
        asset: async () => undefined,
        compressed: async () => undefined,
        pagePolicy: () => options.developmentPolicy?.(),
      }
      if (options.log) server.middlewares.use(logRequests(options.log, base))
      if (options.isPublic) server.middlewares.use(`${base}__open-in-editor`, refuse)
      server.middlewares.use(answerOurs(options, base, files))
    },
    configurePreviewServer(server) {
      const output = join(server.config.root, server.config.build.outDir)
      const files: Files = {
        page: async (name) => bridged(await readFile(join(output, name), 'utf8')),
        asset: (path) => readFile(join(output, path)).catch(() => undefined),
        compressed: (path, body) =>
          path.startsWith('assets/')
            ? readFile(join(output, `${path}.br`)).catch(() => undefined)
            : promisify(brotliCompress)(body, { params: QUICKLY }),
        pagePolicy: options.contentSecurityPolicy,
      }
      server.middlewares.use(answerOurs(options, base, files))
    },
  }
}

/** One line for each request. Queries are left out: they carry context tokens, codes and states. */
function logRequests(log: (line: string) => void, base: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = pathBelow(base, request)
    if (path === undefined || !DEVELOPMENT_MODULE.test(path)) {
      const start = performance.now()
      const [shown] = (request.url ?? '').split('?')
      response.on('close', () => {
        const outcome = response.writableFinished ? response.statusCode : 'broken off'
        log(`${request.method} ${shown} ${outcome} ${Math.round(performance.now() - start)} ms`)
      })
    }
    next()
  }
}

const refuse: Connect.NextHandleFunction = (_request, response) => {
  response.writeHead(404).end()
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
  const page = async (name: 'index.html' | 'callback.html'): Promise<Answer> => ({
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
    const body = await files.asset(path)
    const contentType = CONTENT_TYPES[extname(path)]
    if (!body || !contentType) return undefined
    // The names in assets/ change with the content.
    const headers = path.startsWith('assets/')
      ? { 'Cache-Control': 'public, max-age=31536000, immutable' }
      : {}
    return { body, compressed: await files.compressed(path, body), contentType, headers }
  }
  return undefined
}

function send(
  { body, compressed, contentType, headers }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding']?.toString() ?? '')
  const sent = takesBrotli && compressed ? compressed : body
  response.writeHead(200, {
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

/** @returns the path from the base on, without query; undefined when it lies elsewhere */
function pathBelow(base: string, request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  return path.startsWith(base) ? path.slice(base.length) : undefined
}
