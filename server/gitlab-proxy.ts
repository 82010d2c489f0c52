import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { ProxyOptions } from 'vite'
import { isLocalName } from './settings.ts'

export interface GitLabProxyOptions {
  /** The GitLab behind, under its own name. */
  gitlabUrl: string
  /** The address by which browsers and Jira know it instead. */
  appUrl: string
  /** Told of what went wrong, without the query. */
  log: (line: string) => void
}

/**
 * How Vite passes requests on to a GitLab that has a name of its own. GitLab is asked under that name, or a load
 * balancer would not know whom is meant; what it answers is put under the name that the browser used.
 */
export function gitlabProxy({ gitlabUrl, appUrl, log }: GitLabProxyOptions): ProxyOptions {
  const gitlab = new URL(gitlabUrl)
  const app = new URL(appUrl)
  const isEncrypted = app.protocol === 'https:'
  return {
    target: reachable(gitlab),
    changeOrigin: false,
    agent:
      gitlab.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    ws: true,
    headers: {
      host: gitlab.host,
      'x-forwarded-host': app.host,
      'x-forwarded-proto': app.protocol.slice(0, -1),
      'x-forwarded-port': app.port || (isEncrypted ? '443' : '80'),
    },
    // A cookie of the GitLab's own domain would be refused by the browser.
    cookieDomainRewrite: '',
    configure(proxy) {
      proxy.on('proxyReq', (outgoing, incoming) => {
        const before = incoming.headers['x-forwarded-for']
        const client = incoming.socket.remoteAddress
        outgoing.setHeader('x-forwarded-for', [before, client].filter(Boolean).join(', '))
        // Rails compares the origin of a form with the host it believes to have, and that is one of two here,
        // by how far the forwarded one gets. It lets a form without any origin pass.
        if (incoming.headers.origin === app.origin) outgoing.removeHeader('origin')
      })
      proxy.on('proxyRes', ({ headers }) => {
        if (headers.location !== undefined) headers.location = publicLocation(headers.location, gitlab, app)
        // Not every browser takes such a cookie on http://*.localhost.
        if (!isEncrypted) headers['set-cookie'] &&= headers['set-cookie'].map(withoutSecure)
      })
      proxy.on('error', (error, request, response) => {
        // Whoever asked is gone: that is no failure of the GitLab.
        if (response.destroyed) return
        const [path] = (request.url ?? '').split('?')
        log(`${request.method} ${path} did not reach ${gitlab.origin}: ${reasonOf(error)}`)
        if ('writeHead' in response && !response.headersSent) {
          response
            .writeHead(502, { 'Content-Type': 'text/plain' })
            .end('The GitLab behind cannot be reached.')
        }
      })
    },
  }
}

/** Why Node could not reach somebody, as its code where there is one: nothing else is sure to hold no address. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  return 'unknown reason'
}

/** Browsers know what *.localhost means, Node does not. */
function reachable(url: URL): string {
  const found = new URL(url.origin)
  if (isLocalName(found.hostname)) found.hostname = '127.0.0.1'
  return found.origin
}

function publicLocation(location: string, gitlab: URL, app: URL): string {
  if (!URL.canParse(location)) return location
  const { host, pathname, search, hash } = new URL(location)
  return host === gitlab.host ? app.origin + pathname + search + hash : location
}

const withoutSecure = (cookie: string) => cookie.replace(/;\s*secure(?=;|$)/i, '')
