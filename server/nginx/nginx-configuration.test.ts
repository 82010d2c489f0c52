import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'
import { nginxConfiguration } from './nginx-configuration.ts'
import { parseNginxOptions } from './nginx-options.ts'

/** A configuration for a made-up company, and its lines without indentation. */
function print(...args: string[]) {
  const text = nginxConfiguration(
    parseNginxOptions(['--server-name', 'gitlab.example.com', '--gitlab', 'http://127.0.0.1:8181', ...args]),
  )
  const lines = text.split('\n').map((line) => line.trim())
  return {
    text,
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

test('our own files are served, and everything else goes to GitLab', () => {
  const printed = print()

  expect(printed.directives('location')).toEqual([
    'location / {',
    'location @gitlab {',
    'location = /-/jira_connect/subscriptions {',
    'location = /-/jira_connect/oauth_callbacks {',
    'location = /-/jira_connect/config.json {',
    'location ^~ /-/jira_connect/assets/ {',
    'location = /-/jira_connect/app-icon.svg {',
  ])
  expect(printed.location('/')).toContain('proxy_pass http://127.0.0.1:8181;')
  expect(printed.location('= /-/jira_connect/subscriptions')).toContain(
    'alias /var/www/gitlab-for-jira/index.html;',
  )
})

test('with a relative URL root, all our locations are below it', () => {
  const printed = print('--path', '/gitlab', '--root', '/srv/page/')

  const places = printed.directives('location').slice(2)
  expect(places).toHaveLength(5)
  for (const place of places) expect(place).toContain(' /gitlab/-/jira_connect/')
  expect(printed.location('^~ /gitlab/-/jira_connect/assets/')).toContain('alias /srv/page/assets/;')
})

test('both pages have the headers of the preview server, with the same policy for the same instances and frames', () => {
  const instances = ['https://git.example.com/gitlab', 'https://code.example.com:8443']
  const frameAncestors = ['https://jira.example.com', 'https://*.example.net']
  const printed = print(
    ...instances.flatMap((url) => ['--instances', url]),
    ...frameAncestors.flatMap((source) => ['--frame-ancestors', source]),
  )

  const policy = contentSecurityPolicy({ connectTo: instances, frameAncestors })
  const added = Object.entries(pageHeaders(policy)).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  )
  for (const page of ['subscriptions', 'oauth_callbacks']) {
    const lines = printed.location(`= /-/jira_connect/${page}`)
    expect(lines.filter((line) => line.startsWith('add_header '))).toEqual(added)
  }
  expect(printed.text, 'what config.json must contain').toContain(`#   ${JSON.stringify({ instances })}`)
})

test('whoever accepts nothing but JSON at the page’s own URL gets GitLab’s list', () => {
  const lines = print().location('= /-/jira_connect/subscriptions')
  const condition = lines.indexOf('if ($http_accept = "application/json") {')
  expect(lines[condition + 1]).toBe('return 405;')
  expect(lines).toContain('error_page 405 = @gitlab;')
})

test('only the path of a URL is logged, and only critical errors of nginx itself', () => {
  const printed = print('--logs', '/srv/logs')

  expect(printed.text).not.toMatch(/\$(request|args|query_string|http_referer|arg_\w+)\b/)
  expect(printed.directives('access_log')).toHaveLength(1)
  expect(printed.directives('error_log')).toEqual(['error_log /srv/logs/gitlab-for-jira.error.log crit;'])
})

test('GitLab receives the host as the browser sent it, and nothing is rewritten', () => {
  const printed = print()

  expect(printed.lines).toContain('proxy_set_header Host $http_host;')
  expect(printed.lines).toContain('client_max_body_size 0;')
  expect(printed.text).not.toMatch(/\b(sub_filter|rewrite|proxy_cookie_)/)
})

test('no Cross-Origin-Opener-Policy is added anywhere', () => {
  expect(print().text).not.toMatch(/add_header Cross-Origin/)
})

test('with a certificate, nginx terminates TLS', () => {
  const printed = print('--tls-certificate', '/etc/ssl/gitlab.pem', '--tls-key', '/etc/ssl/gitlab.key')

  expect(printed.directives('listen')).toEqual(['listen 443 ssl http2;', 'listen [::]:443 ssl http2;'])
  expect(printed.lines).toContain('ssl_certificate_key /etc/ssl/gitlab.key;')
  expect(printed.lines).toContain('proxy_set_header X-Forwarded-Proto $scheme;')
})

test('without a certificate, the proxy in front says whether the browser used TLS', () => {
  const printed = print('--listen', '127.0.0.1:8080')

  expect(printed.directives('listen')).toEqual(['listen 127.0.0.1:8080;'])
  expect(printed.lines).toContain('map $http_x_forwarded_proto $gitlab_for_jira_scheme {')
  expect(printed.lines).toContain('proxy_set_header X-Forwarded-Proto $gitlab_for_jira_scheme;')
})

test('the certificate of a GitLab behind https is verified', () => {
  expect(print().text).not.toContain('proxy_ssl_')
  expect(print('--gitlab', 'https://gitlab.internal').lines).toContain('proxy_ssl_verify on;')
})

test('GitLab can listen on a socket', () => {
  const printed = print('--gitlab', 'unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket')

  expect(printed.location('/')).toContain(
    'proxy_pass http://unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket;',
  )
})

test('brotli only if requested: stock nginx doesn’t have it', () => {
  expect(print().text).not.toContain('brotli')
  expect(print('--brotli').location('^~ /-/jira_connect/assets/')).toContain('brotli_static on;')
})
