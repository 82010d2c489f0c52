import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#e2e/free-port.ts'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { serveHttp } from '#mocks/http-server.ts'
import type { Network } from '#mocks/network.ts'
import { httpNetwork, httpsNetwork } from '#mocks/network.ts'
import { createSite } from '#mocks/world.ts'
import type { Command } from './web-server.ts'
import { startWebServer } from './web-server.ts'

/** Where things are while a deployment is set up. */
export interface Place {
  /** For the configuration; everyone can read it. */
  readonly folder: string
  /** What operators call /var/www/gitlab-for-jira. */
  readonly root: string
  readonly logs: string
  /** The port of the web server in front. */
  readonly port: number
  /** Relative URL root of the GitLab behind; empty: none. */
  readonly path: string
  readonly jiraUrl: string
  /** Where the GitLab behind is, `http://127.0.0.1:PORT`. */
  readonly gitlab: string
  /** Files with a certificate that no browser trusts, if the web server terminates TLS. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined
}

/** A way of putting the page in front of a GitLab. */
export interface Deployment {
  readonly name: string
  /** The line that makes it runnable on this machine; undefined: it is. */
  readonly missing: string | undefined
  readonly path?: string
  readonly isTls?: boolean
  /**
   * Nothing of it comes from a configuration that operators already have: Strict-Transport-Security is for our files
   * alone, and requests say where they come from.
   */
  readonly isOwnServer?: boolean
  /** The web server looks for the GitLab where there is none, so Jira can't install the app. */
  readonly isCutOff?: boolean
  /** Does what the documents tell operators. Returns the servers to start, those behind others first. */
  setUp(place: Place): Promise<readonly Command[]>
}

/** A mock GitLab behind a real web server with the page, and a Jira site. */
export interface Site extends Place {
  /** The public URL of the GitLab, including its relative URL root. */
  readonly appUrl: string
  readonly isOwnServer: boolean
  readonly app: GitLab
  /** Requests that reached the GitLab, oldest first: method, URL and headers. */
  readonly received: { readonly request: string; readonly headers: Headers }[]
  /** Sends a request to the web server; the path is relative to the public URL. */
  get(path: string, init?: RequestInit): Promise<Response>
  /** The content of all logs, of all servers. */
  readLogs(): Promise<string>
  /** Ends the GitLab, as if it were down. */
  stopGitLab(): Promise<void>
  close(): Promise<void>
}

/** @throws {Error} a server refuses its configuration, or does not start */
export async function startSite(deployment: Deployment): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'deployment-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    return { ...(await start(deployment, folder, closing)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  { path = '', isTls = false, isOwnServer = false, isCutOff = false, setUp }: Deployment,
  folder: string,
  closing: (() => Promise<unknown>)[],
): Promise<Omit<Site, 'close'>> {
  const [root, logs] = [join(folder, 'page'), join(folder, 'logs')]
  for (const each of [root, logs]) await mkdir(each)
  // Servers give up their rights before they read files.
  for (const each of [folder, root]) await chmod(each, 0o755)
  await chmod(logs, 0o777)
  const tls = isTls ? makeCertificate(folder) : undefined
  const network: Network = tls ? httpsNetwork(await readFile(tls.certificate, 'utf8')) : httpNetwork

  const port = await freePort()
  const appUrl = `http${tls ? 's' : ''}://app.localhost:${port}${path}`
  const jiraServer = await serveHttp((request) => jira.handle(request), 0)
  closing.push(() => jiraServer.close())
  const jiraUrl = `http://jira.localhost:${jiraServer.port}`
  const { gitlab: app, jira } = createSite({ jiraUrl, appUrl, network, settings: { saas: false } })
  const received: Site['received'] = []
  const gitlabServer = await serveHttp(async (request) => {
    received.push({ request: `${request.method} ${request.url}`, headers: request.headers })
    // A response before the whole body is there makes web servers break the connection, or call it a failure.
    if (request.body) await request.clone().arrayBuffer()
    return app.handle(request)
  }, 0)
  closing.push(() => gitlabServer.close())

  const gitlab = `http://127.0.0.1:${gitlabServer.port}`
  const place: Place = { folder, root, logs, port, path, jiraUrl, gitlab, tls }
  for (const [index, command] of (await setUp(place)).entries()) {
    closing.push(await startWebServer(`server-${index}`, command, logs))
  }
  if (!isCutOff) await jira.install()

  return {
    ...place,
    appUrl,
    isOwnServer,
    app,
    received,
    get: (below, init) => network(new Request(appUrl + below, init)),
    async readLogs() {
      const names = await readdir(logs)
      return (await Promise.all(names.map((name) => readFile(join(logs, name), 'utf8')))).join('')
    },
    stopGitLab: () => gitlabServer.close(),
  }
}

/** For this machine's own names, and for two days. */
export function makeCertificate(folder: string): { certificate: string; key: string } {
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') }
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2']
  const names = ['-subj', '/CN=app.localhost', '-addext', 'subjectAltName=DNS:app.localhost']
  const made = spawnSync('openssl', [
    'req',
    ...kind,
    ...names,
    '-keyout',
    files.key,
    '-out',
    files.certificate,
  ])
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`)
  return files
}
