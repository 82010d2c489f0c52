import fc from 'fast-check'
import { afterEach, beforeEach, test, vi } from 'vitest'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { readApplicationId } from '#src/gitlab/instance/application-id.ts'
import { InvalidInstanceUrlError, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { readVersion } from '#src/gitlab/instance/version.ts'
import { listGroups } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { fuzzRuns } from '#src/testing/volume.ts'
import type { AuthorizedFetch } from './client.ts'
import {
  ApplicationIdMissingError,
  GitLabApiError,
  GitLabUnreachableError,
  UnexpectedResponseError,
} from './errors.ts'

const CONTEXT_TOKEN = 'context-token-of-jira'
const app = parseInstanceUrl(location.origin)
const instance = parseInstanceUrl('https://gitlab.example.com/gitlab')
const OWN_ORIGINS = [new URL(app).origin, new URL(instance).origin]
const NAMED = [
  GitLabApiError,
  GitLabUnreachableError,
  UnexpectedResponseError,
  ApplicationIdMissingError,
  InvalidInstanceUrlError,
]

/** GitLab's own fields, so that some responses come close to valid ones. */
const FIELDS =
  'id name full_name full_path avatar_url username is_admin version application_id instance_url groups_path subscriptions unlink_path created_at group message error errors error_description __proto__ constructor toString length'.split(
    ' ',
  )

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    'https://evil.example/',
    '//evil.example/a.png',
    'javascript:alert(1)',
    'data:text/html,x',
    '/-/jira_connect/subscriptions/7',
    '/-/jira_connect/subscriptions/../7',
    'https://evil.example/-/jira_connect/subscriptions/7',
    '/api/v4/groups?skip_groups=7,8',
    '2026-01-01T00:00:00Z',
    '\u202Egpj',
    'invalid_token',
    'JWT authentication failed',
    'already linked',
    'Response code 401',
    'x'.repeat(5_000),
  ),
)

const { json } = fc.letrec<{ json: unknown; record: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom(...FIELDS), tie('json'), { maxKeys: 6 }),
}))

const group = fc.record({ id: fc.integer(), name: text, full_name: text, full_path: text, avatar_url: text })
const subscription = fc.record({
  created_at: text,
  unlink_path: text,
  group: fc.record({ name: text, full_name: text, avatar_url: text }),
})
/** The right shape with arbitrary values. */
const shaped = fc.oneof(
  fc.array(group, { maxLength: 3 }),
  fc.record({ groups_path: text, subscriptions: fc.array(subscription, { maxLength: 3 }) }),
  fc.record({ application_id: text, instance_url: text, username: text, name: text, version: text }),
  fc.record({ message: json, error: text }),
)

const body = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(json, shaped).map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: shaped.map((value) => JSON.stringify(value).slice(0, -2)) },
  { weight: 1, arbitrary: text },
)
const status = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(200, 201) },
  { weight: 2, arbitrary: fc.constantFrom(400, 401, 403, 404, 409, 414, 422, 429, 500, 502, 503) },
)
const headers = fc.record(
  {
    'x-next-page': fc.oneof(fc.integer().map(String), fc.constantFrom('', '1e999', 'https://evil.example')),
    link: fc.constant('<https://evil.example/api>; rel="next"'),
  },
  { requiredKeys: [] },
)
const response = fc.record({ status, body, headers })
type Given = typeof response extends fc.Arbitrary<infer Value> ? Value : never

const network = { response: undefined as Given | undefined, asked: [] as { url: URL; init: RequestInit }[] }

beforeEach(() => {
  // Tens of thousands of timers of half a minute each would slow everything down.
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal)
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    network.asked.push({ url: new URL(url), init })
    const { status: code = 200, body: content = '', headers: head } = network.response ?? {}
    return new Response(content, { status: code, headers: new Headers(head as Record<string, string>) })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const authorizedFetch: AuthorizedFetch = (url, init) => fetch(url, init)
const backend: Backend = createConnectBackend(app, async () => CONTEXT_TOKEN)

interface Endpoint {
  readonly ask: () => Promise<unknown>
  readonly withContextToken?: boolean
}

const listed = { search: '', page: 1, everyGroup: true, authorizedFetch }
const endpoints: Record<string, Endpoint> = {
  'reading the instance': { ask: () => backend.readInstance(), withContextToken: true },
  'saving the instance': { ask: () => backend.saveInstance(instance), withContextToken: true },
  'listing linked groups': { ask: () => backend.listLinkedGroups(instance), withContextToken: true },
  linking: {
    ask: () => backend.linkGroup(instance, 'acme/web', authorizedFetch),
    withContextToken: true,
  },
  unlinking: { ask: () => backend.unlinkGroup(instance, '7'), withContextToken: true },
  'reading the application ID': { ask: () => readApplicationId(instance) },
  'reading the user': { ask: () => readUser(instance, authorizedFetch) },
  'reading the version': { ask: () => readVersion(instance, authorizedFetch) },
  'listing groups': { ask: () => listGroups(instance, listed) },
}

/** @throws {Error} if a response causes what no response must cause */
async function askWith({ ask, withContextToken = false }: Endpoint, given: Given): Promise<void> {
  network.response = given
  network.asked.length = 0
  let visible: string
  try {
    visible = JSON.stringify(await ask()) ?? ''
    if (/\u202E|\\u0000/.test(visible)) throw new Error('It passes on characters that affect other text.')
  } catch (error) {
    if (!NAMED.some((kind) => error instanceof kind)) throw error
    visible = `${String(error)} ${JSON.stringify(error)}`
  }
  if (visible.includes(CONTEXT_TOKEN)) throw new Error('It reveals the context token.')
  if (network.asked.length < 1 || network.asked.length > 2)
    throw new Error('It sends no request, or more than two.')
  for (const { url, init } of network.asked) {
    if (!OWN_ORIGINS.includes(url.origin)) throw new Error(`It sends a request to ${url.origin}.`)
    if (
      !/^(error|manual)$/.test(init.redirect ?? '') ||
      init.referrerPolicy !== 'no-referrer' ||
      init.credentials !== 'omit'
    )
      throw new Error('It would reveal more than the request, or follow a redirect.')
    const header = new Headers(init.headers).get('authorization') ?? ''
    const carries = [url.search, String(init.body), header].some((part) => part.includes(CONTEXT_TOKEN))
    if (carries !== withContextToken)
      throw new Error('The context token is missing, or where it doesn’t belong.')
  }
}

test('random responses from each endpoint: a checked result or a named failure, and no request to another origin', async () => {
  await fc.assert(
    fc.asyncProperty(response, async (given) => {
      for (const endpoint of Object.values(endpoints)) await askWith(endpoint, given)
    }),
    fuzzRuns,
  )
}, 600_000)
