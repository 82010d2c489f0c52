// Run before the end-to-end tests: gets an nginx and openssl for them where that can be, or says in one line that the
// tests that need these are skipped. Never fails.
import { findNginx, UNPACKED_NGINX } from './find-nginx.ts'
import { aptGet, canRun, hasAptGet, isRoot, unpackPackages } from './unpack-packages.ts'

const hasOpenssl = () => canRun('openssl', ['version'])

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
}
if (!findNginx()) {
  console.error('There is no nginx, and none could be got: the end-to-end tests through it are skipped.')
} else if (!hasOpenssl()) {
  console.error('There is no openssl to make a certificate: the end-to-end test with TLS is skipped.')
}
