import { parseArgs } from 'node:util'
import type { NginxOptions } from './nginx-configuration.ts'

/** What `npm run nginx -- --help` prints. */
export const NGINX_USAGE = `Prints the configuration of an nginx that puts the built page in front of GitLab.

  npm run --silent nginx -- --server-name NAME --gitlab URL [options]

  --server-name NAME        public host name of GitLab; may be repeated
  --gitlab URL              where nginx reaches GitLab: http://127.0.0.1:8181, https://gitlab.internal,
                            or unix:/path/of/the/socket of GitLab Workhorse
  --gitlab-ca FILE          CA certificates for verifying a GitLab behind https
                            (/etc/ssl/certs/ca-certificates.crt)
  --path PATH               relative URL root of GitLab, such as /gitlab (none)
  --root FOLDER             with the built page and config.json (/var/www/gitlab-for-jira)
  --logs FOLDER             (/var/log/nginx)
  --tls-certificate FILE    with --tls-key FILE: nginx terminates TLS
  --listen [ADDRESS:]PORT   may be repeated (443 with TLS, else 80; on all addresses)
  --instances WHICH         which other instances can be chosen, as in config.json: none, any, or
                            a URL; URLs may be repeated (none)
  --frame-ancestors SOURCE  who else can frame the page besides Jira Cloud, such as the custom domain of
                            a Jira site, https://jira.example.com; may be repeated
  --brotli                  nginx has the module ngx_brotli
`

/**
 * Reads the command line of `npm run nginx`. The result is safe to write into a configuration unquoted.
 * @throws {Error} with one line that names the invalid option
 */
export function parseNginxOptions(args: string[]): NginxOptions {
  const values = valuesOf(args)
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
    gitlabCertificates: file('--gitlab-ca', values['gitlab-ca']),
    path: matching('--path', values.path, /^(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/, 'a path such as "/gitlab"'),
    root: file('--root', values.root),
    logs: file('--logs', values.logs),
    listen: (values.listen ?? []).map(listenOf),
    ...(certificate !== undefined &&
      key !== undefined && {
        tls: { certificate: file('--tls-certificate', certificate), key: file('--tls-key', key) },
      }),
    instances: instancesOf(values.instances ?? []),
    frameAncestors: (values['frame-ancestors'] ?? []).map((source) =>
      matching('--frame-ancestors', source, FRAME_ANCESTOR, 'an origin such as "https://jira.example.com"'),
    ),
    brotli: values.brotli,
  }
}

const HOST_NAME = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i
const FRAME_ANCESTOR = /^https?:\/\/(\*\.)?[a-z\d.-]+(:\d{1,5})?$/i
// Only characters without a meaning for nginx, quoted or not: no spaces, quotes, braces, semicolons, variables.
const FILE = /^\/[\w.@+=,~/-]*$/

function valuesOf(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'server-name': { type: 'string', multiple: true },
        gitlab: { type: 'string' },
        'gitlab-ca': { type: 'string', default: '/etc/ssl/certs/ca-certificates.crt' },
        path: { type: 'string', default: '' },
        root: { type: 'string', default: '/var/www/gitlab-for-jira' },
        logs: { type: 'string', default: '/var/log/nginx' },
        'tls-certificate': { type: 'string' },
        'tls-key': { type: 'string' },
        listen: { type: 'string', multiple: true },
        instances: { type: 'string', multiple: true },
        'frame-ancestors': { type: 'string', multiple: true },
        brotli: { type: 'boolean', default: false },
      },
    }).values
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

function listenOf(value: string): string {
  const what = 'a port or an address and a port, such as "8443", "127.0.0.1:8443" or "[::1]:8443"'
  matching('--listen', value, /^((\[[\da-f:]+\]|\d+(\.\d+){3}):)?\d{1,5}$/i, what)
  const port = Number(value.split(':').at(-1))
  if (port < 1 || port > 65_535) throw new Error(`--listen must be ${what}, not "${value}".`)
  return value
}

function instancesOf(values: readonly string[]): NginxOptions['instances'] {
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
