import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'
import { nginxCommand } from './nginx-command.ts'

const SERVER = ['--server-name', 'gitlab.example.com', '--gitlab', 'http://127.0.0.1:8181']

/** A configuration for a made-up company, and its lines without indentation. */
function print(...args: string[]) {
  const printed = nginxCommand(args)
  if ('problem' in printed) throw new Error(printed.problem)
  const lines = printed.output.split('\n').map((line) => line.trim())
  return {
    text: printed.output,
    lines,
    directives: (name: string) => lines.filter((line) => line.startsWith(`${name} `)),
    /** The lines of the location with this name. */
    location(name: string): string[] {
      const start = lines.indexOf(`location ${name} {`)
      const end = lines.findIndex((line, index) => index > start && line.startsWith('location '))
      if (start < 0) throw new Error(`There is no location ${name}.`)
      return lines.slice(start + 1, end < 0 ? undefined : end)
    },
  }
}

const printServer = (...args: string[]) => print(...SERVER, ...args)

const OUR_LOCATIONS = [
  'location = /-/jira_connect/subscriptions {',
  'location = /-/jira_connect/oauth_callbacks {',
  'location = /-/jira_connect/config.json {',
  'location ^~ /-/jira_connect/assets/ {',
  'location = /-/jira_connect/app-icon.svg {',
]

test('our own files are served, and everything else goes to GitLab', () => {
  const printed = printServer()

  expect(printed.directives('location')).toEqual([
    'location / {',
    ...OUR_LOCATIONS,
    'location @gitlab_for_jira {',
  ])
  expect(printed.location('/')).toContain('proxy_pass http://127.0.0.1:8181;')
  expect(printed.location('= /-/jira_connect/subscriptions')).toContain(
    'alias /var/www/gitlab-for-jira/current/page/index.html;',
  )
})

test('for the server block of another nginx, the locations alone are printed, and depend on no host', () => {
  const printed = print('locations')

  expect(printed.directives('location')).toEqual([
    ...OUR_LOCATIONS,
    'location ^~ /-/jira_connect/ {',
    'location = /oauth/authorize {',
    'location @gitlab_for_jira {',
  ])
  for (const context of ['server', 'map', 'log_format', 'listen', 'proxy_set_header']) {
    expect(printed.directives(context), context).toEqual([])
  }
  expect(new Set(printed.directives('proxy_pass'))).toEqual(new Set(['proxy_pass http://gitlab-workhorse;']))
})

test('a server for the page alone passes on nothing, and says whether it has a page', () => {
  const printed = print('page-only', '--listen', '127.0.0.1:8081')

  expect(printed.directives('location')).toEqual(['location = /healthz {', ...OUR_LOCATIONS, 'location / {'])
  expect(printed.directives('listen')).toEqual(['listen 127.0.0.1:8081;'])
  expect(printed.text).not.toContain('proxy_pass')
  expect(printed.location('= /healthz')).toContain('return 200 "ok\\n";')
})

test.each([
  ['server', printServer],
  ['locations', (...args: string[]) => print('locations', ...args)],
  ['page-only', (...args: string[]) => print('page-only', ...args)],
])('with a relative URL root, all our locations are below it: %s', (_kind, printKind) => {
  const printed = printKind('--path', '/gitlab', '--root', '/srv/page/')

  const places = printed.directives('location').filter((place) => place.includes('/-/'))
  expect(places.length).toBeGreaterThanOrEqual(5)
  for (const place of places) expect(place).toContain(' /gitlab/-/jira_connect/')
  expect(printed.location('^~ /gitlab/-/jira_connect/assets/')).toContain('alias /srv/page/assets/;')
})

test('with a relative URL root, the server leaves the rest of the host alone', () => {
  const printed = printServer('--path', '/gitlab')

  expect(printed.location('/')).toContain('return 404;')
  expect(printed.location('/gitlab')).toContain('proxy_pass http://127.0.0.1:8181;')
})

test('both pages have the headers of the preview server, with the same policy for the same instances and frames', () => {
  const instances = ['https://git.example.com/gitlab', 'https://code.example.com:8443']
  const frameAncestors = ['https://jira.example.com', 'https://*.example.net']
  const options = [
    ...instances.flatMap((url) => ['--instances', url]),
    ...frameAncestors.flatMap((source) => ['--frame-ancestors', source]),
  ]
  const printed = print('locations', ...options)

  const policy = contentSecurityPolicy({ connectTo: instances, frameAncestors })
  const names = new Map(
    printed.directives('add_header').map((line) => {
      const [, name = '', variable = ''] = line.replace(';', '').split(' ')
      return [variable, name]
    }),
  )
  for (const page of ['subscriptions', 'oauth_callbacks']) {
    const sent = printed
      .location(`= /-/jira_connect/${page}`)
      .flatMap((line) => [...line.matchAll(/^set (\S+) "(.*)";$/g)])
      .map(([, variable = '', value]) => [names.get(variable), value])
    expect(Object.fromEntries(sent)).toEqual(pageHeaders(policy))
  }
  expect(printed.text, 'what config.json must contain').toContain(`#   ${JSON.stringify({ instances })}`)
  expect(print('config.json', ...options).text).toBe(`${JSON.stringify({ instances })}\n`)
  expect(print('policy', ...options).text).toBe(`${policy}\n`)
})

test('no location has an add_header, which would take away those of the server', () => {
  for (const args of [SERVER, ['locations'], ['page-only']]) {
    const { lines } = print(...args)
    const firstLocation = lines.findIndex((line) => line.startsWith('location = /-/'))
    expect(lines.slice(firstLocation).filter((line) => line.startsWith('add_header'))).toEqual([])
  }
})

test('only the path of a URL is logged, and nothing of nginx itself, which logs whole URLs', () => {
  const printed = printServer('--logs', '/srv/logs')

  expect(printed.text).not.toMatch(/\$(request|args|query_string|http_referer|arg_\w+)\b/)
  expect(printed.directives('access_log')).toHaveLength(1)
  expect(printed.directives('error_log')).toEqual(['error_log /srv/logs/gitlab-for-jira.error.log emerg;'])
})

test('each location in another server has quiet logs and error pages of its own', () => {
  const printed = print('locations')

  for (const line of printed.directives('location')) {
    const lines = printed.location(line.replace(/^location (.*) \{$/, '$1'))
    expect(lines, line).toEqual(expect.arrayContaining(['access_log off;', 'error_log /dev/null emerg;']))
    expect(
      lines.filter((directive) => directive.startsWith('error_page ')),
      line,
    ).toHaveLength(1)
  }
})

test('the page’s own URL is GitLab’s for other methods, and for exactly Accept: application/json', () => {
  for (const args of [SERVER, ['locations']]) {
    const lines = print(...args).location('= /-/jira_connect/subscriptions')
    expect(lines).toContain('error_page 403 404 405 = @gitlab_for_jira;')
    expect(lines).toContain('if ($request_method !~ ^(GET|HEAD)$) {')
    expect(lines).toContain('if ($http_accept = "application/json") {')
  }
})

test('GitLab receives the host as the browser sent it, and nothing is rewritten', () => {
  const printed = printServer()

  expect(printed.lines).toContain('proxy_set_header Host $http_host;')
  expect(printed.lines).toContain('client_max_body_size 0;')
  expect(printed.text).not.toMatch(/\b(sub_filter|rewrite|proxy_cookie_)/)
})

test('no Cross-Origin-Opener-Policy is added anywhere', () => {
  for (const args of [SERVER, ['locations'], ['page-only']]) {
    expect(print(...args).text).not.toMatch(/add_header Cross-Origin/)
  }
})

test('with a certificate, nginx terminates TLS, and redirects people who type http://', () => {
  const tls = ['--tls-certificate', '/etc/ssl/gitlab.pem', '--tls-key', '/etc/ssl/gitlab.key']
  const printed = printServer(...tls, '--acme', '/var/www/html')

  expect(printed.directives('listen')).toEqual([
    'listen 80;',
    'listen [::]:80;',
    'listen 443 ssl http2;',
    'listen [::]:443 ssl http2;',
  ])
  expect(printed.lines).toContain('return 301 https://gitlab.example.com$request_uri;')
  expect(printed.location('/.well-known/acme-challenge/')).toContain('root /var/www/html;')
  expect(printed.lines).toContain('ssl_certificate_key /etc/ssl/gitlab.key;')
  expect(printed.lines).toContain('proxy_set_header X-Forwarded-Proto $scheme;')

  expect(printServer(...tls, '--listen', '8443').directives('listen')).toEqual(['listen 8443 ssl http2;'])
})

test('without a certificate, the proxy in front says whether the browser used TLS', () => {
  const printed = printServer('--listen', '127.0.0.1:8080')

  expect(printed.directives('listen')).toEqual(['listen 127.0.0.1:8080;'])
  expect(printed.lines).toContain('map $http_x_forwarded_proto $gitlab_for_jira_scheme {')
  expect(printed.lines).toContain('proxy_set_header X-Forwarded-Proto $gitlab_for_jira_scheme;')
})

test('the certificate of a GitLab behind https is verified', () => {
  expect(printServer().text).not.toContain('proxy_ssl_')
  expect(printServer('--gitlab', 'https://gitlab.internal').lines).toContain('proxy_ssl_verify on;')
})

test('GitLab can listen on a socket', () => {
  const printed = printServer('--gitlab', 'unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket')

  expect(printed.location('/')).toContain(
    'proxy_pass http://unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket;',
  )
})

test('Strict-Transport-Security is sent with our files if requested, and otherwise left to the server', () => {
  expect(print('locations').text).not.toContain('max-age=63072000')
  expect(
    print('locations', '--hsts', 'max-age=63072000').location('= /-/jira_connect/subscriptions'),
  ).toContain('set $gitlab_for_jira_hsts "max-age=63072000";')
})

test('brotli only if requested: stock nginx doesn’t have it', () => {
  expect(printServer().text).not.toContain('brotli')
  expect(printServer('--brotli').location('^~ /-/jira_connect/assets/')).toContain('brotli_static on;')
})
