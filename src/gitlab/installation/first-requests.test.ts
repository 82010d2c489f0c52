// @vitest-environment jsdom

import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { TestWorld, WorldOptions } from '#src/testing/world.ts'
import { APP_URL, GITLAB_URL, startWorld } from '#src/testing/world.ts'
import { createConnectBackend } from './connect-backend.ts'
import { createContextTokenSource } from './context-token.ts'
import { sendFirstRequests } from './first-requests.ts'

const INSTALLATIONS = 'GET /-/jira_connect/installations'
/** The page's own URL, as JSON. */
const OWN_LIST = 'GET /-/jira_connect/subscriptions'
const LIST = 'GET /-/jira_connect/subscriptions.json'
const app = parseInstanceUrl(APP_URL)
const gitlab = parseInstanceUrl(GITLAB_URL)

afterEach(() => {
  vi.useRealTimers()
})

interface Options extends Partial<WorldOptions> {
  /** Changes the world before the first request leaves. */
  readonly arrange?: (world: TestWorld) => void
  /** Changes the page's URL. */
  readonly page?: (url: URL) => void
  readonly getToken?: () => Promise<string>
}

/** The page's first moment: nothing has been requested yet. */
async function start({ arrange, page, getToken, ...options }: Options) {
  const world = await startWorld({ instance: 'app', ...options })
  arrange?.(world)
  const url = new URL(await pageUrl(world))
  page?.(url)
  const requestContextToken = vi.fn(getToken ?? (async () => world.jira.contextToken()))
  const first = sendFirstRequests(url, app, createContextTokenSource(requestContextToken))
  const backend = createConnectBackend(app, requestContextToken, first)
  onTestFinished(() => document.head.replaceChildren())
  return { world, backend, requestContextToken, pageToken: url.searchParams.get('jwt') }
}

/** @returns the URL that Jira opens in its frame */
async function pageUrl({ jira }: TestWorld): Promise<string> {
  const response = await jira.handle(new Request(`${jira.publicUrl}/module-url`))
  const { url }: { url: string } = await response.json()
  return url
}

const htmlPage = () =>
  new Response('<!doctype html><p>The page</p>', { headers: { 'content-type': 'text/html' } })

describe('for the instance that serves the page', () => {
  test('instance and list come without a token from Jira, each asked for once', async () => {
    const { world, backend, requestContextToken } = await start({})
    expect(await backend.readInstance()).toBe(app)
    expect(await backend.listLinkedGroups(app)).toHaveLength(3)
    expect(requestContextToken).not.toHaveBeenCalled()
    expect(world.requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      INSTALLATIONS,
      OWN_LIST,
    ])
  })

  test('what comes later is requested again, with Jira’s token', async () => {
    const { world, backend } = await start({})
    await backend.readInstance()
    await backend.listLinkedGroups(app)
    world.app.store.subscriptions.delete(17)
    expect(await backend.readInstance()).toBe(app)
    expect(await backend.listLinkedGroups(app)).toHaveLength(2)
    expect(world.asked(LIST)).toHaveLength(1)
  })

  test.each([
    ['with the page', htmlPage],
    ['with a refusal', () => new Response(null, { status: 403 })],
    ['with an error', () => Response.json({}, { status: 500 })],
    ['with other JSON', () => Response.json({ groups: [] })],
    ['with a redirect', () => new Response(null, { status: 302, headers: { location: '/users/sign_in' } })],
    ['not at all', () => Response.error()],
  ])('the list comes in the ordinary way if the page’s own URL responds %s', async (_how, answer) => {
    const { world, backend, requestContextToken } = await start({
      arrange: (one) => one.answer(OWN_LIST, answer),
    })
    await backend.readInstance()
    expect(await backend.listLinkedGroups(app)).toHaveLength(3)
    expect(requestContextToken).toHaveBeenCalledTimes(1)
    for (const request of [INSTALLATIONS, OWN_LIST, LIST]) expect(world.asked(request)).toHaveLength(1)
  })

  test('the list comes in the ordinary way, even before the page asks, if the page’s own URL stays silent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { world, backend } = await start({ arrange: (one) => void one.hold(OWN_LIST) })
    await backend.readInstance()
    await vi.advanceTimersByTimeAsync(2_900)
    expect(world.asked(LIST)).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    vi.useRealTimers()
    expect(await backend.listLinkedGroups(app)).toHaveLength(3)
    expect(world.asked(LIST)).toHaveLength(1)
  })

  test.each([
    ['refused', (url: URL) => url.searchParams.set('jwt', 'e30.e30.x'), 2],
    ['missing', (url: URL) => url.searchParams.delete('jwt'), 1],
    ['empty', (url: URL) => url.searchParams.set('jwt', ''), 1],
  ])('everything comes with Jira’s token if that in the page’s URL is %s', async (_how, page, asked) => {
    const { world, backend, requestContextToken } = await start({ page })
    expect(await backend.readInstance()).toBe(app)
    expect(await backend.listLinkedGroups(app)).toHaveLength(3)
    expect(requestContextToken).toHaveBeenCalledTimes(1)
    expect(world.asked(INSTALLATIONS)).toHaveLength(asked)
    expect(world.asked(OWN_LIST)).toHaveLength(asked - 1)
    expect(world.asked(LIST)).toHaveLength(1)
  })

  test('a list that has come counts, although only Jira’s token could tell which instance is in use', async () => {
    const { world, backend } = await start({
      arrange: (one) => one.answer(INSTALLATIONS, () => new Response(null, { status: 403 }), 1),
    })
    expect(await backend.readInstance()).toBe(app)
    expect(await backend.listLinkedGroups(app)).toHaveLength(3)
    expect(world.asked(LIST)).toEqual([])
  })

  test('an error of GitLab’s own is reported, and the next attempt is an ordinary one', async () => {
    const { world, backend, requestContextToken } = await start({
      arrange: (one) => one.answer(INSTALLATIONS, () => Response.json({}, { status: 500 }), 1),
    })
    await expect(backend.readInstance()).rejects.toMatchObject({ code: 'gitlab-broken' })
    expect(requestContextToken).not.toHaveBeenCalled()
    expect(await backend.readInstance()).toBe(app)
    expect(world.asked(INSTALLATIONS)).toHaveLength(2)
  })

  test('what was asked for a minute ago is asked for again', async () => {
    const { world, backend } = await start({})
    const now = performance.now()
    vi.spyOn(performance, 'now').mockReturnValue(now + 61_000)
    await backend.readInstance()
    await backend.listLinkedGroups(app)
    expect(world.asked(INSTALLATIONS)).toHaveLength(2)
    expect(world.asked(LIST)).toHaveLength(1)
  })

  test('a caller that stops waiting ends the request that was sent early', async () => {
    const leaving = new AbortController()
    const { backend } = await start({ arrange: (one) => void one.hold(INSTALLATIONS) })
    const outcome = expect(backend.readInstance(leaving.signal)).rejects.toThrow('left')
    leaving.abort(new Error('left'))
    await outcome
  })
})

describe('for another instance', () => {
  test('its list is asked for as soon as it is known, and Jira’s token is there', async () => {
    let giveToken: (token: string) => void = () => undefined
    const { world, backend, pageToken } = await start({
      instance: 'gitlab',
      getToken: () => new Promise((resolve) => (giveToken = resolve)),
    })
    await vi.waitFor(() => expect(document.querySelector('link[rel=preconnect]')).not.toBeNull())
    expect(document.querySelector('link[rel=preconnect]')?.getAttribute('href')).toBe(GITLAB_URL)
    expect(world.asked(LIST)).toEqual([])
    giveToken(world.jira.contextToken())
    await vi.waitFor(() => expect(world.asked(LIST)).toHaveLength(1))

    expect(await backend.readInstance()).toBe(gitlab)
    expect(await backend.listLinkedGroups(gitlab)).toHaveLength(3)
    expect(world.asked(LIST)).toHaveLength(1)
    const toGitLab = world.requests.filter(({ url }) => url.origin === GITLAB_URL)
    expect(JSON.stringify(toGitLab), 'the token in the page’s URL goes nowhere else').not.toContain(pageToken)
  })

  test('the list that came from the page’s own URL is never taken for its list', async () => {
    const { world, backend } = await start({ instance: 'gitlab' })
    await vi.waitFor(() => expect(world.asked(OWN_LIST)).toHaveLength(1))
    const names = (await backend.listLinkedGroups(gitlab)).map(({ fullName }) => fullName)
    expect(names).toContain('Acme Corp / Payments')
    // Nor later, when the instance that serves the page is chosen.
    await backend.listLinkedGroups(app)
    expect(world.asked(LIST).map(({ url }) => url.origin)).toEqual([GITLAB_URL, APP_URL])
  })

  test('a refused token counts as the first attempt', async () => {
    const { world, backend, requestContextToken } = await start({
      instance: 'gitlab',
      arrange: (one) => one.answer(LIST, () => new Response(null, { status: 403 }), 1),
    })
    expect(await backend.listLinkedGroups(gitlab)).toHaveLength(3)
    expect(world.asked(LIST)).toHaveLength(2)
    expect(requestContextToken).toHaveBeenCalledTimes(2)
  })

  test('an error of GitLab’s own counts as the first attempt, and what is no response does not', async () => {
    const { world, backend } = await start({
      instance: 'gitlab',
      arrange: (one) => one.answer(LIST, () => Response.json({}, { status: 500 }), 1),
    })
    await expect(backend.listLinkedGroups(gitlab)).rejects.toMatchObject({ code: 'gitlab-broken' })
    expect(world.asked(LIST)).toHaveLength(1)
  })

  test('a request without a response is sent again, so that the page can find out why', async () => {
    const { world, backend } = await start({
      instance: 'gitlab',
      arrange: (one) => one.answer(LIST, () => Response.error()),
    })
    await expect(backend.listLinkedGroups(gitlab)).rejects.toMatchObject({ name: 'GitLabUnreachableError' })
    expect(world.asked(LIST)).toHaveLength(2)
  })

  test('a Jira that gives no token is asked once', async () => {
    const { backend, requestContextToken } = await start({
      instance: 'gitlab',
      getToken: async () => {
        throw new Error('no token')
      },
    })
    expect(await backend.readInstance()).toBe(gitlab)
    await expect(backend.listLinkedGroups(gitlab)).rejects.toThrow('no token')
    expect(requestContextToken).toHaveBeenCalledTimes(1)
  })

  test('a saved URL that isn’t one is asked nothing', async () => {
    const { world, backend } = await start({
      instance: 'gitlab',
      arrange: ({ app: { store } }) => {
        for (const one of store.installations.values()) one.instanceUrl = 'javascript:alert(1)'
      },
    })
    await expect(backend.readInstance()).rejects.toMatchObject({ code: 'instance-url-scheme' })
    expect(world.asked(LIST)).toEqual([])
    expect(document.querySelector('link[rel=preconnect]')).toBeNull()
  })
})

test('a list that another instance never answers is given up after half a minute, like any other', async () => {
  const { world, backend } = await start({
    instance: 'gitlab',
    arrange: ({ answer }) => void answer(LIST, () => new Promise<Response>(() => undefined)),
  })
  expect(await backend.readInstance()).toBe(gitlab)
  await vi.waitFor(() => expect(world.asked(LIST)).toHaveLength(1))
  const halfAMinute = new AbortController()
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(halfAMinute.signal)
  const outcome = backend.listLinkedGroups(gitlab).catch((error: unknown) => error)
  await vi.waitFor(() => expect(AbortSignal.timeout).toHaveBeenCalledWith(30_000))
  halfAMinute.abort(new DOMException('Time is over.', 'TimeoutError'))
  expect(await outcome).toMatchObject({ code: 'gitlab-too-slow' })
})

test.each([
  ['a page', () => new Response('<h1>401</h1>', { status: 401 })],
  ['JSON', () => Response.json({ message: 'Unauthorized' }, { status: 401 })],
])(
  'a proxy that refuses the first request’s header with %s gets the token in the URL',
  async (_form, refuse) => {
    const { backend } = await start({
      arrange: ({ answer, requests }) =>
        void answer(INSTALLATIONS, (next) =>
          requests.at(-1)?.headers.has('authorization') ? refuse() : next(),
        ),
    })
    expect(await backend.readInstance()).toBe(app)
  },
)
