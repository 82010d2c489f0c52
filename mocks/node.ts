import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'

/** Something that answers requests to its origin as if it were a server. */
export interface NetworkServer {
  readonly origin: string
  handle(request: Request): Promise<Response>
}

const SIMPLE_METHODS = ['GET', 'HEAD', 'POST']
const SIMPLE_HEADERS = ['accept', 'accept-language', 'content-language', 'content-type', 'range']
const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']
const READABLE_HEADERS = [
  // Not the page, but the browser itself reads it: a redirect needs nobody's permission to be followed.
  'location',
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]

/**
 * The network of a page in Vitest: an MSW server that passes every request to the server of its origin and applies
 * what a browser does to cross-origin requests: Origin header, preflight, refusal of answers without a matching
 * `Access-Control-Allow-Origin`, and hidden response headers. Anything refused fails like a lost connection. A
 * `no-cors` request needs no permission, and shows nothing of the answer.
 *
 * `foreignRequests` lists what was asked of an origin without server (method, origin and path); a test set-up
 * should fail when it is not empty.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function mockNetwork(pageOrigin: string, servers: readonly NetworkServer[]) {
  const foreignRequests: string[] = []
  const catchAll = http.all('*', async ({ request }) => {
    const { origin, pathname } = new URL(request.url)
    const server = servers.find((candidate) => candidate.origin === origin)
    if (!server) {
      foreignRequests.push(`${request.method} ${origin}${pathname}`)
      return HttpResponse.error()
    }
    return endingWith(request.signal, await answerTo(server, request, pageOrigin))
  })
  return Object.assign(setupServer(catchAll), { foreignRequests })
}

/** A request that is given up ends its answer's body, too. */
function endingWith(signal: AbortSignal, response: Response): Response {
  if (!response.body) return response
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response)
}

async function answerTo(server: NetworkServer, request: Request, pageOrigin: string): Promise<Response> {
  const isCrossOrigin = server.origin !== pageOrigin
  if (isCrossOrigin && request.mode === 'no-cors') return opaqueAnswerTo(server, request)
  const asked = new Request(request)
  if (isCrossOrigin || !['GET', 'HEAD'].includes(request.method)) asked.headers.set('Origin', pageOrigin)
  if (!isCrossOrigin) return server.handle(asked)

  const unsafeHeaders = headersNeedingPreflight(request.headers)
  if (!SIMPLE_METHODS.includes(request.method) || unsafeHeaders.length > 0) {
    const preflight = new Request(request.url, {
      method: 'OPTIONS',
      headers: {
        Origin: pageOrigin,
        'Access-Control-Request-Method': request.method,
        ...(unsafeHeaders.length > 0 && { 'Access-Control-Request-Headers': unsafeHeaders.join(',') }),
      },
    })
    const permission = await server.handle(preflight)
    if (!permits(permission, request.method, unsafeHeaders, pageOrigin)) return HttpResponse.error()
  }
  const response = await server.handle(asked)
  return isReadable(response, pageOrigin) ? withExposedHeaders(response) : HttpResponse.error()
}

/**
 * Nobody's permission is asked for, and the page learns only that there was an answer. Node knows no opaque response:
 * an empty one takes its place.
 */
async function opaqueAnswerTo(server: NetworkServer, request: Request): Promise<Response> {
  const response = await server.handle(request)
  return response.type === 'error' ? HttpResponse.error() : new Response(null)
}

function headersNeedingPreflight(headers: Headers): string[] {
  const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  return [...headers.keys()]
    .filter(
      (name) =>
        !SIMPLE_HEADERS.includes(name) || (name === 'content-type' && !SIMPLE_TYPES.includes(type ?? '')),
    )
    .sort()
}

function permits(preflight: Response, method: string, headers: readonly string[], origin: string): boolean {
  if (!preflight.ok || !isReadable(preflight, origin)) return false
  const methods = listIn(preflight, 'Access-Control-Allow-Methods')
  const allowed = listIn(preflight, 'Access-Control-Allow-Headers').map((name) => name.toLowerCase())
  // "*" never covers Authorization.
  return (
    (SIMPLE_METHODS.includes(method) || methods.includes(method) || methods.includes('*')) &&
    headers.every((name) => allowed.includes(name) || (allowed.includes('*') && name !== 'authorization'))
  )
}

function isReadable(response: Response, origin: string): boolean {
  const allowed = response.headers.get('Access-Control-Allow-Origin')
  return allowed === '*' || allowed === origin
}

function withExposedHeaders(response: Response): Response {
  const exposed = listIn(response, 'Access-Control-Expose-Headers').map((name) => name.toLowerCase())
  const shown = new Response(response.body, response)
  for (const name of [...shown.headers.keys()]) {
    if (!READABLE_HEADERS.includes(name) && !exposed.includes(name) && !exposed.includes('*')) {
      shown.headers.delete(name)
    }
  }
  return shown
}

function listIn(response: Response, header: string): string[] {
  return (response.headers.get(header) ?? '').split(',').map((item) => item.trim())
}
