import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findNginx, UNPACKED_NGINX } from '#e2e/setup/find-nginx.ts'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { serveHttp } from '#mocks/http-server.ts'
import { httpNetwork, httpsNetwork } from '#mocks/network.ts'
import { createSite } from '#mocks/world.ts'
import { nginxConfiguration } from '#server/nginx/nginx-configuration.ts'
import { parseNginxOptions } from '#server/nginx/nginx-options.ts'
import { freePort } from './free-port.ts'

export interface NginxHostOptions {
  /** Relative URL root of the GitLab behind, such as `/gitlab`; default none. */
  path?: string
  /** Whether nginx terminates TLS, with an untrusted certificate; default false. */
  tls?: boolean
  /** More options of `npm run nginx`. */
  args?: readonly string[]
  /** What config.json holds; default: there is no such file, and GitLab says the client id. */
  config?: (gitlab: GitLab) => object
}

/** A mock GitLab behind a real nginx with the printed configuration and the built page, and a Jira site. */
export interface NginxHost {
  readonly jiraUrl: string
  /** The public URL of the GitLab behind nginx, including its relative URL root. */
  readonly appUrl: string
  readonly app: GitLab
  /** Requests that reached the GitLab behind nginx, oldest first: method, URL and headers. */
  readonly received: { readonly request: string; readonly headers: Headers }[]
  /** Whether this nginx has the module that brotli takes. */
  readonly hasBrotli: boolean
  /** Sends a request to nginx; the path is relative to the public URL. */
  get(path: string, init?: RequestInit): Promise<Response>
  /** The content of all of nginx's logs. */
  readLogs(): Promise<string>
  /** Ends the GitLab behind, as if it were down. */
  stopGitLab(): Promise<void>
  close(): Promise<void>
}

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const BROTLI_MODULE = join(UNPACKED_NGINX, 'usr/lib/nginx/modules/ngx_http_brotli_static_module.so')
const START_TIMEOUT_MS = 10_000

/**
 * Does what docs/operators.md tells operators to do, on loopback and in a temporary folder.
 * @throws {Error} nginx refuses the configuration, or does not start
 */
export async function startNginxHost(options: NginxHostOptions = {}): Promise<NginxHost> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-host-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    return await start(folder, options, closing, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  folder: string,
  { path = '', tls = false, args = [], config }: NginxHostOptions,
  closing: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<NginxHost> {
  const nginx = findNginx()
  if (!nginx) throw new Error('There is no nginx on this machine.')
  const hasBrotli = nginx.startsWith(UNPACKED_NGINX) && existsSync(BROTLI_MODULE)
  const [root, logs, site] = [
    join(folder, 'page'),
    join(folder, 'logs'),
    join(folder, 'gitlab-for-jira.conf'),
  ]
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
  if (tls) makeCertificate(files)
  const network = tls ? httpsNetwork(await readFile(files.certificate, 'utf8')) : httpNetwork

  const port = await freePort()
  const appUrl = `http${tls ? 's' : ''}://app.localhost:${port}${path}`
  const jiraServer = await serveHttp((request) => jira.handle(request), 0)
  closing.push(() => jiraServer.close())
  const jiraUrl = `http://jira.localhost:${jiraServer.port}`
  const { gitlab: app, jira } = createSite({
    jiraUrl,
    appUrl,
    network,
    settings: { saas: config !== undefined },
  })
  const received: NginxHost['received'] = []
  const gitlabServer = await serveHttp((request) => {
    received.push({ request: `${request.method} ${request.url}`, headers: request.headers })
    return app.handle(request)
  }, 0)
  closing.push(() => gitlabServer.close())

  await cp(DIST, root, { recursive: true })
  if (config) await writeFile(join(root, 'config.json'), JSON.stringify(config(app)))
  await mkdir(logs)
  const printed = nginxConfiguration(
    parseNginxOptions([
      ...['--server-name', 'app.localhost', '--gitlab', `http://127.0.0.1:${gitlabServer.port}`],
      ...['--path', path, '--root', root, '--logs', logs, '--listen', `127.0.0.1:${port}`],
      ...['--frame-ancestors', jiraUrl],
      ...(tls ? ['--tls-certificate', files.certificate, '--tls-key', files.key] : []),
      ...(hasBrotli ? ['--brotli'] : []),
      ...args,
    ]),
  )
  await writeFile(site, printed)
  closing.push(await startNginx(nginx, folder, surrounding(folder, site, hasBrotli), port))
  await jira.install()

  return {
    jiraUrl,
    appUrl,
    app,
    received,
    hasBrotli,
    get: (below, init) => network(new Request(appUrl + below, init)),
    async readLogs() {
      const names = await readdir(logs)
      return (await Promise.all(names.map((name) => readFile(join(logs, name), 'utf8')))).join('')
    },
    stopGitLab: () => gitlabServer.close(),
    close,
  }
}

/** What an nginx has around the printed file; here, without anything of the system's. */
function surrounding(folder: string, site: string, hasBrotli: boolean): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `${hasBrotli ? `load_module ${BROTLI_MODULE};` : ''}
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/logs/main.log info;
events { }
http {
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  include ${site};
}
`
}

/**
 * Has nginx itself judge a printed configuration, with a certificate at hand as `{certificate}` and `{key}`.
 * @param args options of `npm run nginx`, but for names and folders
 * @returns nginx's complaints; empty: none
 */
export async function judgeConfiguration(args: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-judge-'))
  try {
    const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
    if (args.some((arg) => arg.startsWith('{'))) makeCertificate(files)
    const filled = args.map((arg) =>
      arg.replace('{certificate}', files.certificate).replace('{key}', files.key),
    )
    const site = join(folder, 'gitlab-for-jira.conf')
    await mkdir(join(folder, 'logs'))
    const own = ['--server-name', 'gitlab.example.com', '--logs', join(folder, 'logs')]
    const listen = ['--listen', `127.0.0.1:${await freePort()}`]
    await writeFile(site, nginxConfiguration(parseNginxOptions([...own, ...listen, ...filled])))
    return await refusalOf(findNginx() ?? '', folder, surrounding(folder, site, false))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns what nginx says against the configuration; empty: nothing */
async function refusalOf(nginx: string, folder: string, configuration: string): Promise<string> {
  await writeFile(join(folder, 'nginx.conf'), configuration)
  const options = ['-t', '-q', '-p', folder, '-c', join(folder, 'nginx.conf')]
  const { status, stderr } = spawnSync(nginx, options, { encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

/** @returns what ends it */
async function startNginx(
  nginx: string,
  folder: string,
  configuration: string,
  port: number,
): Promise<() => Promise<unknown>> {
  const refusal = await refusalOf(nginx, folder, configuration)
  if (refusal !== '') throw new Error(`nginx refuses the printed configuration: ${refusal}`)
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await isListening(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill()
      throw new Error(`nginx does not start: ${await readFile(join(folder, 'logs/main.log'), 'utf8')}`)
    }
    await sleep(20)
  }
  return () => {
    child.kill()
    return ended
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** For this machine's own names, and for two days. */
function makeCertificate({ certificate, key }: { certificate: string; key: string }): void {
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2']
  const names = ['-subj', '/CN=app.localhost', '-addext', 'subjectAltName=DNS:app.localhost']
  const made = spawnSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', certificate])
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`)
}
