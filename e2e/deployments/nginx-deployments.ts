import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNginx, UNPACKED_NGINX } from '#e2e/setup/find-web-servers.ts'
import { canRun } from '#e2e/setup/unpack-packages.ts'
import { nginxCommand } from '#server/nginx/nginx-command.ts'
import { pageOnlyService } from '#server/release/page-only-service.ts'
import { allowFraming, copyBelowPath, instructions, moveBelowPath, run, unpack } from './instructions.ts'
import type { Deployment, Place } from './site.ts'
import { makeCertificate } from './site.ts'
import type { Command } from './web-server.ts'

const nginx = findNginx()
const BROTLI_MODULE = join(UNPACKED_NGINX, 'usr/lib/nginx/modules/ngx_http_brotli_static_module.so')
const hasBrotli = nginx?.startsWith(UNPACKED_NGINX) === true && existsSync(BROTLI_MODULE)
const INSTALL_NGINX = 'sudo apt-get install --no-install-recommends nginx openssl'
const missing = nginx && canRun('openssl', ['version']) ? undefined : INSTALL_NGINX

export const HSTS = 'max-age=63072000'

export interface NginxVariant {
  path?: string
  isTls?: boolean
  /** The GitLab behind, if it isn't the one that runs: a socket without a server, for example. */
  upstream?: string
  mostDescriptors?: number
}

/** The nginx of GitLab's Linux package, with our line in its server block. */
export function linuxPackage({ upstream, mostDescriptors, ...variant }: NginxVariant = {}): Deployment {
  return {
    ...variant,
    isCutOff: upstream !== undefined,
    name: `the nginx of the Linux package${variant.path ? ` below ${variant.path}` : ''}`,
    missing,
    async setUp(place) {
      await unpack(place)
      const etc = await makeEtc(place)
      const [copy = ''] = instructions('Linux package', 'sh')
      run(copy, place.folder, { '/var/www/gitlab-for-jira': place.root, '/etc/gitlab': etc })
      moveBelowPath(place, join(etc, 'gitlab-for-jira.conf'))
      allowFraming(place, join(etc, 'gitlab-for-jira.conf'))
      const [line = ''] = instructions('Linux package', 'ruby')
      const custom = (/"(.*)"/.exec(line)?.[1] ?? '').replace('/etc/gitlab', etc)
      return [
        await nginxOf(place, packageServer(place, custom, upstream ?? place.gitlab), { mostDescriptors }),
      ]
    },
  }
}

/** An nginx in the shape of GitLab's recipe for source installations, changed as the documents say. */
export function ownNginx({ mostDescriptors, ...variant }: NginxVariant = {}): Deployment {
  return {
    ...variant,
    name: 'an nginx of one’s own',
    missing,
    async setUp(place) {
      await unpack(place)
      const etc = await makeEtc(place)
      const [, copy = ''] = instructions('Your own nginx', 'sh')
      run(copy, place.folder, {
        '/var/www/gitlab-for-jira': place.root,
        '/etc/nginx': etc,
        'http://127.0.0.1:8181': place.gitlab,
      })
      allowFraming(place, join(etc, 'gitlab-for-jira.conf'))
      const [line = ''] = instructions('Your own nginx', 'nginx')
      const headers = `proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;`
      const server = `server {
  ${listen(place)}
  server_name app.localhost;
  client_max_body_size 0;
  add_header Strict-Transport-Security "${HSTS}";
  access_log ${place.logs}/gitlab.access.log;
  error_log ${place.logs}/gitlab.error.log;
  proxy_http_version 1.1;
  location / {
    ${headers}
    proxy_pass ${place.gitlab};
  }
  ${headers}
  ${line.replace('/etc/nginx', etc)}
}`
      return [await nginxOf(place, server, { mostDescriptors })]
    },
  }
}

/** The server that `npm run nginx` prints. */
export function printedServer({ upstream, mostDescriptors, ...variant }: NginxVariant = {}): Deployment {
  return {
    ...variant,
    isCutOff: upstream !== undefined,
    isOwnServer: true,
    name: `a new nginx in front${variant.path ? ` below ${variant.path}` : ''}`,
    missing,
    async setUp(place) {
      await unpack(place)
      const { folder, port, path, root, logs, jiraUrl, tls } = place
      const printed = nginxCommand([
        ...['--server-name', 'app.localhost', '--gitlab', upstream ?? place.gitlab, '--path', path],
        ...['--root', root, '--logs', logs, '--listen', `127.0.0.1:${port}`, '--frame-ancestors', jiraUrl],
        ...(tls ? ['--tls-certificate', tls.certificate, '--tls-key', tls.key] : []),
        ...['--hsts', HSTS, ...(hasBrotli ? ['--brotli'] : [])],
      ])
      if ('problem' in printed) throw new Error(printed.problem)
      const file = join(folder, 'printed.conf')
      await writeFile(file, printed.output)
      return [await nginxOf(place, `include ${file};`, { mostDescriptors })]
    },
  }
}

/** The server for the page alone, run without root, by the command of its systemd unit. */
export async function pageOnly(place: Place, port: number): Promise<Command> {
  const file = join(place.root, copyBelowPath(place, 'nginx/page-only.conf'))
  allowFraming(place, file)
  const here = {
    '/tmp/gitlab-for-jira': `${place.folder}/temporary/gitlab-for-jira`,
    'listen 8080': `listen 127.0.0.1:${port}`,
  }
  await mkdir(join(place.folder, 'temporary'), { mode: 0o777 })
  run(
    `chmod 777 ${place.folder}/temporary; sed -i 's,/tmp/gitlab-for-jira,${here['/tmp/gitlab-for-jira']},; s,listen 8080,${here['listen 8080']},' ${file}`,
    place.folder,
    {},
  )
  const [, start = ''] = /^ExecStart=(.*)$/m.exec(pageOnlyService()) ?? []
  const [, ...args] = [...start.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word)
  const documented = '/var/www/gitlab-for-jira/current/nginx/page-only.conf'
  return {
    command: nginx ?? '',
    args: args.map((word) => (word === documented ? file : word)),
    port,
    asNobody: true,
  }
}

/**
 * Has systemd itself judge the unit of that server.
 * @returns its complaints; empty: none
 */
export async function complaintsOfSystemd(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'judged-'))
  try {
    const unit = join(folder, 'gitlab-for-jira.service')
    // It looks whether the command is there.
    await writeFile(unit, pageOnlyService().replace('/usr/sbin/nginx', findNginx() ?? process.execPath))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    return status === 0 ? stderr : `${status}: ${stderr}`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const listen = ({ port, tls }: Pick<Place, 'port' | 'tls'>) =>
  `listen 127.0.0.1:${port}${tls ? ' ssl' : ''};${tls ? ` ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};` : ''}`

async function makeEtc(place: Place): Promise<string> {
  const etc = join(place.folder, 'etc')
  await mkdir(etc, { recursive: true })
  return etc
}

/**
 * In the shape of the Linux package's templates: headers, logs, and error pages for the whole server, locations as
 * prefixes and regular expressions, and the custom configuration at its end. Its log hides fewer secrets than GitLab's.
 */
function packageServer({ port, path, logs, folder, tls }: Place, custom: string, upstream: string): string {
  const scheme = tls ? 'https' : 'http'
  return `log_format gitlab_access '$remote_addr "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
upstream gitlab-workhorse { server ${upstream.replace('http://', '')}; }
server {
  ${listen({ port, tls })}
  server_name app.localhost;
  client_max_body_size 0;
  add_header Strict-Transport-Security "${HSTS}";
  add_header Referrer-Policy strict-origin-when-cross-origin;
  proxy_hide_header Referrer-Policy;
  access_log ${logs}/gitlab_access.log gitlab_access;
  error_log ${logs}/gitlab_error.log error;
  if ($http_host = "") { set $http_host_with_default "app.localhost"; }
  if ($http_host != "") { set $http_host_with_default $http_host; }
  gzip on;
  gzip_static on;
  gzip_vary on;
  gzip_types text/plain text/css application/json text/javascript;
  proxy_read_timeout 3600;
  proxy_redirect off;
  proxy_intercept_errors on;
  proxy_http_version 1.1;
  proxy_set_header Host $http_host_with_default;
  proxy_set_header X-Real-IP $remote_addr;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto ${scheme};
  location ~ (/api/v\\d/jobs/\\d+/artifacts$|\\.git/git-receive-pack$) {
    proxy_cache off; proxy_pass http://gitlab-workhorse; proxy_request_buffering off;
  }
  location ~ ^/api/v\\d { proxy_pass http://gitlab-workhorse; proxy_intercept_errors off; }
  location ${path || '/'} { proxy_cache off; proxy_pass http://gitlab-workhorse; }
  location ${path}/assets { add_header X-Content-Type-Options nosniff; proxy_pass http://gitlab-workhorse; }
  error_page 404 /404.html;
  error_page 502 /502.html;
  location ~ ^/(404|502)(-custom)?\\.html$ { root ${folder}/public; internal; }
  ${custom}
}`
}

/**
 * Has nginx itself judge a printed configuration. Files and ports that this machine lacks are replaced.
 * @returns nginx's complaints; empty: none
 */
export async function complaintsOf(printed: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'judged-'))
  try {
    const { certificate, key } = makeCertificate(folder)
    const here = printed
      .replaceAll(/(?<=ssl_certificate )\S+(?=;)|(?<=proxy_ssl_trusted_certificate )\S+(?=;)/g, certificate)
      .replaceAll(/(?<=ssl_certificate_key )\S+(?=;)/g, key)
      .replaceAll('/var/log/nginx', folder)
      .replaceAll('gitlab.internal', '127.0.0.1')
      .replaceAll('/tmp/gitlab-for-jira', join(folder, 'gitlab-for-jira'))
      .replaceAll('{port}', '443')
      // High ports, of which each is still another.
      .replaceAll(
        /listen (\[::\]:)?(\d+)/g,
        (_all, v6 = '127.0.0.1:', port = '') => `listen ${v6}${40_000 + Number(port)}`,
      )
    const file = join(folder, 'nginx.conf')
    const isWhole = printed.includes('\nhttp {')
    const around = `pid ${folder}/nginx.pid;\nerror_log ${folder}/main.log;\nevents { }\nhttp {\n${temporaryFolders(folder)}\n${here}\n}\n`
    await writeFile(file, isWhole ? here : around)
    const options = ['-t', '-q', '-p', folder, '-c', file]
    const { status, stderr } = spawnSync(nginx ?? '', options, { encoding: 'utf8' })
    return status === 0 && stderr === '' ? '' : stderr
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Here, nothing of the system's is used. */
function temporaryFolders(folder: string): string {
  const names = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return names.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')
}

/** @throws {Error} nginx refuses the configuration */
async function nginxOf(
  { folder, logs, port }: Place,
  http: string,
  { mostDescriptors }: { mostDescriptors: number | undefined },
): Promise<Command> {
  const file = join(folder, 'nginx.conf')
  await writeFile(
    file,
    `${hasBrotli ? `load_module ${BROTLI_MODULE};` : ''}
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user nobody nogroup;' : ''}
pid ${folder}/nginx.pid;
error_log ${logs}/main.log info;
events { }
http {
  ${temporaryFolders(folder)}
  ${http}
}
`,
  )
  const options = ['-p', folder, '-c', file]
  const { status, stderr } = spawnSync(nginx ?? '', ['-t', '-q', ...options], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`nginx refuses the configuration: ${stderr}`)
  return { command: nginx ?? '', args: options, port, ...(mostDescriptors && { mostDescriptors }) }
}
