/** What can go wrong with one request. */
export interface Fault {
  readonly name: string
  /** Only the browser's rules for cross-origin requests can cause it. */
  readonly crossOriginOnly?: boolean
  /** Only a time limit ends it. */
  readonly isSilent?: boolean
  answer(next: () => Promise<Response>): Response | Promise<Response>
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'
const SIGN_IN_PAGE = '<!doctype html><title>Sign in</title><form action="/login"></form>'

/** More than any response that the page expects. */
const TEN_MEGABYTES = `[${'"0123456789abcdef",'.repeat(10 * 2 ** 16)}""]`

function json(status: number, body: unknown, headers: Record<string, string> = {}): () => Response {
  return () => Response.json(body, { status, headers })
}

function text(status: number, body: string, type = 'text/plain', headers: Record<string, string> = {}) {
  return () => new Response(body, { status, headers: { 'content-type': type, ...headers } })
}

/** A body that starts well, and ends as `end` does it. */
function unfinished(end: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"half":'))
      end(controller)
    },
  })
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } })
}

const invalidToken = (description: string) => ({ error: 'invalid_token', error_description: description })

/** One of each kind that GitLab, a proxy in front of it, or the network is known to cause. */
export const faults: readonly Fault[] = [
  { name: '400', answer: json(400, { error: 'jwt is missing' }) },
  { name: '401 without token', answer: json(401, { message: '401 Unauthorized' }) },
  { name: '401 expired token', answer: json(401, invalidToken('Token is expired.')) },
  {
    name: '401 context token',
    answer: json(401, { message: '401 Unauthorized - JWT authentication failed' }),
  },
  {
    name: '401 namespace',
    answer: json(401, { message: 'Cannot find namespace. Make sure you have sufficient permissions.' }),
  },
  {
    name: '401 client',
    answer: json(401, { error: 'invalid_client', error_description: 'Unknown client.' }),
  },
  { name: '403 empty', answer: text(403, '') },
  { name: '403 HTML', answer: text(403, HTML, 'text/html') },
  { name: '403 Forbidden', answer: json(403, { error: 'Forbidden' }) },
  { name: '403 scope', answer: json(403, { error: 'insufficient_scope', scope: 'api' }) },
  { name: '403 account', answer: json(403, { message: '403 Forbidden - Your account is blocked' }) },
  {
    name: '403 Jira user unreadable',
    answer: json(403, { message: 'Could not fetch user information from Jira.' }),
  },
  {
    name: '403 Jira user not administrator',
    answer: json(403, { message: 'The Jira user is not a site or organization administrator.' }),
  },
  { name: '404', answer: json(404, { message: '404 Not Found' }) },
  { name: '409', answer: json(409, { message: '409 Conflict' }) },
  { name: '414', answer: text(414, HTML, 'text/html') },
  {
    name: '422 text',
    answer: json(422, { errors: 'Could not be installed on the instance. Network error' }),
  },
  { name: '422 object', answer: json(422, { errors: { instance_url: ['is blocked: URI is invalid'] } }) },
  { name: '422 message', answer: json(422, { message: 'Namespace has already been added' }) },
  { name: '429 front door', answer: text(429, 'Retry later\n', 'text/plain', { 'retry-after': '60' }) },
  {
    name: '429 endpoint',
    answer: json(429, { message: { error: 'This endpoint has been requested too many times.' } }),
  },
  { name: '500', answer: json(500, { message: '500 Internal Server Error' }) },
  { name: '502 HTML', answer: text(502, HTML, 'text/html') },
  { name: '503', answer: text(503, 'Maintenance', 'text/plain', { 'retry-after': '120' }) },
  { name: 'connection refused', answer: () => Response.error() },
  {
    name: 'reset in the body',
    answer: () => unfinished((controller) => controller.error(new TypeError('terminated'))),
  },
  { name: 'never answers', isSilent: true, answer: () => new Promise<Response>(() => undefined) },
  { name: 'slow drip', isSilent: true, answer: () => unfinished(() => undefined) },
  { name: 'truncated JSON', answer: text(200, '{"subscriptions": [{"created_at": "20', 'application/json') },
  { name: 'wrong shape', answer: json(200, { something: 'else' }) },
  { name: 'wrong type', answer: json(200, 'a text') },
  { name: 'empty', answer: text(200, '') },
  { name: '10 MB', answer: text(200, TEN_MEGABYTES, 'application/json') },
  { name: 'sign-in page', answer: text(200, SIGN_IN_PAGE, 'text/html') },
  {
    name: 'redirect to a sign-in page',
    answer: () => new Response(null, { status: 302, headers: { location: '/users/sign_in' } }),
  },
  {
    name: 'CORS refused',
    crossOriginOnly: true,
    answer: async (next) => {
      const response = await next()
      const refused = new Response(response.body, response)
      refused.headers.set('access-control-allow-origin', 'https://elsewhere.example')
      return refused
    },
  },
]
