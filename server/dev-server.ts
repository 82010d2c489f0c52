import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger, ProxyOptions } from 'vite'
import { createLogger, createServer } from 'vite'
import { createGitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { HttpServer } from '#mocks/http-server.ts'
import { serveHttp } from '#mocks/http-server.ts'
import { openNetwork } from '#mocks/network.ts'
import { appBaseUrl, appDescriptor } from './descriptor/descriptor.ts'
import { descriptorProblems } from './descriptor/published-schema.ts'
import { servedDescriptor } from './descriptor/served-descriptor.ts'
import type { DevSettings } from './dev-settings.ts'
import { gitlabProxy } from './gitlab-proxy.ts'
import { isLocalName } from './settings.ts'
import { appFiles } from './vite/app-files.ts'

export interface DevServerOptions extends DevSettings {
  /** Receives a line for each request and each failure, never with a query. */
  log: (line: string) => void
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Where Atlassian publishes the keys that sign Jira's lifecycle events. */
const INSTALL_KEYS_URL = 'https://connect-install-keys.atlassian.com'

/**
 * Starts Vite's development server on 127.0.0.1, in front of a GitLab or, by default, a mock. It keeps no secrets or
 * tokens: lifecycle events go to the GitLab like everything else.
 * @throws {Error} with one line: the GitLab can't be reached, its descriptor is invalid, or the port is taken
 */
export async function startDevServer({
  appUrl,
  gitlabUrl,
  port,
  exposesGitLab,
  log,
}: DevServerOptions): Promise<HttpServer> {
  const { hostname, protocol, port: publicPort, pathname } = new URL(appUrl)
  const descriptor = await checkedDescriptor(appUrl, gitlabUrl)
  const behind = gitlabUrl === undefined ? await startMock(appUrl) : undefined
  const gitlab: ProxyOptions =
    gitlabUrl === undefined
      ? { target: `http://127.0.0.1:${behind?.port}`, changeOrigin: false }
      : gitlabProxy({ gitlabUrl, appUrl, log, isRestricted: !exposesGitLab && !isLocalName(hostname) })
  const files = appFiles({
    gitlab,
    publicUrl: () => appUrl,
    config,
    descriptor: () => descriptor,
    // Only the built page has a policy.
    contentSecurityPolicy: () => '',
    isPublic: !isLocalName(hostname),
    log,
  })
  const vite = await createServer({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    base: `${pathname.replace(/\/$/, '')}/-/jira_connect/`,
    clearScreen: false,
    customLogger: quietLogger(log),
    plugins: [files],
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      allowedHosts: [hostname],
      // The page is loaded into Jira's frame from the public URL, so hot reload must connect there, too.
      hmr: {
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        host: hostname,
        clientPort: Number(publicPort) || (protocol === 'https:' ? 443 : 80),
      },
      // Don't repeat the page's console in this terminal.
      forwardConsole: false,
    },
  })
  const close = async () => {
    await Promise.all([vite.close(), behind?.close()])
  }
  try {
    await vite.listen()
  } catch (error) {
    await close()
    if (error instanceof Error && /already in use/.test(error.message)) {
      throw new Error(`Port ${port} is already in use. Set APP_PORT to another one.`, { cause: error })
    }
    throw error
  }
  const address = vite.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('Vite is not listening on a port.')
  return { port: address.port, close }
}

async function checkedDescriptor(appUrl: string, gitlabUrl: string | undefined): Promise<object> {
  const served = gitlabUrl === undefined ? undefined : await servedDescriptor(gitlabUrl, appUrl, openNetwork)
  const descriptor =
    served ??
    appDescriptor({
      baseUrl: appBaseUrl(appUrl),
      gitlabHost: new URL(gitlabUrl ?? appUrl).hostname,
    })
  const problems = descriptorProblems(descriptor)
  if (problems.length > 0) {
    const whose = served ? 'the descriptor of the GitLab behind' : 'the descriptor'
    throw new Error(problems.map((problem) => `Jira would refuse ${whose}: ${problem}.`).join('\n'))
  }
  return descriptor
}

/** A self-managed GitLab with the public URL as its own, for a real Jira to talk to. */
async function startMock(appUrl: string): Promise<HttpServer> {
  const gitlab = createGitLab({
    publicUrl: appUrl,
    appUrl,
    network: openNetwork,
    installKeysUrl: INSTALL_KEYS_URL,
    publicHosts: [new URL(appUrl).host],
    settings: { saas: false },
  })
  return serveHttp(gitlab.handle, 0)
}

/** The developer's own config.json, if there is one. Read for each request, so that reloading the page is enough. */
function config(): string | undefined {
  try {
    return readFileSync(join(ROOT, 'config.json'), 'utf8')
  } catch {
    return undefined
  }
}

/** Vite logs proxy failures with the whole URL; `gitlabProxy` logs them without the query. */
function quietLogger(log: (line: string) => void): Logger {
  const logger = createLogger('error')
  const clean = (message: string) => message.replace(/\?\S*/g, '?…')
  return {
    ...logger,
    warn: () => undefined,
    warnOnce: () => undefined,
    info: () => undefined,
    error(message) {
      if (!/(http|ws) proxy (socket )?error/.test(message)) log(clean(message))
    },
  }
}
