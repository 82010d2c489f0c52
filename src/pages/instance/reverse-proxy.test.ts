import { expect, test } from 'vitest'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { serverBlock } from './reverse-proxy.ts'

const linesFor = (url: string) =>
  serverBlock(parseInstanceUrl(url))
    .split('\n')
    .map((line) => line.trim())

test('the server block listens on the port of the instance, and serves its path', () => {
  expect(linesFor('https://gitlab.example.com')).toEqual(
    expect.arrayContaining(['listen 443 ssl http2;', 'server_name gitlab.example.com;', 'location / {']),
  )
  expect(linesFor('https://example.com:8443/gitlab')).toEqual(
    expect.arrayContaining(['listen 8443 ssl http2;', 'server_name example.com;', 'location /gitlab {']),
  )
})

test('the server block harms no GitLab: bodies of any size, WebSockets, and no query in a log', () => {
  const lines = linesFor('https://gitlab.example.com')

  expect(lines).toEqual(
    expect.arrayContaining([
      'client_max_body_size 0;',
      'proxy_set_header Host $http_host;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $gitlab_for_jira_connection;',
    ]),
  )
  expect(lines.join('\n')).not.toMatch(/\$(request|args|query_string|http_referer)\b/)
  expect(lines.find((line) => line.startsWith('error_log'))).toMatch(/ emerg;$/)
  expect(lines.join('\n'), 'nothing is left to fill in').not.toMatch(/\{(hostname|port)\}/)
})
