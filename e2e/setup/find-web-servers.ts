import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canRun } from './unpack-packages.ts'

/** Where the end-to-end tests unpack an nginx of their own, laid out as in the root of a system. */
export const UNPACKED_NGINX = fileURLToPath(new URL('../../node_modules/.cache/nginx', import.meta.url))

/** The same for the other web servers. */
export const UNPACKED_SERVERS = fileURLToPath(new URL('../../node_modules/.cache/servers', import.meta.url))

/** A web server that runs on this machine. */
export interface WebServer {
  readonly command: string
  /** What it needs in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** The root of the system it belongs to: `/`, or where it was unpacked. */
  readonly root: string
}

/**
 * Finds the nginx for the end-to-end tests: an installed one, else the unpacked one.
 * @returns its command, or undefined when there is none that runs
 */
export function findNginx(): string | undefined {
  const usual = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', join(UNPACKED_NGINX, 'usr/sbin/nginx')]
  return usual.find((command) => canRun(command, ['-v']))
}

const PLACES = {
  apache: { path: 'usr/sbin/apache2', version: '-v' },
  caddy: { path: 'usr/bin/caddy', version: 'version' },
  haproxy: { path: 'usr/sbin/haproxy', version: '-v' },
} as const

/** @returns that server, installed or unpacked; undefined when there is none that runs */
export function findServer(name: keyof typeof PLACES): WebServer | undefined {
  const { path, version } = PLACES[name]
  const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((triplet) =>
    join(UNPACKED_SERVERS, 'usr/lib', triplet),
  )
  const unpackedEnv = { LD_LIBRARY_PATH: libraries.filter((folder) => existsSync(folder)).join(':') }
  return [
    { command: join('/', path), env: {}, root: '/' },
    { command: join(UNPACKED_SERVERS, path), env: unpackedEnv, root: UNPACKED_SERVERS },
  ].find(({ command, env }) => canRun(command, [version], env))
}
