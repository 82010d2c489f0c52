import { expect, test } from 'vitest'
import {
  belongsTo,
  displayName,
  endpoint,
  InvalidInstanceUrlError,
  instanceServing,
  parseInstanceUrl,
  redirectUri,
} from './instance-url.ts'

test('keeps scheme, port and sub-path, and drops trailing slashes', () => {
  expect(parseInstanceUrl('https://gitlab.example.com:8443/gitlab//')).toBe(
    'https://gitlab.example.com:8443/gitlab',
  )
  expect(parseInstanceUrl('http://gitlab.example.com')).toBe('http://gitlab.example.com')
})

test.each([
  'gitlab.example.com',
  'javascript:alert(1)',
  'https://user:secret@gitlab.example.com',
  'https://gitlab.example.com/?next=1',
  'https://gitlab.example.com/#top',
  '',
])('refuses “%s”', (text) => {
  expect(() => parseInstanceUrl(text)).toThrow(InvalidInstanceUrlError)
})

test('knows the instance that serves the page from the page’s own address', () => {
  const at = (href: string) => instanceServing(new URL(href))
  expect(at('https://gitlab.com/-/jira_connect/subscriptions?jwt=x')).toBe('https://gitlab.com')
  expect(at('https://example.com/gitlab/-/jira_connect/subscriptions')).toBe('https://example.com/gitlab')
  expect(() => at('https://example.com/elsewhere')).toThrow(InvalidInstanceUrlError)
})

test('builds endpoints below the sub-path', () => {
  const instance = parseInstanceUrl('https://example.com:8443/gitlab')
  expect(endpoint(instance, '/api/v4/groups', { search: 'a b&c' }).href).toBe(
    'https://example.com:8443/gitlab/api/v4/groups?search=a+b%26c',
  )
  expect(redirectUri(instance).href).toBe('https://example.com:8443/gitlab/-/jira_connect/oauth_callbacks')
  expect(displayName(instance)).toBe('example.com:8443/gitlab')
})

test('takes only its own addresses for its own', () => {
  const instance = parseInstanceUrl('https://example.com/gitlab')
  const belongs = (href: string) => belongsTo(instance, new URL(href))
  expect(belongs('https://example.com/gitlab/api')).toBe(true)
  expect(belongs('https://example.com/gitlab')).toBe(true)
  expect(belongs('https://example.com/gitlab-evil/api')).toBe(false)
  expect(belongs('https://example.com/gitlab/../other')).toBe(false)
  expect(belongs('https://example.com:8443/gitlab/api')).toBe(false)
  expect(belongs('http://example.com/gitlab/api')).toBe(false)
})
