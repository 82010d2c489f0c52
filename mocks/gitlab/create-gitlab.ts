import type { RequestHandler } from 'msw'
import { getResponse } from 'msw'
import type { Network } from '#mocks/network.ts'
import { restApiHandlers } from './api/rest-api.ts'
import type { Instance } from './instance.ts'
import { relativeRoot } from './instance.ts'
import { jiraConnectHandlers } from './jira-connect/jira-connect.ts'
import { lifecycleHandlers } from './jira-connect/lifecycle.ts'
import { addManyGroups } from './many-groups.ts'
import { authorizationHandlers } from './oauth/authorization.ts'
import { tokenHandlers } from './oauth/token-endpoint.ts'
import { delay, passOverrides } from './overrides.ts'
import type { GitLabSettings } from './settings.ts'
import { defaultSettings } from './settings.ts'
import { corsHeaders, preflightResponse } from './web/cors.ts'
import { pageHandlers } from './web/pages.ts'
import { pageError } from './web/requests.ts'
import { seed } from './world/seed.ts'
import { Store } from './world/store.ts'
import { createWriteFaults, isWrite } from './write-faults.ts'

const LATENCY_STEP_MS = 50

export interface GitLabOptions {
  /** What people call the instance; default its host. */
  name?: string
  /** Without trailing slash; may carry a sub-path such as `/gitlab`. */
  publicUrl: string
  /** The public URL of the instance that serves the app; equals `publicUrl` for that instance. */
  appUrl: string
  network: Network
  /** Where Jira publishes its install keys: `<installKeysUrl>/<key id>` responds with a PEM. */
  installKeysUrl: string
  /** Hosts (`host:port`) that count as public when an instance URL is judged. */
  publicHosts: readonly string[]
  settings?: Partial<GitLabSettings>
  /** Milliseconds since the epoch. */
  now?: () => number
}

interface RecordedRequest {
  readonly method: string
  /** The values of `jwt` and `code` are left out. */
  readonly url: string
  readonly status: number
}

export interface GitLab {
  readonly publicUrl: string
  /** May be changed while the mock runs. */
  readonly settings: GitLabSettings
  readonly store: Store
  /** All requests so far, oldest first. */
  readonly requests: RecordedRequest[]
  /** Responds as the instance would, CORS and preflights included. Never rejects: a broken connection is a response of type `error`. */
  handle(request: Request): Promise<Response>
  /** Resolves when no background job is left, such as an event to the instance that was used before. */
  idle(): Promise<void>
  /** Restores the initial data and settings. */
  reset(): void
}

/** One GitLab instance in memory: stateful, and as strict as a real one. */
export function createGitLab(options: GitLabOptions): GitLab {
  const {
    publicUrl,
    name = new URL(publicUrl).host,
    appUrl,
    network,
    installKeysUrl,
    publicHosts,
    now = Date.now,
  } = options
  const initialSettings: GitLabSettings = { ...defaultSettings(publicUrl, appUrl), ...options.settings }
  const settings = { ...initialSettings }
  const store = new Store(publicUrl, now)
  const queue = new Set<Promise<unknown>>()
  const writeFaults = createWriteFaults(settings, now)
  const requests: RecordedRequest[] = []
  const instance: Instance = {
    name,
    publicUrl,
    appUrl,
    installKeysUrl,
    publicHosts,
    network,
    settings,
    store,
    now,
    inBackground(work) {
      const job = work.catch(() => undefined).finally(() => queue.delete(job))
      queue.add(job)
    },
  }
  const areas = areasOf(instance)

  function reset() {
    Object.assign(settings, initialSettings)
    requests.length = 0
    writeFaults.reset()
    store.clear()
    seed(store, settings.data, now())
    addManyGroups(store, settings.manyGroups, now())
  }

  async function respond(request: Request): Promise<Response> {
    const handlers = areas.find(({ url }) => request.url.startsWith(url))?.handlers ?? []
    try {
      return (await getResponse(handlers, request)) ?? notFound(instance, request)
    } catch {
      return isApi(instance, request)
        ? Response.json({ message: '500 Internal Server Error' }, { status: 500 })
        : pageError(instance, request, 500)
    }
  }

  reset()
  return {
    publicUrl,
    settings,
    store,
    requests,
    reset,
    async idle() {
      while (queue.size > 0) await Promise.all(queue)
    },
    async handle(original) {
      const request = atPublicOrigin(original, publicUrl)
      await passLatency(settings, request.signal)
      const path = new URL(request.url).pathname.slice(relativeRoot(publicUrl).length)
      const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method')
      const response = await passOverrides(
        settings.overrides,
        path,
        request,
        async (received) => {
          if (isPreflight) return preflightResponse(instance, received)
          return isWrite(received.method, path)
            ? writeFaults.pass(() => respond(received))
            : respond(received)
        },
        (plain) =>
          withHeaders(plain, { ...corsHeaders(instance, request), 'X-Request-Id': crypto.randomUUID() }),
      )
      requests.push({ method: request.method, url: withoutSecrets(request.url), status: response.status })
      return response
    },
  }
}

/** Looks at the setting again and again: lowering it lets go of what it has held up so far. */
async function passLatency(settings: GitLabSettings, signal: AbortSignal): Promise<void> {
  const since = Date.now()
  const left = () => (signal.aborted ? 0 : settings.latencyMs - (Date.now() - since))
  for (let ms = left(); ms > 0; ms = left()) await delay(Math.min(ms, LATENCY_STEP_MS), signal)
}

/** Handlers grouped by the start of the path: MSW tries them one by one, which is slow when there are many. */
function areasOf(instance: Instance): { url: string; handlers: RequestHandler[] }[] {
  const { publicUrl } = instance
  return [
    { url: `${publicUrl}/-/`, handlers: [...jiraConnectHandlers(instance), ...lifecycleHandlers(instance)] },
    { url: `${publicUrl}/api/`, handlers: restApiHandlers(instance) },
    {
      url: `${publicUrl}/oauth/`,
      handlers: [...tokenHandlers(instance), ...authorizationHandlers(instance)],
    },
    { url: publicUrl, handlers: pageHandlers(instance) },
  ]
}

/** GitLab routes by path and ignores the Host header, but the handlers are registered for the public URL. */
function atPublicOrigin(request: Request, publicUrl: string): Request {
  const url = new URL(request.url)
  const { origin } = new URL(publicUrl)
  return url.origin === origin ? request : new Request(origin + url.pathname + url.search, request)
}

function isApi(instance: Instance, request: Request): boolean {
  return new URL(request.url).pathname.startsWith(`${relativeRoot(instance.publicUrl)}/api/`)
}

function notFound(instance: Instance, request: Request): Response {
  return isApi(instance, request)
    ? Response.json({ error: '404 Not Found' }, { status: 404 })
    : pageError(instance, request, 404)
}

function withHeaders(original: Response, headers: Record<string, string>): Response {
  const response = new Response(original.body, original)
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

function withoutSecrets(url: string): string {
  const shown = new URL(url)
  for (const name of ['jwt', 'code']) if (shown.searchParams.has(name)) shown.searchParams.set(name, '')
  return shown.href
}
