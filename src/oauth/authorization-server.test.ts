import { expect, test } from 'vitest'
import { authorizationServerOf } from './authorization-server.ts'

test.each([
  ['https://gitlab.example.com', 'https://gitlab.example.com'],
  ['https://gitlab.example.com/', 'https://gitlab.example.com'],
  ['https://example.com:8443/gitlab', 'https://example.com:8443/gitlab'],
  ['http://gitlab.localhost:4702/a/b/', 'http://gitlab.localhost:4702/a/b'],
])('keeps scheme, port and sub-path of %s in every endpoint', (instance, base) => {
  expect(authorizationServerOf(new URL(instance))).toEqual({
    issuer: base,
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    revocation_endpoint: `${base}/oauth/revoke`,
  })
})
