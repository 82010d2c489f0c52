import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'

/**
 * Lets curl reach a mock at its public URL. mocks/http-server.ts can't be used here: it replaces the `Request` that the
 * page's tests need.
 * @returns the environment for processes that run curl; it ends with the test
 */
export async function serveForCurl(gitlab: GitLab): Promise<Record<string, string>> {
  const { host, hostname } = new URL(gitlab.publicUrl)
  const server = createServer(async (incoming, outgoing) => {
    const response = await gitlab.handle(await requestOf(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const home = mkdtempSync(join(tmpdir(), 'curl-'))
  const { port } = server.address() as AddressInfo
  writeFileSync(join(home, '.curlrc'), `connect-to = "${host}:127.0.0.1:${port}"\nnoproxy = "${hostname}"\n`)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
    rmSync(home, { recursive: true })
  })
  return { ...(process.env as Record<string, string>), CURL_HOME: home, HOME: home }
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
  )
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD'
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  })
}
