import { indented, paragraphs } from './layout.ts'
import type { PageOptions } from './page-locations.ts'
import { pageLocations, withoutOurHeaders } from './page-locations.ts'
import type { ServerOptions } from './server-block.ts'
import { serverBlocks } from './server-block.ts'

/** What is printed, each with the options it has. */
export type NginxOptions =
  | ({ kind: 'server' } & PageOptions & ServerOptions)
  | ({ kind: 'locations' /** GitLab, as in `proxy_pass`. */; upstream: string } & PageOptions)
  | ({ kind: 'page-only'; listen: readonly string[] } & PageOptions)

/**
 * The configuration of an nginx that serves the built page: a server in front of a GitLab, the locations for the nginx
 * that already is in front of it, or a server for nothing but the page. The options must be safe: they are neither
 * validated nor quoted.
 * @returns the text of the file
 */
export function nginxConfiguration(options: NginxOptions): string {
  const { root, instances, path } = options
  const heading = `# GitLab for Jira: ${SUBJECTS[options.kind]}
# ${root}/config.json must list the same instances as this file:
#   ${JSON.stringify({ instances })}
# To see which page is live (only this one's policy begins like that):
#   curl -sI https://${nameOf(options)}${path}/-/jira_connect/subscriptions | grep "default-src 'none'"`
  return `${paragraphs([heading, contentOf(options)])}\n`
}

const SUBJECTS = {
  server: 'the configuration page in front of GitLab.',
  locations: `the configuration page, for the server block of the nginx that is in front of GitLab.
# If your add_header lines are in the http block, repeat them in that server block: this file has some, too.`,
  'page-only':
    'a server for the configuration page alone. It runs without root:\n#   nginx -c /path/of/this/file',
}

const nameOf = (options: NginxOptions) =>
  options.kind === 'server' ? (options.serverNames[0] ?? '') : 'gitlab.example.com'

function contentOf(options: NginxOptions): string {
  switch (options.kind) {
    case 'server': {
      const locations = pageLocations({ ...options, fallback: '@gitlab_for_jira', quiet: [] })
      const passing = `location @gitlab_for_jira {\n${indented(`${withoutOurHeaders()}\nproxy_pass ${options.gitlab};`)}\n}`
      return serverBlocks(options, paragraphs([locations, passing]))
    }
    case 'locations':
      return locationsForOtherServer(options)
    case 'page-only':
      return pageOnly(options)
    default:
      return options satisfies never
  }
}

/** The server's own logs can contain queries, and its error pages lead to a location that logs them. */
const QUIET = ['access_log off;', 'error_log /dev/null emerg;']

function locationsForOtherServer(options: NginxOptions & { kind: 'locations' }): string {
  const { path, upstream } = options
  const passing = (name: string, ...lines: string[]) =>
    `location ${name} {\n${indented([...QUIET, 'error_page 599 /;', ...lines, `proxy_pass ${upstream};`].join('\n'))}\n}`
  return paragraphs([
    pageLocations({ ...options, fallback: '@gitlab_for_jira', quiet: QUIET }),
    `# Goes to GitLab like everything else, but these URLs contain secrets, so they aren't logged here.
${passing(`^~ ${path}/-/jira_connect/`)}`,
    passing(`= ${path}/oauth/authorize`),
    passing('@gitlab_for_jira', withoutOurHeaders()),
  ])
}

function pageOnly(options: NginxOptions & { kind: 'page-only' }): string {
  const listen = options.listen.length > 0 ? options.listen : ['8080']
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `pid /tmp/gitlab-for-jira.pid;
# At any other level, nginx logs whole URLs, which contain secrets.
error_log stderr emerg;
events { }

http {
    access_log off;
    server_tokens off;
${temporary.map((name) => `    ${name}_temp_path /tmp/gitlab-for-jira-${name};`).join('\n')}

    server {
${listen.map((address) => `        listen ${address};`).join('\n')}

        # Without the page, whatever routes to this server can leave it to GitLab.
        location = /healthz {
            default_type text/plain;
            if (!-f ${options.root}/current/page/index.html) {
                return 503 "no page\\n";
            }
            return 200 "ok\\n";
        }

${indented(indented(pageLocations({ ...options, fallback: undefined, quiet: [] })))}

        location / {
            return 404;
        }
    }
}`
}
