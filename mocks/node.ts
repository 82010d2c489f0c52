import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'

/** Something that responds to requests for its origin as a server would. */
export interface NetworkServer {
  readonly origin: string
  handle(request: Request): Promise<Response>
}

const SIMPLE_METHODS = ['GET', 'HEAD', 'POST']
const SIMPLE_HEADERS = ['accept', 'accept-language', 'content-language', 'content-type', 'range']
const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']
const READABLE_HEADERS = [
  // Read by the browser, not the page: following a redirect needs no permission.
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
 * what a browser does to cross-origin requests: Origin header, preflight, refusal of responses without a matching
 * `Access-Control-Allow-Origin`, and hidden response headers. A refused request fails like a lost connection. A
 * `no-cors` request needs no permission, and reveals nothing of the response.
 *
 * `foreignRequests` lists requests to origins without a server (method, origin and path); tests should fail if it isn't
 * empty.
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
    return endingWith(request.signal, await responseTo(server, request, pageOrigin))
  })
  return Object.assign(setupServer(catchAll), { foreignRequests })
}

/** Aborting a request also ends the body of its response. */
function endingWith(signal: AbortSignal, response: Response): Response {
  if (!response.body) return response
  return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response)
}

async function responseTo(server: NetworkServer, request: Request, pageOrigin: string): Promise<Response> {
  const isCrossOrigin = server.origin !== pageOrigin
  if (isCrossOrigin && request.mode === 'no-cors') return opaqueResponseTo(server, request)
  const sent = new Request(request)
  if (isCrossOrigin || !['GET', 'HEAD'].includes(request.method)) sent.headers.set('Origin', pageOrigin)
  if (!isCrossOrigin) return server.handle(sent)

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
  const response = await server.handle(sent)
  return isReadable(response, pageOrigin) ? withExposedHeaders(response) : HttpResponse.error()
}

/**
 * No permission is needed, and the page learns only that there was a response. Node has no opaque responses, so an empty
 * one is used.
 */
async function opaqueResponseTo(server: NetworkServer, request: Request): Promise<Response> {
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
