import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** How a mock reaches another server. Resolves with any HTTP status; rejects (TypeError) when it can't be reached. */
export type Network = (request: Request) => Promise<Response>

const TIMEOUT_MS = 10_000
const BODILESS_STATUSES = new Set([204, 205, 304])

/**
 * No network at all: requests are handed to the server of their origin.
 * @param servers called with each request, so they can be created after the network
 * @throws {TypeError} no server has that origin
 */
export function memoryNetwork(
  servers: () => readonly { publicUrl: string; handle(request: Request): Promise<Response> }[],
): Network {
  return async (request) => {
    const { origin } = new URL(request.url)
    const server = servers().find(({ publicUrl }) => new URL(publicUrl).origin === origin)
    if (!server) throw new TypeError(`${origin} can't be reached.`)
    return server.handle(request)
  }
}

/**
 * Real HTTP between local servers. `*.localhost` resolves to 127.0.0.1 and the Host header is kept, neither of which
 * Node's own fetch can do; redirects aren't followed.
 * @throws {TypeError} the host isn't local, nothing listens there, or it doesn't respond within 10 seconds
 */
export const httpNetwork: Network = (request) => send(request)

/**
 * The same with TLS.
 * @param certificate the only trusted certificate, PEM encoded
 * @throws {TypeError} also when the server has another certificate
 */
export function httpsNetwork(certificate: string): Network {
  return (request) => send(request, certificate)
}

async function send(request: Request, certificate?: string): Promise<Response> {
  const url = new URL(request.url)
  const isSecure = url.protocol === 'https:' && certificate !== undefined
  if (!(isSecure || url.protocol === 'http:') || !isLocal(url.hostname)) {
    throw new TypeError(`${url.origin} can't be reached: the mocks only know local servers.`)
  }
  const body = Buffer.from(await request.arrayBuffer())
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new TypeError(`${url.origin} can't be reached.`, { cause }))
    const outgoing = (isSecure ? httpsRequest : httpRequest)(
      {
        host: '127.0.0.1',
        port: url.port || (isSecure ? 443 : 80),
        method: request.method,
        path: url.pathname + url.search,
        headers: { ...Object.fromEntries(request.headers), host: url.host, 'content-length': body.length },
        // A kept-alive connection would keep the process from ending.
        agent: false,
        timeout: TIMEOUT_MS,
        signal: request.signal,
        ...(isSecure && { ca: certificate, servername: url.hostname }),
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', fail)
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 502
          const headers = new Headers()
          for (const [name, values] of Object.entries(incoming.headersDistinct)) {
            for (const value of values ?? []) headers.append(name, value)
          }
          resolve(
            new Response(BODILESS_STATUSES.has(status) ? null : Buffer.concat(chunks), { status, headers }),
          )
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error('No response in time.')))
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}

/**
 * Like `httpNetwork`, and Node's own fetch for other machines: for a mock GitLab that a real Jira talks to.
 * @throws {TypeError} the server can't be reached
 */
export const openNetwork: Network = (request) =>
  isLocal(new URL(request.url).hostname)
    ? httpNetwork(request)
    : fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1'
}
