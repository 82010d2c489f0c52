import type { ContentSecurityPolicyOptions } from '#server/content-security-policy.ts'
import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'

export interface NginxOptions {
  /** The public host names of the GitLab that serves the page, without port. */
  serverNames: readonly string[]
  /** Where nginx reaches that GitLab: an origin over http or https, or `http://unix:/path/of/a/socket`. */
  gitlab: string
  /** CA certificates for verifying that GitLab, if it is reached over https. */
  gitlabCertificates: string
  /** Relative URL root of that GitLab, such as `/gitlab`; empty: none. */
  path: string
  /** The folder with the built page and `config.json`. */
  root: string
  /** The folder for the logs. */
  logs: string
  /** `[address:]port`; empty: the usual port on all addresses. */
  listen: readonly string[]
  /** Files with the certificate and key; without them, TLS is terminated before nginx. */
  tls?: { certificate: string; key: string }
  /** The instances that can be chosen, in addition to the one that serves the page. */
  instances: ContentSecurityPolicyOptions['connectTo']
  /** Sources that can frame the page, in addition to Jira Cloud's. */
  frameAncestors: readonly string[]
  /** Whether nginx has the module ngx_brotli. */
  brotli: boolean
}

/**
 * The configuration of an nginx that puts the built page in front of a GitLab. It belongs in the `http` context,
 * like files in `conf.d`. The options must be safe: they are neither validated nor quoted.
 * @returns the text of the file
 * @see https://docs.gitlab.com/administration/settings/jira_cloud_app/#using-a-reverse-proxy
 */
export function nginxConfiguration(options: NginxOptions): string {
  const { serverNames, gitlab, path, root, logs, tls, instances, frameAncestors, brotli } = options
  const base = `${path}/-/jira_connect`
  // One nginx can include several of these files.
  const logFormat = `gitlab_for_jira_${serverNames[0]?.replaceAll(/\W/g, '_')}`
  const headers = pageHeaders(contentSecurityPolicy({ connectTo: instances, frameAncestors }))
  // A `location` that adds a header inherits none, so the page and the callback page each need all of them.
  const sentAsPage = [
    'default_type "text/html; charset=utf-8";',
    ...Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`),
  ].join('\n        ')

  return `# GitLab for Jira: the configuration page in front of GitLab.
# ${root}/config.json must list the same instances as this file:
#   ${JSON.stringify({ instances })}

# URLs contain secrets in their query (jwt, code), so only paths are logged.
map $request_uri $gitlab_for_jira_path {
    "~^(?<gitlab_for_jira_before_query>[^?]*)" $gitlab_for_jira_before_query;
}
log_format ${logFormat} '$remote_addr [$time_iso8601] "$request_method $gitlab_for_jira_path $server_protocol" '
    '$status $body_bytes_sent $request_time "$http_user_agent"';

map $http_upgrade $gitlab_for_jira_connection {
    default upgrade;
    ""      close;
}
${tls ? '' : SCHEME_MAP}
server {
${listenDirectives(options)}
    server_name ${serverNames.join(' ')};
    server_tokens off;
${tls ? tlsDirectives(tls) : ''}
    access_log ${logs}/gitlab-for-jira.access.log ${logFormat};
    # At any other level nginx logs whole URLs.
    error_log ${logs}/gitlab-for-jira.error.log crit;

    # Secrets in compressed pages can be guessed in spite of TLS. Our own files are compressed in advance.
    gzip off;

    # GitLab limits uploads itself.
    client_max_body_size 0;

    proxy_http_version 1.1;
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
    proxy_set_header Connection $gitlab_for_jira_connection;
${gitlab.startsWith('https:') ? upstreamTlsDirectives(options) : ''}
    # Everything except our own files goes to GitLab, subscriptions.json and subscriptions/17 included.
    location / {
        proxy_pass ${gitlab};
    }
    location @gitlab {
        proxy_pass ${gitlab};
    }

    # The page. Requests with other methods go to GitLab, and so do those for the list at the same URL.
    location = ${base}/subscriptions {
        error_page 405 = @gitlab;
        if ($http_accept = "application/json") {
            return 405;
        }
        alias ${root}/index.html;
        types { }
        ${sentAsPage}
    }

    # The redirect URI. A Cross-Origin-Opener-Policy here would disconnect this window from the page that opened it.
    location = ${base}/oauth_callbacks {
        alias ${root}/callback.html;
        types { }
        ${sentAsPage}
    }

    # Settings of this deployment. If the file is missing, the response is 404, and the page uses its defaults.
    location = ${base}/config.json {
        alias ${root}/config.json;
        types { }
        default_type application/json;
        log_not_found off;
        add_header Cache-Control no-store always;
        add_header X-Content-Type-Options nosniff always;
    }

    # The names of these files change with their content.
    location ^~ ${base}/assets/ {
        alias ${root}/assets/;
        types {
            text/css               css;
            text/javascript        js;
            image/svg+xml          svg;
            image/png              png;
            font/woff2             woff2;
        }
        gzip_static on;${brotli ? '\n        brotli_static on;' : ''}
        gzip_vary on;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header X-Content-Type-Options nosniff always;
    }

    location = ${base}/app-icon.svg {
        alias ${root}/app-icon.svg;
        types { }
        default_type image/svg+xml;
        add_header Cache-Control "public, max-age=86400";
        add_header X-Content-Type-Options nosniff always;
    }
}
`.replaceAll(/\n{3,}/g, '\n\n')
}

/** Without TLS here, only the proxy in front knows whether the browser used https. */
const SCHEME_MAP = `
map $http_x_forwarded_proto $gitlab_for_jira_scheme {
    default $scheme;
    https   https;
}
`

function listenDirectives({ listen, tls }: NginxOptions): string {
  const port = tls ? '443' : '80'
  const addresses = listen.length > 0 ? listen : [port, `[::]:${port}`]
  // nginx before 1.25 supports HTTP/2 only here; newer versions accept it with a warning.
  return addresses.map((address) => `    listen ${address}${tls ? ' ssl http2' : ''};`).join('\n')
}

function tlsDirectives({ certificate, key }: NonNullable<NginxOptions['tls']>): string {
  return `
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
    ssl_prefer_server_ciphers off;
    ssl_session_cache shared:gitlab_for_jira:10m;
    ssl_session_timeout 1d;
    ssl_session_tickets off;
`
}

function upstreamTlsDirectives({ gitlabCertificates }: NginxOptions): string {
  return `
    proxy_ssl_server_name on;
    proxy_ssl_verify on;
    proxy_ssl_verify_depth 3;
    proxy_ssl_trusted_certificate ${gitlabCertificates};
`
}
