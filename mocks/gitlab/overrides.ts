/**
 * Something that happens to certain requests in place of GitLab's normal response. Plain data, so that a scenario can
 * contain it; the functions below create the common ones.
 */
export interface Override {
  /** Regular expression for the path below the relative URL root, such as `^/api/v4/groups$`. */
  readonly path: string
  /** Default: any method except `OPTIONS`, which is a preflight. */
  readonly method?: string
  /** Only requests whose body contains this text, such as `refresh_token`; default: any. */
  readonly bodyContains?: string
  /**
   * What interferes. `proxy`: something in front of GitLab, which sends no CORS headers. `gitlab`: the instance itself,
   * with its CORS headers.
   */
  readonly by: 'proxy' | 'gitlab'
  /** The response; the request then doesn't change anything. */
  readonly answer?: OverrideAnswer
  /** The connection breaks without a response. */
  readonly breaksConnection?: boolean
  /** Delay before anything else happens. */
  readonly delayMs?: number
  /** Names of request headers that don't reach GitLab. */
  readonly dropsRequestHeaders?: readonly string[]
  /** Prefixes, in lower case, of response headers that don't reach the browser. */
  readonly dropsResponseHeaders?: readonly string[]
  readonly addsResponseHeaders?: Readonly<Record<string, string>>
}

interface OverrideAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A proxy, firewall or load balancer responds in GitLab's place: an HTML page without CORS headers. */
export function proxyErrorPage(path: string, status: 403 | 404 | 414 | 502 | 503, method?: string): Override {
  const body = `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n`
  return { path, ...(method && { method }), by: 'proxy', answer: { status, contentType: 'text/html', body } }
}

/** A company's sign-in page in front of GitLab: status 200 and its own HTML page for every request. */
export function proxySignInPage(path: string): Override {
  const body = '<!doctype html><title>Sign in</title><h1>Sign in to the company network</h1>'
  return { path, by: 'proxy', answer: { status: 200, contentType: 'text/html; charset=utf-8', body } }
}

/** A proxy refuses preflights, because it lets only certain methods through. */
export function brokenPreflight(path: string): Override {
  return proxyErrorPage(path, 403, 'OPTIONS')
}

/** A proxy removes GitLab's CORS headers, from preflights too. */
export function withoutCorsHeaders(path: string): Override[] {
  const stripped: Override = { path, by: 'proxy', dropsResponseHeaders: ['access-control-'] }
  return [stripped, { ...stripped, method: 'OPTIONS' }]
}

/** A proxy that authenticates users itself doesn't forward the Authorization header. */
export function withoutAuthorization(path: string): Override {
  return { path, by: 'proxy', dropsRequestHeaders: ['authorization'] }
}

/** No response at all: the server is down, or a firewall drops its traffic. */
export function unreachable(path: string): Override[] {
  const broken: Override = { path, by: 'proxy', breaksConnection: true }
  return [broken, { ...broken, method: 'OPTIONS' }]
}

export function slow(path: string, seconds: number): Override {
  return { path, by: 'gitlab', delayMs: seconds * 1000 }
}

/** A response from the instance itself, with its CORS headers. */
export function gitlabAnswer(path: string, status: number, body: object, method?: string): Override {
  return {
    path,
    ...(method && { method }),
    by: 'gitlab',
    answer: { status, contentType: 'application/json', body: JSON.stringify(body) },
  }
}

/** GitLab in maintenance mode, or a read-only replica, refuses a change; by some accounts without its CORS headers (`proxy`). */
export function readOnly(path: string, by: Override['by'], method = 'POST'): Override {
  const body = JSON.stringify({ message: 'You cannot perform write operations on a read-only instance' })
  return { path, method, by, answer: { status: 403, contentType: 'application/json', body } }
}

/** A read-only GitLab redirects a request to unlink a group, as one from a form. */
export function readOnlyRedirect(path: string): Override {
  return { path, method: 'DELETE', by: 'proxy', answer: { status: 301, headers: { location: '/' } } }
}

/** A company's access proxy redirects every request to its sign-in page on another server. */
export function accessProxy(path: string): Override[] {
  const answer = { status: 302, headers: { location: 'http://sso.localhost:5400/login' } }
  return [
    { path, by: 'proxy', answer },
    { path, method: 'OPTIONS', by: 'proxy', answer },
  ]
}

/** GitLab's rate limit for all requests: plain text that an administrator can change, and headers that no CORS rule exposes. */
export function frontDoorLimit(path: string): Override {
  const headers = {
    'Retry-After': '60',
    'RateLimit-Name': 'throttle_unauthenticated_web',
    'RateLimit-Limit': '60',
    'RateLimit-Observed': '61',
    'RateLimit-Remaining': '0',
  }
  return {
    path,
    by: 'gitlab',
    answer: { status: 429, contentType: 'text/plain', body: 'Retry later\n', headers },
  }
}

/** GitLab's rate limit of one endpoint: `message` is an object. */
export function endpointLimit(path: string): Override {
  const error = 'This endpoint has been requested too many times. Try again later.'
  return gitlabAnswer(path, 429, { message: { error } })
}

/**
 * Applies the overrides that match a request.
 * @param path of the request, below the relative URL root
 * @param respond GitLab's response to the request that reaches it
 * @param withCors adds GitLab's CORS headers to a response
 * @returns the response; one of type `error` when the connection breaks
 */
export async function passOverrides(
  overrides: readonly Override[],
  path: string,
  request: Request,
  respond: (request: Request) => Promise<Response>,
  withCors: (response: Response) => Response,
): Promise<Response> {
  const isPreflight = request.method === 'OPTIONS'
  const candidates = overrides.filter(
    (one) =>
      (one.method === undefined ? !isPreflight : one.method === request.method) &&
      new RegExp(one.path).test(path),
  )
  const readsBody = candidates.some(({ bodyContains }) => bodyContains !== undefined)
  const body = readsBody ? await request.clone().text() : ''
  const matching = candidates.filter(({ bodyContains = '' }) => body.includes(bodyContains))
  for (const { delayMs } of matching) if (delayMs) await delay(delayMs, request.signal)
  if (matching.some(({ breaksConnection }) => breaksConnection)) return Response.error()

  const replacing = matching.find((one) => one.answer)
  if (replacing?.answer && replacing.by === 'proxy') return responseOf(replacing.answer)
  const plain = replacing?.answer
    ? responseOf(replacing.answer)
    : await respond(withoutHeaders(request, matching))
  if (plain.type === 'error') return plain
  const response = withCors(plain)
  for (const { dropsResponseHeaders = [], addsResponseHeaders = {} } of matching) {
    for (const name of [...response.headers.keys()]) {
      if (dropsResponseHeaders.some((beginning) => name.startsWith(beginning))) response.headers.delete(name)
    }
    for (const [name, value] of Object.entries(addsResponseHeaders)) response.headers.set(name, value)
  }
  return response
}

function withoutHeaders(request: Request, overrides: readonly Override[]): Request {
  const names = overrides.flatMap(({ dropsRequestHeaders = [] }) => dropsRequestHeaders)
  if (names.length === 0) return request
  const headers = new Headers(request.headers)
  for (const name of names) headers.delete(name)
  return new Request(request, { headers })
}

function responseOf({ status, contentType, body, headers }: OverrideAnswer): Response {
  return new Response(body ?? null, {
    status,
    headers: { ...headers, ...(contentType && { 'Content-Type': contentType }) },
  })
}

/** Resolves after the given time, or immediately when the request is aborted. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    if (signal.aborted) done()
    else signal.addEventListener('abort', done)
  })
}
