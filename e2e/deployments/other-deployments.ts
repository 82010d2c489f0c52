import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '#e2e/free-port.ts'
import type { WebServer } from '#e2e/setup/find-web-servers.ts'
import { findNginx, findServer } from '#e2e/setup/find-web-servers.ts'
import { allowFraming, instructions, unpack } from './instructions.ts'
import { HSTS, pageOnly } from './nginx-deployments.ts'
import type { Deployment, Place } from './site.ts'

const isRoot = process.getuid?.() === 0
const missing = (name: string, server: unknown) =>
  server ? undefined : `sudo apt-get install --no-install-recommends ${name}`

/** Apache as the reverse proxy of a GitLab, with our file in its virtual host. */
export function apache(): Deployment {
  const server = findServer('apache')
  return {
    name: 'Apache',
    missing: missing('apache2-bin', server),
    async setUp(place) {
      await unpack(place)
      const ours = join(place.root, 'current/apache.conf')
      allowFraming(place, ours)
      const [line = ''] = instructions('Apache', 'apache')
      const file = join(place.folder, 'apache.conf')
      await writeFile(
        file,
        apacheHost(place, server, line.replaceAll('/var/www/gitlab-for-jira', place.root)),
      )
      return [{ ...started(server), args: ['-f', file, '-D', 'FOREGROUND'], port: place.port }]
    },
  }
}

/** Debian's modules; the lines about logs are those at the top of our file. */
function apacheHost(
  { folder, port, logs, gitlab }: Place,
  server: WebServer | undefined,
  line: string,
): string {
  const modules = [
    'mpm_event',
    'authz_core',
    'mime',
    'dir',
    'headers',
    'rewrite',
    'proxy',
    'proxy_http',
    'env',
    'setenvif',
  ]
  const folderOfModules = join(server?.root ?? '/', 'usr/lib/apache2/modules')
  return `${modules.map((name) => `LoadModule ${name}_module ${folderOfModules}/mod_${name}.so`).join('\n')}
${isRoot ? 'User nobody\nGroup nogroup' : ''}
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/apache.pid
ServerName app.localhost
Listen 127.0.0.1:${port}
TypesConfig /dev/null
ErrorLog ${logs}/apache.error.log
LogFormat "%h %t \\"%m %U %H\\" %>s %B \\"%{User-Agent}i\\"" gitlab_for_jira
CustomLog ${logs}/apache.access.log gitlab_for_jira
LogLevel crit
<Directory />
  Require all denied
</Directory>
<VirtualHost *:${port}>
  ServerName app.localhost
  Header always set Strict-Transport-Security "${HSTS}"
  AllowEncodedSlashes NoDecode
  ProxyPreserveHost On
  ${line}
  ProxyPass / ${gitlab}/ nocanon
  <Location />
    Require all granted
  </Location>
</VirtualHost>
`
}

/** Caddy as the reverse proxy of a GitLab, with our snippets. */
export function caddy(): Deployment {
  const server = findServer('caddy')
  return {
    name: 'Caddy',
    missing: missing('caddy', server),
    async setUp(place) {
      await unpack(place)
      const ours = join(place.root, 'current/Caddyfile')
      allowFraming(place, ours)
      const [global = '', snippet = ''] = instructions('Caddy', 'caddyfile')
      const file = join(place.folder, 'Caddyfile')
      await writeFile(
        file,
        `${global.replaceAll('/var/www/gitlab-for-jira', place.root).replace('import gitlab_for_jira_log\n', 'import gitlab_for_jira_log\n    admin off\n    auto_https off\n')}
http://app.localhost:${place.port} {
    bind 127.0.0.1
    header Strict-Transport-Security "${HSTS}"
    log {
        output file ${place.logs}/caddy.access.log
        import gitlab_for_jira_log_format
    }
    ${snippet}
    reverse_proxy ${place.gitlab.replace('http://', '')}
}
`,
      )
      const args = ['run', '--config', file, '--adapter', 'caddyfile']
      return [{ ...started(server), env: { HOME: place.folder }, args, port: place.port }]
    },
  }
}

/** HAProxy that routes five paths to a server for the page alone, and the rest to a GitLab. */
export function haproxy(): Deployment {
  const server = findServer('haproxy')
  return {
    name: 'HAProxy',
    missing: missing('haproxy nginx', server && findNginx()),
    async setUp(place) {
      await unpack(place)
      const pagePort = await freePort()
      const page = await pageOnly(place, pagePort)
      const [frontend = '', backend = ''] = instructions('HAProxy', 'haproxy')
      const file = join(place.folder, 'haproxy.cfg')
      await writeFile(
        file,
        `global
    log stderr format raw local0
defaults
    mode http
    log global
    retries 0
    timeout connect 5s
    timeout client 60s
    timeout server 60s
frontend gitlab
    bind 127.0.0.1:${place.port}
    http-response set-header Strict-Transport-Security "${HSTS}"
${frontend}
    default_backend gitlab
${backend.replace('127.0.0.1:8080', `127.0.0.1:${pagePort}`)}
backend gitlab
    server gitlab ${place.gitlab.replace('http://', '')}
`,
      )
      return [page, { ...started(server), args: ['-f', file, '-db'], port: place.port }]
    },
  }
}

const started = (server: WebServer | undefined) => ({
  command: server?.command ?? '',
  env: server?.env ?? {},
})
