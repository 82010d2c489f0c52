import { expect, test } from 'vitest'
import { parseNginxOptions } from './nginx-options.ts'

const NECESSARY = ['--server-name', 'gitlab.example.com', '--gitlab', 'http://127.0.0.1:8181']

function refusalOf(args: string[]): string {
  try {
    parseNginxOptions(args)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return ''
}

test('two options are enough', () => {
  expect(parseNginxOptions(NECESSARY)).toEqual({
    kind: 'server',
    serverNames: ['gitlab.example.com'],
    gitlab: 'http://127.0.0.1:8181',
    gitlabCertificates: '/etc/ssl/certs/ca-certificates.crt',
    path: '',
    root: '/var/www/gitlab-for-jira',
    logs: '/var/log/nginx',
    listen: [],
    instances: 'none',
    frameAncestors: [],
    acme: '',
    hsts: '',
    brotli: false,
  })
})

test('what is printed depends on the first word, and most options on that', () => {
  expect(parseNginxOptions(['locations'])).toMatchObject({
    kind: 'locations',
    upstream: 'http://gitlab-workhorse',
  })
  expect(parseNginxOptions(['locations', '--upstream', 'http://unix:/run/gitlab/socket'])).toMatchObject({
    upstream: 'http://unix:/run/gitlab/socket',
  })
  expect(parseNginxOptions(['page-only', '--listen', '8081'])).toMatchObject({
    kind: 'page-only',
    listen: ['8081'],
  })
  expect(parseNginxOptions(['server', ...NECESSARY])).toEqual(parseNginxOptions(NECESSARY))
  expect(parseNginxOptions(['policy', '--instances', 'any'])).toMatchObject({
    kind: 'policy',
    instances: 'any',
  })
})

test('some options can be repeated', () => {
  const options = parseNginxOptions([
    ...NECESSARY,
    ...['--server-name', 'git.example.com', '--listen', '8443', '--listen', '[::1]:8443'],
    ...['--instances', 'https://one.example.com/', '--instances', 'https://two.example.com/gitlab'],
  ])

  expect(options).toMatchObject({
    serverNames: ['gitlab.example.com', 'git.example.com'],
    listen: ['8443', '[::1]:8443'],
    instances: ['https://one.example.com', 'https://two.example.com/gitlab'],
  })
})

test.each([['none'], ['any']])('any instance or none: %s', (word) => {
  expect(parseNginxOptions([...NECESSARY, '--instances', word]).instances).toBe(word)
})

test.each([
  ['no host name', NECESSARY.slice(2), '--server-name is missing'],
  ['no GitLab', NECESSARY.slice(0, 2), '--gitlab is missing'],
  ['a host name with a port', ['--server-name', 'gitlab.example.com:8443', '--gitlab', 'x'], '--server-name'],
  ['a host name that ends the line', ['--server-name', 'a;b', '--gitlab', 'x'], '--server-name'],
  ['a GitLab that isn’t a URL', [...NECESSARY, '--gitlab', 'gitlab.internal'], '--gitlab must be a URL'],
  ['a GitLab with a path', [...NECESSARY, '--gitlab', 'http://a/gitlab'], 'given by --path'],
  ['a GitLab with credentials', [...NECESSARY, '--gitlab', 'http://a:b@c'], '--gitlab'],
  ['a GitLab with a variable', [...NECESSARY, '--gitlab', 'http://$host'], '--gitlab'],
  ['a socket without path', [...NECESSARY, '--gitlab', 'unix:socket'], '--gitlab unix:'],
  ['a path without slash', [...NECESSARY, '--path', 'gitlab'], '--path'],
  ['a path with a slash at its end', [...NECESSARY, '--path', '/gitlab/'], '--path'],
  ['a path that leads up', [...NECESSARY, '--path', '/..'], '--path'],
  ['a path that leads nowhere', [...NECESSARY, '--path', '/gitlab/.'], '--path'],
  ['a relative folder', [...NECESSARY, '--root', 'dist'], '--root must be an absolute path'],
  ['a folder with a space', [...NECESSARY, '--root', '/srv/a b'], '--root'],
  ['a folder that ends the line', [...NECESSARY, '--logs', '/srv/a;\nb'], '--logs'],
  ['a certificate without key', [...NECESSARY, '--tls-certificate', '/a'], 'go together'],
  ['a key without certificate', [...NECESSARY, '--tls-key', '/a'], 'go together'],
  ['a port beyond the last', [...NECESSARY, '--listen', '70000'], '--listen'],
  ['a port zero', [...NECESSARY, '--listen', '0'], '--listen'],
  ['a listener by name', [...NECESSARY, '--listen', 'localhost:80'], '--listen'],
  ['any instance and a certain one', [...NECESSARY, '--instances', 'any', '--instances', 'https://a'], 'any'],
  ['an instance over http', [...NECESSARY, '--instances', 'http://git.example.com'], 'https URL'],
  ['an instance without scheme', [...NECESSARY, '--instances', 'git.example.com'], '--instances'],
  ['an instance with an IPv6 address', [...NECESSARY, '--instances', 'https://[::1]'], 'host name'],
  [
    'an instance with a dot at its end',
    [...NECESSARY, '--instances', 'https://git.example.com.'],
    'host name',
  ],
  ['an instance with a query', [...NECESSARY, '--instances', 'https://a/?b'], '--instances'],
  ['a frame from everywhere', [...NECESSARY, '--frame-ancestors', '*'], '--frame-ancestors'],
  ['a frame with another directive', [...NECESSARY, '--frame-ancestors', "https://a; x 'self'"], 'origin'],
  [
    'an option of something else',
    ['locations', '--listen', '8080'],
    '--listen is an option of server and page-only',
  ],
  ['an upstream with a path', ['locations', '--upstream', 'http://gitlab/x'], '--upstream'],
  ['an upstream that ends the line', ['locations', '--upstream', 'http://a;b'], '--upstream'],
  ['an HSTS value that ends the line', ['locations', '--hsts', 'max-age=1"; x'], '--hsts'],
  ['a relative folder for challenges', [...NECESSARY, '--acme', 'www'], '--acme'],
  ['a second word', ['locations', 'server'], "Unexpected argument 'server'"],
  ['an unknown option', [...NECESSARY, '--servername', 'a'], "Unknown option '--servername'"],
  ['an option without value', ['--server-name'], '--help lists the options.'],
  ['a word without option', [...NECESSARY, 'word'], "Unexpected argument 'word'"],
])('%s gets one clear line', (_what, args, line) => {
  const refusal = refusalOf(args)

  expect(refusal).toContain(line)
  expect(refusal).toMatch(/^[^\n]+[^\n.]\.?$/)
})
