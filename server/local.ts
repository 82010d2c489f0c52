import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'
import { createServer, preview } from 'vite'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { createGitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { HttpServer } from '#mocks/http-server.ts'
import { serveHttp } from '#mocks/http-server.ts'
import type { Jira } from '#mocks/jira/create-jira.ts'
import { createJira } from '#mocks/jira/create-jira.ts'
import { httpNetwork } from '#mocks/network.ts'
import { applyScenarioSettings } from '#mocks/scenarios/scenario.ts'
import { scenarioNamed, scenarios } from '#mocks/scenarios.ts'
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
  /** 0 takes any free port. */
  ports: LocalPorts
  /** The instance that the installation starts with; default `app`, the app host itself. */
  instance?: 'app' | 'gitlab'
  /** Relative URL root of the self-managed instance, such as `/gitlab`; default none. */
  gitlabPath?: string
  /** How many groups each GitLab holds besides its usual ones; default none. */
  groups?: number
  /** How many groups are linked besides the usual ones; default none. */
  linked?: number
  /** How long each GitLab takes for every answer; default 0. */
  latencyMs?: number
}

/** A Jira site, the app host with the GitLab behind it, and a self-managed GitLab, all on this machine. */
export interface Local {
  readonly jiraUrl: string
  readonly appUrl: string
  readonly gitlabUrl: string
  readonly jira: Jira
  /** The mock GitLab behind the app host; plays GitLab.com. */
  readonly app: GitLab
  /** The mock of a self-managed instance. */
  readonly gitlab: GitLab
  /**
   * Chooses the instance, as the page does for an administrator.
   * @throws {Error} when the app host refuses
   */
  presetInstance(which: 'app' | 'gitlab'): Promise<void>
  /** Everything as it was at the start: initial data and settings, app installed, instance preset. */
  reset(): Promise<void>
  /**
   * Resets everything, chooses the scenario's instance, and then sets what the scenario says. One at a time.
   * @throws {Error} with one line when there is none of that name
   */
  applyScenario(name: string): Promise<void>
  /** Puts right what the scenario broke. All data is kept: links, sign-ins, what is on the page. */
  mend(): void
  close(): Promise<void>
}

/** A port that somebody else is listening on. */
export class PortInUseError extends Error {
  readonly server: keyof LocalPorts
  readonly port: number

  constructor(server: keyof LocalPorts, port: number, cause: unknown) {
    super(`Port ${port} is already in use.`, { cause })
    this.name = 'PortInUseError'
    this.server = server
    this.port = port
  }
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

type Handler = (request: Request) => Promise<Response>

/**
 * Starts everything, on 127.0.0.1 only.
 * @throws {PortInUseError} naming the server whose port is taken
 * @throws {Error} when there is no build to preview, or the installation fails
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  if (options.mode === 'preview' && !existsSync(join(ROOT, 'dist/index.html'))) {
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
  { mode, ports, instance = 'app', gitlabPath = '', groups = 0, linked = 0, latencyMs = 0 }: LocalOptions,
  servers: { close(): Promise<void> }[],
  close: () => Promise<void>,
): Promise<Local> {
  // Each party needs the others' addresses, and an address is known only once its port is: so every server
  // starts first, and is given what it serves afterwards.
  const notYet: Handler = async () => new Response('Starting…', { status: 503 })
  const handlers = { jira: notYet, app: notYet, gitlab: notYet }
  const listen = async (name: keyof LocalPorts, port: number): Promise<HttpServer> => {
    const server = await serveHttp((request) => handlers[name](request), port).catch((error) => {
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
  let clientId = ''
  const files = appFiles({
    // With its Host header kept, so that this GitLab knows itself by its public address.
    gitlab: { target: `http://127.0.0.1:${behindApp.port}`, changeOrigin: false },
    publicUrl: () => appUrl,
    config: () => JSON.stringify({ clientId, appName: 'GitLab.com', instances: 'any' }),
    descriptor: () => appDescriptor({ baseUrl: appBaseUrl(appUrl), gitlabHost: new URL(appUrl).hostname }),
    contentSecurityPolicy: () =>
      contentSecurityPolicy({
        connectTo: app.settings.policyLacksInstance ? 'none' : [gitlabUrl],
        frameAncestors: [jiraUrl],
      }),
    developmentPolicy: () =>
      // Vite's own client has its connection to the app host.
      app.settings.policyLacksInstance ? `connect-src 'self' ${appUrl.replace('http', 'ws')}` : undefined,
  })
  const vite = await startVite(mode, ports.app, files)
  servers.push(vite)
  appUrl = `http://app.localhost:${vite.port}`

  const common = {
    appUrl,
    network: httpNetwork,
    installKeysUrl: `${jiraUrl}/install-keys`,
    publicHosts: [jiraUrl, appUrl, gitlabUrl].map((url) => new URL(url).host),
    settings: { manyGroups: groups, manyLinkedGroups: linked, latencyMs },
  }
  const app = createGitLab({ ...common, publicUrl: appUrl })
  const gitlab = createGitLab({ ...common, publicUrl: gitlabUrl })
  const jira = createJira({
    publicUrl: jiraUrl,
    appUrl,
    gitlabUrl,
    network: httpNetwork,
    onReset: reset,
    scenarios: {
      all: scenarios,
      current: () => underWay?.name ?? null,
      choose: (name) => (name === null ? reset() : applyScenario(name)),
      mend,
    },
  })
  clientId = app.store.oauthApplication.clientId
  handlers.jira = jira.handle
  handlers.app = app.handle
  handlers.gitlab = gitlab.handle

  async function presetInstance(which: 'app' | 'gitlab'): Promise<void> {
    const request = new Request(`${appUrl}/-/jira_connect/installations`, {
      method: 'PUT',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        jwt: jira.contextToken(),
        installation: { instance_url: which === 'gitlab' ? gitlabUrl : null },
      }),
    })
    const response = await httpNetwork(request)
    if (!response.ok) {
      throw new Error(`Choosing the instance failed with HTTP ${response.status}: ${await response.text()}`)
    }
  }

  let underWay: { readonly name: string; readonly mend: () => void } | undefined
  let changes: Promise<void> = Promise.resolve()

  /** Two resets at once would install the app twice, and mix up whose settings hold. */
  function oneAtATime(change: () => Promise<void>): Promise<void> {
    const done = changes.then(change)
    changes = done.catch(() => undefined)
    return done
  }

  async function begin(chosen: 'app' | 'gitlab'): Promise<void> {
    underWay = undefined
    // What is still under way between the two would arrive in the new world.
    await Promise.all([app.idle(), gitlab.idle()])
    jira.reset()
    app.reset()
    gitlab.reset()
    clientId = app.store.oauthApplication.clientId
    await jira.install()
    if (chosen === 'gitlab') await presetInstance('gitlab')
  }

  function reset(): Promise<void> {
    return oneAtATime(async () => {
      await begin(instance)
    })
  }

  async function applyScenario(name: string): Promise<void> {
    const scenario = scenarioNamed(name)
    await oneAtATime(async () => {
      await begin(scenario.instance)
      underWay = { name, mend: applyScenarioSettings(scenario, { jira, app, gitlab }) }
    })
  }

  function mend(): void {
    underWay?.mend()
    underWay = undefined
  }

  await reset()
  const controls = { presetInstance, reset, applyScenario, mend, close }
  return { jiraUrl, appUrl, gitlabUrl, jira, app, gitlab, ...controls }
}

async function startVite(
  mode: LocalOptions['mode'],
  port: number,
  files: ReturnType<typeof appFiles>,
): Promise<HttpServer> {
  const listening = { host: '127.0.0.1', port, strictPort: true }
  const config: InlineConfig = {
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    clearScreen: false,
    logLevel: 'error',
    plugins: [files],
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
  // Vite replaces Node's error by one that has nothing but this message.
  return (
    ('code' in error && error.code === 'EADDRINUSE') || /^Port \d+ is already in use$/.test(error.message)
  )
}
