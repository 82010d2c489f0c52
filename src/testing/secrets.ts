import { expect } from 'vitest'
import type { TestWorld } from './world.ts'

/** Fails where a text holds a context token, an access or refresh token, a code, a shared secret or a query string. */
export function expectNoSecret(text: string, { app, gitlab, requests }: TestWorld): void {
  expect(text).not.toMatch(/eyJ|jwt=|code=|bearer|\?\w+=/i)
  const secrets = [app, gitlab].flatMap(({ store }) => [
    ...[...store.installations.values()].map(({ sharedSecret }) => sharedSecret),
    ...store.tokens.keys(),
    ...[...store.tokens.values()].flatMap((token) => Object.values(token)),
    ...store.authorizationCodes.keys(),
  ])
  for (const { headers, body } of requests) {
    secrets.push(headers.get('authorization')?.replace(/^(Bearer|JWT) /, ''))
    for (const name of ['code', 'code_verifier', 'refresh_token', 'token'])
      secrets.push(new URLSearchParams(body).get(name))
  }
  for (const secret of secrets)
    if (typeof secret === 'string' && secret.length >= 20) expect(text).not.toContain(secret)
}
