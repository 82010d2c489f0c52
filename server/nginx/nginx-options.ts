import { parseArgs } from 'node:util'
import type { NginxOptions } from './nginx-configuration.ts'
import type { PageOptions } from './page-locations.ts'

/** What `npm run nginx -- --help` prints. */
export const NGINX_USAGE = `Prints the configuration of an nginx that serves the built page.

  npm run --silent nginx -- [server] --server-name NAME --gitlab URL [options]
  npm run --silent nginx -- locations [options]
  npm run --silent nginx -- page-only [options]
  npm run --silent nginx -- config.json | policy [options]

  server                    a server of its own in front of GitLab
  locations                 for the server block of the nginx that already is in front of GitLab
  page-only                 a server for the page alone, to which something else routes its paths
  config.json, policy       what config.json and the Content-Security-Policy are with the same options

  --path PATH               relative URL root of GitLab, such as /gitlab (none)
  --root FOLDER             with the unpacked releases and config.json (/var/www/gitlab-for-jira)
  --instances WHICH         which other instances can be chosen, as in config.json: none, any, or
                            a URL; URLs may be repeated (none)
  --frame-ancestors SOURCE  who else can frame the page besides Jira Cloud, such as the custom domain of
                            a Jira site, https://jira.example.com; may be repeated
  --hsts VALUE              Strict-Transport-Security for the page's own files, such as max-age=63072000,
                            if no add_header of the server sends it (none)
  --brotli                  nginx has the module ngx_brotli

  locations:
  --upstream URL            GitLab, as in the proxy_pass of that server block (http://gitlab-workhorse)

  server and page-only:
  --listen [ADDRESS:]PORT   may be repeated (443 with TLS, else 80; page-only: 8080; on all addresses)

  server:
  --server-name NAME        public host name of GitLab; may be repeated
  --gitlab URL              where nginx reaches GitLab: http://127.0.0.1:8181, https://gitlab.internal,
                            or unix:/path/of/the/socket of GitLab Workhorse
  --gitlab-ca FILE          CA certificates for verifying a GitLab behind https
                            (/etc/ssl/certs/ca-certificates.crt)
  --logs FOLDER             (/var/log/nginx)
  --tls-certificate FILE    with --tls-key FILE: nginx terminates TLS; without --listen, it also redirects
                            port 80
  --acme FOLDER             where an ACME client writes challenges, which are served at port 80 (none)
`

/** What can be printed. */
export type Printed = NginxOptions | ({ kind: 'config.json' | 'policy' } & PageOptions)

const KINDS = ['server', 'locations', 'page-only', 'config.json', 'policy'] as const
type Kind = (typeof KINDS)[number]

/** The options that not everything has. */
const ONLY_FOR: Record<string, readonly Kind[]> = {
  'server-name': ['server'],
  gitlab: ['server'],
  'gitlab-ca': ['server'],
  logs: ['server'],
  'tls-certificate': ['server'],
  'tls-key': ['server'],
  acme: ['server'],
  listen: ['server', 'page-only'],
  upstream: ['locations'],
}

/**
 * Reads the command line of `npm run nginx`. The result is safe to write into a configuration unquoted.
 * @throws {Error} with one line that names the invalid option
 */
export function parseNginxOptions(args: string[]): Printed {
  const { kind, values } = valuesOf(args)
  for (const [option, kinds] of Object.entries(ONLY_FOR)) {
    if (option in values && !kinds.includes(kind)) {
      throw new Error(`--${option} is an option of ${kinds.join(' and ')}, not of ${kind}.`)
    }
  }
  const page: PageOptions = {
    path: matching(
      '--path',
      values.path ?? '',
      /^(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/,
      'a path such as "/gitlab"',
    ),
    root: file('--root', values.root ?? '/var/www/gitlab-for-jira'),
    instances: instancesOf(values.instances ?? []),
    frameAncestors: (values['frame-ancestors'] ?? []).map((source) =>
      matching('--frame-ancestors', source, FRAME_ANCESTOR, 'an origin such as "https://jira.example.com"'),
    ),
    hsts: matching('--hsts', values.hsts ?? '', HSTS, 'a value such as "max-age=63072000"'),
    brotli: values.brotli ?? false,
  }
  const listen = (values.listen ?? []).map(listenOf)
  switch (kind) {
    case 'server':
      return { kind, ...page, listen, ...serverOptionsOf(values) }
    case 'locations':
      return { kind, ...page, upstream: upstreamOf(values.upstream ?? 'http://gitlab-workhorse') }
    case 'page-only':
      return { kind, ...page, listen }
    default:
      return { kind, ...page }
  }
}

function serverOptionsOf(values: ReturnType<typeof valuesOf>['values']) {
  const serverNames = required('--server-name', values['server-name'], 'gitlab.example.com')
  const certificate = values['tls-certificate']
  const key = values['tls-key']
  if ((certificate === undefined) !== (key === undefined)) {
    throw new Error('--tls-certificate and --tls-key go together.')
  }
  return {
    serverNames: serverNames.map((name) =>
      matching('--server-name', name, HOST_NAME, 'a host name such as "gitlab.example.com", without port'),
    ),
    gitlab: gitlabOf(required('--gitlab', values.gitlab, 'http://127.0.0.1:8181')),
    gitlabCertificates: file('--gitlab-ca', values['gitlab-ca'] ?? '/etc/ssl/certs/ca-certificates.crt'),
    logs: file('--logs', values.logs ?? '/var/log/nginx'),
    acme: values.acme === undefined ? '' : file('--acme', values.acme),
    ...(certificate !== undefined &&
      key !== undefined && {
        tls: { certificate: file('--tls-certificate', certificate), key: file('--tls-key', key) },
      }),
  }
}

const HOST_NAME = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i
const FRAME_ANCESTOR = /^https?:\/\/(\*\.)?[a-z\d.-]+(:\d{1,5})?$/i
const HSTS = /^(max-age=\d+(; ?includeSubDomains)?(; ?preload)?)?$/i
// Only characters without a meaning for nginx, quoted or not: no spaces, quotes, braces, semicolons, variables.
const FILE = /^\/[\w.@+=,~/-]*$/

function valuesOf(args: string[]) {
  // The kind is the first word; anything else that isn't an option is a mistake.
  const [first = ''] = args
  const kind = KINDS.find((word) => word === first)
  try {
    const { values } = parseArgs({
      args: kind ? args.slice(1) : args,
      options: {
        path: { type: 'string' },
        root: { type: 'string' },
        instances: { type: 'string', multiple: true },
        'frame-ancestors': { type: 'string', multiple: true },
        hsts: { type: 'string' },
        brotli: { type: 'boolean' },
        upstream: { type: 'string' },
        listen: { type: 'string', multiple: true },
        'server-name': { type: 'string', multiple: true },
        gitlab: { type: 'string' },
        'gitlab-ca': { type: 'string' },
        logs: { type: 'string' },
        'tls-certificate': { type: 'string' },
        'tls-key': { type: 'string' },
        acme: { type: 'string' },
      },
    })
    return { kind: kind ?? 'server', values }
  } catch (error) {
    // The rest of Node's message is advice about "--" that doesn't apply here.
    const [problem] = String(error instanceof Error ? error.message : error).split('. ')
    throw new Error(`${problem?.replace(/\.$/, '')}. --help lists the options.`)
  }
}

function required<Value>(option: string, value: Value | undefined, example: string): Value {
  if (value === undefined) throw new Error(`${option} is missing; for example: ${option} ${example}`)
  return value
}

function matching(option: string, value: string, pattern: RegExp, what: string): string {
  if (!pattern.test(value)) throw new Error(`${option} must be ${what}, not ${JSON.stringify(value)}.`)
  return value
}

function file(option: string, value: string): string {
  return matching(option, value, FILE, 'an absolute path without spaces and special characters').replace(
    /(?<=.)\/+$/,
    '',
  )
}

function gitlabOf(value: string): string {
  if (value.startsWith('unix:')) return `http://unix:${file('--gitlab unix:', value.slice('unix:'.length))}`
  const url = urlOf('--gitlab', value)
  if (url.pathname !== '/') {
    throw new Error(
      `--gitlab must have no path, as in ${url.origin}; a relative URL root is given by --path.`,
    )
  }
  return url.origin
}

function upstreamOf(value: string): string {
  return matching(
    '--upstream',
    value,
    /^https?:\/\/(unix:\/[\w.@+=~/-]+|[\w.:[\]-]+)$/i,
    'what proxy_pass has, without a path',
  )
}

function listenOf(value: string): string {
  const what = 'a port or an address and a port, such as "8443", "127.0.0.1:8443" or "[::1]:8443"'
  matching('--listen', value, /^((\[[\da-f:]+\]|\d+(\.\d+){3}):)?\d{1,5}$/i, what)
  const port = Number(value.split(':').at(-1))
  if (port < 1 || port > 65_535) throw new Error(`--listen must be ${what}, not "${value}".`)
  return value
}

function instancesOf(values: readonly string[]): PageOptions['instances'] {
  const [first = 'none'] = values
  const word = values.find((value) => value === 'none' || value === 'any')
  if (values.length > 1 && word) throw new Error(`--instances ${word} goes with no other --instances.`)
  if (values.length === 0 || first === 'none') return 'none'
  if (first === 'any') return 'any'
  return values.map((value) => {
    const { protocol, hostname, origin, pathname } = urlOf('--instances', value)
    if (protocol === 'http:' && !/(^|\.)localhost$/.test(hostname)) {
      throw new Error(
        `--instances must be an https URL: browsers don't let a page in Jira connect to ${value}.`,
      )
    }
    if (/^\[|\.$/.test(hostname)) {
      throw new Error(
        `--instances must have a host name without a dot at its end: Chromium ignores ${value} in a policy.`,
      )
    }
    return (origin + pathname).replace(/\/+$/, '')
  })
}

/** An http or https URL without credentials, query or fragment. */
function urlOf(option: string, value: string): URL {
  const url = /^https?:\/\/[\w.:[\]/-]+$/i.test(value) && URL.canParse(value) ? new URL(value) : undefined
  if (!url) {
    throw new Error(
      `${option} must be a URL such as "https://gitlab.example.com", not ${JSON.stringify(value)}.`,
    )
  }
  return url
}
