import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '#e2e/free-port.ts'
import type { WebServer } from '#e2e/setup/find-web-servers.ts'
import { findNginx, findServer } from '#e2e/setup/find-web-servers.ts'
import { allowFraming, copyBelowPath, instructions, unpack } from './instructions.ts'
import { HSTS, pageOnly } from './nginx-deployments.ts'
import type { Deployment, Place } from './site.ts'
import type { Command } from './web-server.ts'

const isRoot = process.getuid?.() === 0

const DOCUMENTED_ROOT = '/var/www/gitlab-for-jira'

interface Variant {
  readonly path?: string
}

interface Configuration {
  readonly text: string
  /** The servers behind this one. */
  readonly behind?: readonly Command[]
}

/** What differs between servers of other kinds than nginx. */
interface OwnServer {
  readonly name: string
  readonly kind: Parameters<typeof findServer>[0]
  /** Debian's packages that it takes. */
  readonly packages: string
  /** Whether what it takes besides the server itself is there. */
  readonly isRestThere?: boolean
  readonly file: string
  readonly options: (file: string) => readonly string[]
  readonly env?: (place: Place) => Record<string, string>
  /** Does what the documents say. */
  readonly configure: (place: Place, server: WebServer | undefined) => Promise<Configuration>
}

/** A server with a configuration of its own in front of a GitLab, and our release unpacked beside it. */
function through({ path = '' }: Variant, { isRestThere = true, ...own }: OwnServer): Deployment {
  const server = findServer(own.kind)
  return {
    path,
    name: `${own.name}${path && ` below ${path}`}`,
    missing:
      server && isRestThere ? undefined : `sudo apt-get install --no-install-recommends ${own.packages}`,
    async setUp(place) {
      await unpack(place)
      const { text, behind = [] } = await own.configure(place, server)
      const file = join(place.folder, own.file)
      await writeFile(file, text)
      const started = {
        command: server?.command ?? '',
        args: own.options(file),
        env: { ...server?.env, ...own.env?.(place) },
        port: place.port,
      }
      return [...behind, started]
    },
  }
}

/** A line of the documents with the folder of the test; below a relative URL, with the copy of a file. */
function inPlace(line: string, file: string, { root, path }: Place): string {
  return line
    .replaceAll(DOCUMENTED_ROOT, root)
    .replace(`/current/${file}`, path === '' ? `/current/${file}` : `/${file}`)
}

/** Apache as the reverse proxy of a GitLab, with our file in its virtual host. */
export const apache = (variant: Variant = {}) =>
  through(variant, {
    name: 'Apache',
    kind: 'apache',
    packages: 'apache2-bin',
    file: 'apache.conf',
    options: (file) => ['-f', file, '-D', 'FOREGROUND'],
    async configure(place, server) {
      const file = copyBelowPath(place, 'apache.conf')
      allowFraming(place, join(place.root, file))
      const [line = ''] = instructions('Apache', 'apache')
      return { text: apacheHost(place, server, inPlace(line, 'apache*.conf', place)) }
    },
  })

/** Debian's modules; the lines about logs are those at the top of our file. */
function apacheHost(
  { folder, port, path, logs, gitlab }: Place,
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
  ProxyPass ${path}/ ${gitlab}${path}/ nocanon
  <Location />
    Require all granted
  </Location>
</VirtualHost>
`
}

/** Caddy as the reverse proxy of a GitLab, with our snippets. */
export const caddy = (variant: Variant = {}) =>
  through(variant, {
    name: 'Caddy',
    kind: 'caddy',
    packages: 'caddy',
    file: 'Caddyfile',
    options: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
    env: ({ folder }) => ({ HOME: folder }),
    async configure(place) {
      allowFraming(place, join(place.root, copyBelowPath(place, 'Caddyfile')))
      const [global = '', snippet = ''] = instructions('Caddy', 'caddyfile')
      return {
        text: `${inPlace(global, 'Caddyfile', place).replace('import gitlab_for_jira_log\n', 'import gitlab_for_jira_log\n    admin off\n    auto_https off\n')}
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
      }
    },
  })

/** HAProxy that routes five paths to a server for the page alone, and the rest to a GitLab. */
export const haproxy = (variant: Variant = {}) =>
  through(variant, {
    name: 'HAProxy',
    kind: 'haproxy',
    packages: 'haproxy nginx',
    isRestThere: findNginx() !== undefined,
    file: 'haproxy.cfg',
    options: (file) => ['-f', file, '-db'],
    async configure(place) {
      const pagePort = await freePort()
      const [frontend = '', backend = ''] = instructions('HAProxy', 'haproxy')
      return {
        behind: [await pageOnly(place, pagePort)],
        text: `global
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
${frontend.replaceAll('/-/jira_connect', `${place.path}/-/jira_connect`)}
    default_backend gitlab
${backend.replace('127.0.0.1:8080', `127.0.0.1:${pagePort}`)}
backend gitlab
    server gitlab ${place.gitlab.replace('http://', '')}
`,
      }
    },
  })
