import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'
import { createServer, preview } from 'vite'
import type { HttpServer } from '#mocks/http-server.ts'
import { serveHttp } from '#mocks/http-server.ts'
import { httpNetwork } from '#mocks/network.ts'
import type { MockWorld } from '#mocks/world.ts'
import { APP_NAME, createWorld } from '#mocks/world.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { appBaseUrl, appDescriptor } from './descriptor/descriptor.ts'
import { appFiles } from './vite/app-files.ts'

export interface LocalPorts {
  jira: number
  app: number
  gitlab: number
}

export interface LocalOptions {
  /** `dev`: Vite's development server, no build needed; `preview`: the built page with its production headers. */
  mode: 'dev' | 'preview'
  /** The folder with the built page to preview; default `dist`. */
  built?: string
  /** 0 takes any free port. */
  ports: LocalPorts
  /** The instance that the Jira site uses at first; default `app`, the app host itself. */
  instance?: 'app' | 'gitlab'
  /** Relative URL root of the self-managed instance, such as `/gitlab`; default none. */
  gitlabPath?: string
  /** Number of additional groups in each GitLab; default none. */
  groups?: number
  /** Number of additional linked groups; default none. */
  linked?: number
  /** Delay of every response of each GitLab; default 0. */
  latencyMs?: number
  /** Whether to refuse one of the page's files, given its path; default: never. */
  isLost?: (path: string) => boolean
}

/** The local world on this machine's ports. */
export interface Local extends MockWorld {
  readonly jiraUrl: string
  readonly appUrl: string
  readonly gitlabUrl: string
  close(): Promise<void>
}

/** Another process is listening on the port. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly server: keyof LocalPorts
  readonly port: number

  constructor(server: keyof LocalPorts, port: number, cause: unknown) {
    super(`Port ${port} is already in use.`, { cause })
    this.server = server
    this.port = port
  }
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Starts all servers, on 127.0.0.1 only.
 * @throws {PortInUseError} with the server whose port is taken
 * @throws {Error} when there is no build to preview, or the installation fails
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const { mode, built = 'dist' } = options
  if (mode === 'preview' && !existsSync(resolve(ROOT, built, 'index.html'))) {
    throw new Error('There is no built page in dist/. Run `npm run build` first.')
  }
  const servers: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()))
  }
  try {
    return await start(options, servers, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  options: LocalOptions,
  servers: { close(): Promise<void> }[],
  close: () => Promise<void>,
): Promise<Local> {
  const { ports, instance = 'app', gitlabPath = '', groups = 0, linked = 0, latencyMs = 0 } = options
  // Each party needs the others' URLs, and a URL is known only once its server listens: so all servers start first.
  let world: MockWorld | undefined
  const listen = async (name: keyof LocalPorts, port: number): Promise<HttpServer> => {
    const handle = async (request: Request) =>
      world?.[name].handle(request) ?? new Response('Starting…', { status: 503 })
    const server = await serveHttp(handle, port).catch((error) => {
      throw isPortInUse(error) ? new PortInUseError(name, port, error) : error
    })
    servers.push(server)
    return server
  }

  const jiraServer = await listen('jira', ports.jira)
  const gitlabServer = await listen('gitlab', ports.gitlab)
  const behindApp = await listen('app', 0)
  const jiraUrl = `http://jira.localhost:${jiraServer.port}`
  const gitlabUrl = `http://gitlab.localhost:${gitlabServer.port}${gitlabPath}`

  let appUrl = ''
  const policyLacksInstance = () => world?.app.settings.policyLacksInstance
  const files = appFiles({
    // Keeps the Host header, so that this GitLab receives its public URL.
    gitlab: { target: `http://127.0.0.1:${behindApp.port}`, changeOrigin: false },
    publicUrl: () => appUrl,
    config: () =>
      JSON.stringify({
        clientId: world?.app.store.oauthApplication.clientId,
        appName: APP_NAME,
        instances: 'any',
      }),
    descriptor: () => appDescriptor({ baseUrl: appBaseUrl(appUrl), gitlabHost: new URL(appUrl).hostname }),
    bridgeBlocked: () => world?.app.settings.bridgeScriptBlocked === true,
    ...(options.isLost && { isLost: options.isLost }),
    contentSecurityPolicy: () =>
      contentSecurityPolicy({
        connectTo: policyLacksInstance() ? 'none' : [gitlabUrl],
        frameAncestors: [jiraUrl],
      }),
    developmentPolicy: () =>
      // Vite's own client connects to the app host.
      policyLacksInstance() ? `connect-src 'self' ${appUrl.replace('http', 'ws')}` : undefined,
  })
  const vite = await startVite(options, files)
  servers.push(vite)
  appUrl = `http://app.localhost:${vite.port}`

  const settings = { manyGroups: groups, manyLinkedGroups: linked, latencyMs }
  world = createWorld({
    jiraUrl,
    appUrl,
    gitlabUrl,
    network: httpNetwork,
    settings: { app: settings, gitlab: settings },
    instance,
  })
  await world.reset()
  return { ...world, jiraUrl, appUrl, gitlabUrl, close }
}

async function startVite(
  { mode, ports: { app: port }, built = 'dist' }: LocalOptions,
  files: ReturnType<typeof appFiles>,
): Promise<HttpServer> {
  const listening = { host: '127.0.0.1', port, strictPort: true }
  const config: InlineConfig = {
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    clearScreen: false,
    logLevel: 'error',
    plugins: [files],
    build: { outDir: built },
    server: listening,
    preview: listening,
  }
  try {
    const server = mode === 'dev' ? await createServer(config) : await preview(config)
    if ('listen' in server) await server.listen()
    const address = server.httpServer?.address()
    if (!address || typeof address === 'string') throw new Error('Vite is not listening on a port.')
    return { port: address.port, close: () => server.close() }
  } catch (error) {
    throw isPortInUse(error) ? new PortInUseError('app', port, error) : error
  }
}

function isPortInUse(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Vite replaces Node's error with one that only has this message.
  return (
    ('code' in error && error.code === 'EADDRINUSE') || /^Port \d+ is already in use$/.test(error.message)
  )
}
