import { expect, onTestFinished } from 'vitest'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { createGitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { Jira } from '#mocks/jira/create-jira.ts'
import { createJira } from '#mocks/jira/create-jira.ts'
import type { Network } from '#mocks/network.ts'
import { mockNetwork } from '#mocks/node.ts'
import { appDescriptor } from '#server/descriptor/descriptor.ts'

/** Serves the page: the origin of the tests' address. */
export const APP_URL = 'http://app.localhost:4701'
export const GITLAB_URL = 'http://gitlab.localhost:4702'
const JIRA_URL = 'http://jira.localhost:4700'
const FILES_URL = `${APP_URL}/-/jira_connect`

/** A request of the page, preflights left out. */
interface PageRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

/** Takes the place of a server's answer; `next` asks the server. */
type Answer = (next: () => Promise<Response>) => Response | Promise<Response>

export interface World {
  /** Plays GitLab.com and serves the page. */
  readonly app: GitLab
  readonly gitlab: GitLab
  /** The one of the two that this Jira site uses. */
  readonly instance: GitLab
  readonly jira: Jira
  /** What the page asked for, oldest first. */
  readonly requests: readonly PageRequest[]
  /** What the page asked of a path, such as `GET /api/v4/groups`, on whatever server. */
  asked(request: string): PageRequest[]
  /** Has a path answer otherwise, for so many times. */
  answer(request: string, answer: Answer, times?: number): void
  /** Keeps the answers of a path back until the function that it returns is called. */
  hold(request: string): () => void
}

export interface WorldOptions {
  /** Which instance this Jira site uses: the one that serves the page, or the self-managed one. */
  readonly instance: 'app' | 'gitlab'
  /** The relative URL root of the self-managed instance. */
  readonly gitlabPath?: string
  /** What `config.json` holds; null for no such file. */
  readonly config?: unknown
  /** What the usual `config.json` says about other instances, which is nothing where this is missing. */
  readonly instances?: 'none' | 'any' | readonly string[]
}

let toServers: Network = () => Promise.reject(new TypeError('There is no world yet.'))
/** One for all tests of a file: making its key takes a third of a second. */
const jira = createJira({
  publicUrl: JIRA_URL,
  appUrl: APP_URL,
  network: (request) => toServers(request),
})

/**
 * Two GitLab instances and a Jira site with the app installed, on a network in memory that ends with the test. The
 * test fails if anything else is asked for.
 */
export async function startWorld({ instance, gitlabPath = '', ...options }: WorldOptions): Promise<World> {
  const gitlabUrl = GITLAB_URL + gitlabPath
  const common = {
    appUrl: APP_URL,
    network: (request: Request) => toServers(request),
    installKeysUrl: `${JIRA_URL}/install-keys`,
    publicHosts: [new URL(APP_URL).host, new URL(gitlabUrl).host],
  }
  const app = createGitLab({ ...common, publicUrl: APP_URL })
  const gitlab = createGitLab({ ...common, publicUrl: gitlabUrl })
  const config =
    'config' in options
      ? options.config
      : {
          clientId: app.store.oauthApplication.clientId,
          appName: 'GitLab.com',
          instances: options.instances,
        }
  const requests: PageRequest[] = []
  const answers: { request: string; answer: Answer; left: number }[] = []

  const servers = [
    { origin: APP_URL, handle: (request: Request) => ownFile(request, config) ?? app.handle(request) },
    { origin: GITLAB_URL, handle: (request: Request) => gitlab.handle(request) },
    { origin: JIRA_URL, handle: (request: Request) => jira.handle(request) },
  ]
  toServers = async (request) => {
    const server = servers.find(({ origin }) => new URL(request.url).origin === origin)
    if (!server) throw new TypeError('There is no such server.')
    return server.handle(request)
  }

  async function handleForPage(request: Request, next: () => Promise<Response>): Promise<Response> {
    if (request.method === 'OPTIONS') return next()
    const url = new URL(request.url)
    requests.push({
      method: request.method,
      url,
      headers: new Headers(request.headers),
      body: await request.clone().text(),
    })
    const prepared = answers.find((one) => one.left > 0 && isFor(one.request, request.method, url))
    if (!prepared) return next()
    prepared.left -= 1
    const response = await prepared.answer(next)
    // GitLab permits its errors to be read, too.
    if (response.type !== 'error' && !response.headers.has('Access-Control-Allow-Origin'))
      response.headers.set('Access-Control-Allow-Origin', '*')
    return response
  }

  const network = mockNetwork(
    location.origin,
    servers.slice(0, 2).map(({ origin, handle }) => ({
      origin,
      handle: (request: Request) => handleForPage(request, async () => handle(request)),
    })),
  )
  network.listen()
  onTestFinished(() => {
    network.close()
    expect(network.foreignRequests).toEqual([])
  })

  jira.reset()
  await jira.install()
  if (instance === 'gitlab') await chooseInstance(app, gitlabUrl)

  const answer: World['answer'] = (request, prepared, times = Number.POSITIVE_INFINITY) =>
    void answers.unshift({ request, answer: prepared, left: times })

  return {
    app,
    gitlab,
    instance: instance === 'app' ? app : gitlab,
    jira,
    requests,
    asked: (request) => requests.filter(({ method, url }) => isFor(request, method, url)),
    answer,
    hold(request) {
      let release: () => void = () => undefined
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      answer(request, async (next) => {
        const response = await next()
        await released
        return response
      })
      return release
    },
  }
}

function isFor(request: string, method: string, url: URL): boolean {
  const [wantedMethod, path = ''] = request.split(' ')
  return method === wantedMethod && url.pathname.endsWith(path)
}

/** What stands in front of the GitLab that serves the page, besides the page itself. */
function ownFile(request: Request, config: unknown): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url)
  switch (origin + pathname) {
    case `${FILES_URL}/config.json`:
      return Promise.resolve(
        config === null ? new Response(null, { status: 404 }) : new Response(JSON.stringify(config)),
      )
    case `${FILES_URL}/app_descriptor.json`:
      return Promise.resolve(
        Response.json(appDescriptor({ baseUrl: FILES_URL, gitlabHost: new URL(APP_URL).hostname })),
      )
    default:
      return undefined
  }
}

/** Chooses the instance as an administrator's page does. */
async function chooseInstance(app: GitLab, instanceUrl: string): Promise<void> {
  const response = await app.handle(
    new Request(`${FILES_URL}/installations`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jwt: jira.contextToken(), installation: { instance_url: instanceUrl } }),
    }),
  )
  expect(response.status).toBe(200)
}
