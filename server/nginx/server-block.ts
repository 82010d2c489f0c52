import { indented, paragraphs } from './layout.ts'

export interface ServerOptions {
  /** The public host names of the GitLab, without port. */
  serverNames: readonly string[]
  /** Where nginx reaches that GitLab: an origin over http or https, or `http://unix:/path/of/a/socket`. */
  gitlab: string
  /** CA certificates for verifying that GitLab, if it is reached over https. */
  gitlabCertificates: string
  /** Relative URL root of that GitLab, such as `/gitlab`; empty: none. */
  path: string
  /** The folder for the logs. */
  logs: string
  /** `[address:]port`; empty: the usual port on all addresses. */
  listen: readonly string[]
  /** Files with the certificate and key; without them, TLS is terminated before nginx. */
  tls?: { certificate: string; key: string }
  /** The folder in which certbot or another ACME client answers challenges at port 80; empty: none. */
  acme: string
}

/**
 * Everything an nginx needs to be the reverse proxy of a GitLab: it belongs in the `http` context, like files in
 * `conf.d`. Bodies can have any size, WebSockets work, and logs contain no queries. The options must be safe: they are
 * neither validated nor quoted.
 * @param locations what the server block has in addition
 * @see https://docs.gitlab.com/administration/settings/jira_cloud_app/#using-a-reverse-proxy
 */
export function serverBlocks(options: ServerOptions, locations?: string): string {
  const { serverNames, gitlab, path, logs, tls } = options
  // One nginx can include several of these files.
  const format = `gitlab_for_jira_${serverNames[0]?.replaceAll(/\W/g, '_')}`
  const logging = `access_log ${logs}/gitlab-for-jira.access.log ${format};
# At any other level, nginx logs whole URLs when GitLab is down or files can't be opened.
error_log ${logs}/gitlab-for-jira.error.log emerg;`
  const server = (...parts: (string | undefined)[]) => `server {\n${indented(paragraphs(parts))}\n}`
  const names = `server_name ${serverNames.join(' ')};\nserver_tokens off;`

  return paragraphs([
    `# URLs contain secrets in their query (jwt, code), so only paths are logged.
map $request_uri $gitlab_for_jira_path {
    "~^(?<gitlab_for_jira_before_query>[^?]*)" $gitlab_for_jira_before_query;
}
log_format ${format} '$remote_addr [$time_iso8601] "$request_method $gitlab_for_jira_path $server_protocol" '
    '$status $body_bytes_sent $request_time "$http_user_agent"';`,

    `map $http_upgrade $gitlab_for_jira_connection {
    default upgrade;
    ""      close;
}`,

    tls ? undefined : SCHEME_MAP,

    redirects(options)
      ? server(`listen 80;\nlisten [::]:80;\n${names}`, logging, acmeLocation(options), REDIRECT(options))
      : undefined,

    server(
      `${listenDirectives(options)}\n${names}`,
      tls && tlsDirectives(tls),
      logging,
      `# Secrets in compressed pages can be guessed in spite of TLS. Our own files are compressed in advance.
gzip off;

# GitLab limits uploads itself.
client_max_body_size 0;`,
      `proxy_http_version 1.1;
proxy_buffering off;
proxy_request_buffering off;
proxy_buffers 8 16k;
proxy_buffer_size 16k;
proxy_read_timeout 1h;
proxy_redirect off;
# GitLab checks the host in what Jira signs. Bodies aren't rewritten: the app's key contains the host, too.
proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto ${tls ? '$scheme' : '$gitlab_for_jira_scheme'};
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $gitlab_for_jira_connection;`,
      gitlab.startsWith('https:') ? upstreamTlsDirectives(options) : undefined,
      `${path ? `# The rest of this host isn't GitLab's: put your own locations here.\nlocation / {\n    return 404;\n}\n\n` : ''}\
location ${path || '/'} {
    proxy_pass ${gitlab};
}`,
      locations,
    ),
  ])
}

/** Without TLS here, only the proxy in front knows whether the browser used https. */
const SCHEME_MAP = `map $http_x_forwarded_proto $gitlab_for_jira_scheme {
    default $scheme;
    https   https;
}`

/** Where nginx has the usual ports, people who type http:// reach it, too. */
const redirects = ({ tls, listen }: ServerOptions) => tls !== undefined && listen.length === 0

const REDIRECT = ({ serverNames }: ServerOptions) => `location / {
    return 301 https://${serverNames.length > 1 ? '$host' : serverNames[0]}$request_uri;
}`

const acmeLocation = ({ acme }: ServerOptions) =>
  acme === ''
    ? undefined
    : `# Checks of Let's Encrypt and others before they renew the certificate.
location /.well-known/acme-challenge/ {
    root ${acme};
}`

function listenDirectives({ listen, tls }: ServerOptions): string {
  const port = tls ? '443' : '80'
  const addresses = listen.length > 0 ? listen : [port, `[::]:${port}`]
  // nginx before 1.25 supports HTTP/2 only here; newer versions accept it with a warning.
  return addresses.map((address) => `listen ${address}${tls ? ' ssl http2' : ''};`).join('\n')
}

function tlsDirectives({ certificate, key }: NonNullable<ServerOptions['tls']>): string {
  return `ssl_certificate ${certificate};
ssl_certificate_key ${key};
ssl_protocols TLSv1.2 TLSv1.3;
ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
ssl_prefer_server_ciphers off;
ssl_session_cache shared:gitlab_for_jira:10m;
ssl_session_timeout 1d;
ssl_session_tickets off;`
}

function upstreamTlsDirectives({ gitlabCertificates }: ServerOptions): string {
  return `proxy_ssl_server_name on;
proxy_ssl_verify on;
proxy_ssl_verify_depth 3;
proxy_ssl_trusted_certificate ${gitlabCertificates};`
}
