// Run before the end-to-end tests: gets nginx, Apache, Caddy, HAProxy, and openssl for them where that can be, or says in
// one line that the tests that need these are skipped. Never fails.
import { findNginx, findServer, UNPACKED_NGINX, UNPACKED_SERVERS } from './find-web-servers.ts'
import { aptGet, canRun, hasAptGet, isRoot, unpackPackages } from './unpack-packages.ts'

const hasOpenssl = () => canRun('openssl', ['version'])
const OTHER_SERVERS = ['apache', 'caddy', 'haproxy'] as const
/** With the libraries that a minimal system lacks. Installed, they would start servers on ports of their own. */
const PACKAGES = [
  ...['apache2-bin', 'libapr1', 'libaprutil1', 'caddy', 'haproxy', 'liblua5.3-0'],
  ...['libopentracing1', 'libopentracing-c-wrapper0'],
]

if (hasAptGet()) {
  if (!findNginx()) {
    console.error('No nginx found; getting one for the end-to-end tests.')
    // Installed, it would start a server on port 80, which is not wanted. Not every release has the module.
    unpackPackages(UNPACKED_NGINX, ['nginx', 'libnginx-mod-http-brotli-static'])
  }
  // Also brings the libraries that a minimal system lacks.
  if (isRoot && !(findNginx() && hasOpenssl())) {
    aptGet(['install', '-y', '--no-install-recommends', 'openssl', 'libpcre2-8-0', 'zlib1g'])
  }
  if (!OTHER_SERVERS.every(findServer)) {
    console.error('Getting Apache, Caddy, and HAProxy for the tests of deployments.')
    unpackPackages(UNPACKED_SERVERS, PACKAGES)
  }
}
if (!findNginx()) {
  console.error('There is no nginx, and none could be got: the end-to-end tests through it are skipped.')
} else if (!hasOpenssl()) {
  console.error('There is no openssl to make a certificate: the end-to-end test with TLS is skipped.')
}
const missing = OTHER_SERVERS.filter((name) => !findServer(name))
if (missing.length > 0) {
  console.error(
    `Tests of deployments with ${missing.join(', ')} are skipped. To run them: sudo apt-get install --no-install-recommends apache2-bin caddy haproxy`,
  )
}
