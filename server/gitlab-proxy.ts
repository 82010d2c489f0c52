import type { IncomingMessage } from 'node:http'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { ProxyOptions } from 'vite'
import { isLocalName } from './settings.ts'

export interface GitLabProxyOptions {
  /** The GitLab's own URL. */
  gitlabUrl: string
  /** The URL by which browsers and Jira know it. */
  appUrl: string
  /** Receives a line for each failure, without the query. */
  log: (line: string) => void
  /** Whether only what the page needs is passed on: anyone can reach a public URL. Default: everything is. */
  isRestricted?: boolean
}

/** What of a GitLab the page, Jira, and signing in need, below its relative URL root; all the rest is refused. */
export const NEEDED_PATHS = [
  '/-/jira_connect/',
  '/api/v4/groups',
  '/api/v4/integrations/jira_connect/',
  '/api/v4/metadata',
  '/api/v4/user',
  '/api/v4/version',
  '/oauth/authorize',
  '/oauth/revoke',
  '/oauth/token',
  '/.well-known/openid-configuration',
  // The pages on which people sign in, and what these load.
  '/users/auth/',
  '/users/sign_in',
  '/assets/',
  // Avatars.
  '/uploads/-/system/',
] as const

/**
 * @param path of a request, below the relative URL root of the GitLab
 * @returns whether the page needs it. A path with encoded or empty segments is not what any of them asks for
 */
export function isNeeded(path: string): boolean {
  if (/%(2e|2f|5c)|\\|\/\.{1,2}(\/|$)|\/\//i.test(path)) return false
  return NEEDED_PATHS.some((needed) => (needed.endsWith('/') ? path.startsWith(needed) : path === needed))
}

/**
 * Options with which Vite forwards requests to a GitLab with another host name. Requests carry GitLab's own host name, or
 * a load balancer wouldn't know which host is meant; redirects and cookies in responses are changed to the public one.
 */
export function gitlabProxy({ gitlabUrl, appUrl, log, isRestricted }: GitLabProxyOptions): ProxyOptions {
  const gitlab = new URL(gitlabUrl)
  const app = new URL(appUrl)
  const isEncrypted = app.protocol === 'https:'
  return {
    target: reachable(gitlab),
    changeOrigin: false,
    agent:
      gitlab.protocol === 'https:' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    ws: !isRestricted,
    ...(isRestricted && {
      bypass({ url = '' }: IncomingMessage) {
        const [path = ''] = url.split('?')
        const root = gitlab.pathname.replace(/\/$/, '')
        // Vite responds to `false` with 404.
        return path.startsWith(`${root}/`) && isNeeded(path.slice(root.length)) ? undefined : false
      },
    }),
    headers: {
      host: gitlab.host,
      'x-forwarded-host': app.host,
      'x-forwarded-proto': app.protocol.slice(0, -1),
      'x-forwarded-port': app.port || (isEncrypted ? '443' : '80'),
    },
    // Browsers would refuse a cookie for the GitLab's own domain.
    cookieDomainRewrite: '',
    configure(proxy) {
      proxy.on('proxyReq', (outgoing, incoming) => {
        // Only the last entry, which the tunnel has added, says where a request comes from. Clients can forge the others.
        const before = incoming.headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim()
        const client = incoming.socket.remoteAddress
        outgoing.setHeader('x-forwarded-for', [before, client].filter(Boolean).join(', '))
        // Rails compares the origin of a form with its own host, which can be either name here, depending on whether the
        // forwarded host gets through. It accepts a form without an origin.
        if (incoming.headers.origin === app.origin) outgoing.removeHeader('origin')
      })
      proxy.on('proxyRes', ({ headers }) => {
        if (headers.location !== undefined) headers.location = publicLocation(headers.location, gitlab, app)
        // Not every browser accepts secure cookies on http://*.localhost.
        if (!isEncrypted) headers['set-cookie'] &&= headers['set-cookie'].map(withoutSecure)
      })
      proxy.on('error', (error, request, response) => {
        // The browser closed the connection: that isn't a failure of the GitLab.
        if (response.destroyed) return
        const [path] = (request.url ?? '').split('?')
        log(`${request.method} ${path} did not reach ${gitlab.origin}: ${reasonOf(error)}`)
        if ('writeHead' in response && !response.headersSent) {
          response
            .writeHead(502, { 'Content-Type': 'text/plain' })
            .end("The GitLab behind this server can't be reached.")
        }
      })
    },
  }
}

/** Why Node couldn't reach a server: the code of its error, since messages can contain URLs. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  return 'unknown reason'
}

/** Browsers resolve *.localhost, Node doesn't. */
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
