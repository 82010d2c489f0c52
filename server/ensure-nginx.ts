// Run before the end-to-end tests: gets an nginx and openssl for them where that can be, or says in one line that the
// tests that need these are skipped. Never fails.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { canRun, findNginx, UNPACKED_NGINX } from './find-nginx.ts'

const COMMAND_TIMEOUT_MS = 2 * 60_000

const isRoot = process.getuid?.() === 0
const hasOpenssl = () => canRun('openssl', ['version'])

function run(command: string, args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { cwd: UNPACKED_NGINX, timeout: COMMAND_TIMEOUT_MS, env }
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 2], ...options }).status === 0
}

/** Runs apt-get; when that fails, once more with new lists of packages, which only an administrator may fetch. */
function aptGet(...args: string[]): boolean {
  // As an administrator, it would else warn that its own user may not write into this folder.
  const options = isRoot ? ['-o', 'APT::Sandbox::User=root'] : []
  const attempt = () => run('apt-get', [...options, ...args])
  return attempt() || (isRoot && run('apt-get', ['update']) && attempt())
}

/**
 * Unpacks the distribution's nginx into a folder of this project. Installed, it would start a server on port 80,
 * which nobody has asked for.
 */
function unpackNginx(): void {
  mkdirSync(UNPACKED_NGINX, { recursive: true })
  if (!aptGet('download', 'nginx')) return
  // A module that not every release has.
  aptGet('download', 'libnginx-mod-http-brotli-static')
  for (const name of readdirSync(UNPACKED_NGINX).filter((file) => file.endsWith('.deb'))) {
    run('dpkg-deb', ['--extract', join(UNPACKED_NGINX, name), UNPACKED_NGINX])
  }
}

if (process.platform === 'linux' && canRun('apt-get', ['--version'])) {
  if (!findNginx()) {
    console.error('No nginx found; getting one for the end-to-end tests.')
    unpackNginx()
  }
  // Also brings the libraries that a minimal system lacks.
  if (isRoot && !(findNginx() && hasOpenssl())) {
    aptGet('install', '-y', '--no-install-recommends', 'openssl', 'libpcre2-8-0', 'zlib1g')
  }
}
if (!findNginx()) {
  console.error('There is no nginx, and none could be got: the end-to-end tests through it are skipped.')
} else if (!hasOpenssl()) {
  console.error('There is no openssl to make a certificate: the end-to-end test with TLS is skipped.')
}
