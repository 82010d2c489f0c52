import { expect, onTestFinished } from 'vitest'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { Jira } from '#mocks/jira/create-jira.ts'
import { mockNetwork } from '#mocks/node.ts'
import { APP_NAME, createWorld } from '#mocks/world.ts'

/** Serves the page: the origin of the tests' own URL. */
export const APP_URL = 'http://app.localhost:4701'
export const GITLAB_URL = 'http://gitlab.localhost:4702'
const JIRA_URL = 'http://jira.localhost:4700'
const CONFIG_URL = `${APP_URL}/-/jira_connect/config.json`

/** A request from the page; preflights aren't recorded. */
interface PageRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

/** Replaces a server's response; `next` gets the server's own. */
type Answer = (next: () => Promise<Response>) => Response | Promise<Response>

export interface TestWorld {
  /** Plays GitLab.com and serves the page. */
  readonly app: GitLab
  readonly gitlab: GitLab
  /** The one of the two that this Jira site uses. */
  readonly instance: GitLab
  readonly jira: Jira
  /** The page's requests, oldest first. */
  readonly requests: readonly PageRequest[]
  /** The page's requests for a path, such as `GET /api/v4/groups`, on either server. */
  asked(request: string): PageRequest[]
  /** Replaces the response of a path, by default for every request. */
  answer(request: string, answer: Answer, times?: number): void
  /** Holds back the responses of a path until the returned function is called. */
  hold(request: string): () => void
}

export interface WorldOptions {
  /** Which instance this Jira site uses: the one that serves the page, or the self-managed one. */
  readonly instance: 'app' | 'gitlab'
  /** The relative URL root of the self-managed instance. */
  readonly gitlabPath?: string
  /** The content of `config.json`; null for no such file. */
  readonly config?: unknown
  /** `instances` in the default `config.json`; left out by default. */
  readonly instances?: 'none' | 'any' | readonly string[]
}

/**
 * Two GitLab instances and a Jira site with the app installed, on a network in memory that ends with the test. The
 * test fails if anything else is requested.
 */
export async function startWorld({
  instance,
  gitlabPath = '',
  ...options
}: WorldOptions): Promise<TestWorld> {
  const gitlabUrl = GITLAB_URL + gitlabPath
  const { app, gitlab, jira, reset } = createWorld({
    jiraUrl: JIRA_URL,
    appUrl: APP_URL,
    gitlabUrl,
    instance,
  })
  await reset()
  const config =
    'config' in options
      ? options.config
      : {
          clientId: app.store.oauthApplication.clientId,
          appName: APP_NAME,
          instances: options.instances,
        }
  const requests: PageRequest[] = []
  const replacements: { request: string; answer: Answer; left: number }[] = []

  async function handleForPage(request: Request, next: () => Promise<Response>): Promise<Response> {
    if (request.method === 'OPTIONS') return next()
    const url = new URL(request.url)
    requests.push({
      method: request.method,
      url,
      headers: new Headers(request.headers),
      body: await request.clone().text(),
    })
    const replacement = replacements.find((one) => one.left > 0 && isFor(one.request, request.method, url))
    if (!replacement) return next()
    replacement.left -= 1
    const response = await replacement.answer(next)
    // GitLab lets pages read its errors, too.
    if (response.type !== 'error' && !response.headers.has('Access-Control-Allow-Origin'))
      response.headers.set('Access-Control-Allow-Origin', '*')
    return response
  }

  const network = mockNetwork(location.origin, [
    {
      origin: APP_URL,
      handle: (request) =>
        handleForPage(request, async () =>
          request.url === CONFIG_URL ? configResponse(config) : app.handle(request),
        ),
    },
    {
      origin: GITLAB_URL,
      handle: (request) => handleForPage(request, () => gitlab.handle(request)),
    },
  ])
  network.listen()
  onTestFinished(() => {
    network.close()
    expect(network.foreignRequests).toEqual([])
  })

  const answer: TestWorld['answer'] = (request, replacement, times = Number.POSITIVE_INFINITY) =>
    void replacements.unshift({ request, answer: replacement, left: times })

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

/** @param config null for no such file */
function configResponse(config: unknown): Response {
  return config === null ? new Response(null, { status: 404 }) : new Response(JSON.stringify(config))
}
