import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'
import { apacheConfiguration } from './apache.ts'
import { caddyfile } from './caddyfile.ts'

const headers = Object.entries(pageHeaders(contentSecurityPolicy({ connectTo: 'none' })))

test('Apache and Caddy send the page with the same headers as nginx', () => {
  for (const [name, value] of headers) {
    expect(apacheConfiguration()).toContain(`Header always set ${name} "${value}"`)
    expect(caddyfile().split(`${name} "${value}"`), 'with the page and the callback page').toHaveLength(3)
  }
})

test('Apache and Caddy leave the page’s own URL to GitLab for exactly Accept: application/json', () => {
  expect(apacheConfiguration()).toContain('RewriteCond %{HTTP:Accept} =application/json')
  expect(caddyfile()).toContain('not header Accept application/json')
})

test('what is written for logs leaves out queries, referrers, and where GitLab redirects to', () => {
  expect(apacheConfiguration()).not.toMatch(/%r|%q|\{Referer\}/)
  expect(caddyfile()).toContain('request>uri regexp \\?.* ""')
  expect(caddyfile()).toContain('request>headers>Referer delete')
  expect(caddyfile()).toContain('resp_headers>Location delete')
})
