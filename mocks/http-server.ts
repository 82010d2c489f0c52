import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

export interface HttpServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Serves a fetch-style handler on 127.0.0.1; with port 0, on any free port. The handler receives the URL
 * `http://<Host header><path>`. A response of type `error` breaks the connection. Closing the server also closes
 * kept-alive connections.
 * @throws Node's own error when it can't listen on the port (code EADDRINUSE when the port is taken)
 */
export function serveHttp(
  handler: (request: Request) => Promise<Response>,
  port: number,
): Promise<HttpServer> {
  const listener = getRequestListener(async (request, { outgoing }) => {
    const response = await handler(request)
    if (response.type !== 'error') return response
    outgoing.destroy()
    return RESPONSE_ALREADY_SENT
  })
  const server = createServer(listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}
