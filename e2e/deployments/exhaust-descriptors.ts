import { connect } from 'node:net'
import { expect } from 'playwright/test'
import type { Site } from './site.ts'

const CONNECTIONS = 60

/**
 * Opens more connections than the web server can have, and sends requests on all of them, until it fails to open a file
 * or to connect to the GitLab.
 * @param paths of the requests, relative to the public URL
 */
export async function exhaustDescriptors(site: Site, paths: readonly string[]): Promise<void> {
  const { host, pathname } = new URL(site.appUrl)
  const received: string[] = []
  const sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(site.port, '127.0.0.1')
    socket.on('data', (chunk) => received.push(chunk.toString('latin1')))
    // The server is free to close what it can't serve.
    socket.on('error', () => undefined)
    return socket
  })
  const request = (path: string) =>
    `GET ${pathname.replace(/\/$/, '')}${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\n\r\n`
  const failures = () => received.join('').match(/HTTP\/1\.1 50\d/g)?.length ?? 0
  try {
    await expect
      .poll(() => {
        for (const socket of sockets) socket.write(paths.map(request).join(''))
        return failures()
      }, 'the web server has no descriptor left')
      .toBeGreaterThan(paths.length)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}
