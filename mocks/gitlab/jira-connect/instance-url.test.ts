import { expect, test } from 'vitest'
import { judgeInstanceUrl } from './instance-url.ts'

const PUBLIC_HOSTS = ['gitlab.localhost:9000', 'app.localhost:8000']

test.each([
  ['http://gitlab.localhost:9000', 'http://gitlab.localhost:9000'],
  ['http://gitlab.localhost:9000/gitlab/', 'http://gitlab.localhost:9000/gitlab/'],
  ['http://8.8.8.8', 'http://8.8.8.8'],
])('accepts %s as it is typed', (typed, instanceUrl) => {
  expect(judgeInstanceUrl(typed, PUBLIC_HOSTS)).toEqual({ instanceUrl })
})

test('prepends https to a bare host', () => {
  expect(judgeInstanceUrl('git.example.com/sub', ['git.example.com'])).toEqual({
    instanceUrl: 'https://git.example.com/sub',
  })
})

test.each([
  ['gitlab.localhost:9000', 'https://gitlab.localhost:9000'],
  ['gitlab.localhost:9000/gitlab', 'https://gitlab.localhost:9000/gitlab'],
  ['  gitlab.localhost:9000 ', 'https://gitlab.localhost:9000'],
])('completes “%s”, which names a host with a port or stands between spaces', (typed, instanceUrl) => {
  expect(judgeInstanceUrl(typed, PUBLIC_HOSTS)).toEqual({ instanceUrl })
  expect(judgeInstanceUrl(typed, PUBLIC_HOSTS, false), 'not in legacy builds').toEqual({
    blockedBecause: 'Only allowed schemes are http, https',
  })
})

test.each([
  ['http://localhost:9000', 'Requests to localhost are not allowed'],
  ['http://gitlab.localhost:9001', 'Requests to localhost are not allowed'],
  ['http://127.0.0.1', 'Requests to localhost are not allowed'],
  ['http://127.0.0.2', 'Requests to loopback addresses are not allowed'],
  ['http://[::1]:9000', 'Requests to localhost are not allowed'],
  ['http://[::ffff:10.0.0.1]', 'Requests to the local network are not allowed'],
  ['http://10.1.2.3', 'Requests to the local network are not allowed'],
  ['https://192.168.1.1/gitlab', 'Requests to the local network are not allowed'],
  ['http://172.31.0.1', 'Requests to the local network are not allowed'],
  ['http://[fd00::1]', 'Requests to the local network are not allowed'],
  ['http://169.254.169.254', 'Requests to the link local network are not allowed'],
  ['http://[fe80::1]', 'Requests to the link local network are not allowed'],
  ['http://100.64.0.1', 'Requests to the shared address space are not allowed'],
  ['https://gitlab.exmaple.com', 'Host cannot be resolved or invalid'],
  ['ftp://gitlab.localhost:9000', 'Only allowed schemes are http, https'],
  ['my gitlab', 'Only allowed schemes are http, https'],
  ['http://', 'URI is invalid'],
  ['https://a b.example.com', 'URI is invalid'],
  ['http://-git.example.com', 'Hostname or IP address invalid'],
  [`http://${'a'.repeat(1025)}.com`, 'Host is too long (maximum is 1024 characters)'],
])('refuses %s', (typed, blockedBecause) => {
  expect(judgeInstanceUrl(typed, PUBLIC_HOSTS)).toEqual({ blockedBecause })
})
