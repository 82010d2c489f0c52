import {
  createQueryStringHash,
  decodeSymmetric,
  fromMethodAndUrl,
  SymmetricAlgorithm,
} from '@atlassian/atlassian-jwt'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { jiraConnectUrl } from '#mocks/gitlab/instance.ts'
import type { Installation } from '#mocks/gitlab/world/store.ts'

/** The claims of Jira's context token that GitLab uses, with the installation whose secret signed it. */
export interface ContextToken {
  readonly installation: Installation
  /** Null when the claim is missing: the token itself is valid then, but every administrator check fails. */
  readonly accountId: string | null
  readonly queryStringHash: string | null
}

/** `malformed`: absent, empty or over 8 KiB (no limit in legacy builds). `refused`: unknown client key, wrong signature, or expired. */
export class ContextTokenError extends Error {
  readonly code: 'malformed' | 'refused'

  constructor(code: 'malformed' | 'refused') {
    super(`The context token is ${code}.`)
    this.code = code
  }
}

/** GitLab's limit for all of Atlassian's tokens. */
export const MAX_TOKEN_BYTES = 8 * 1024

/**
 * Verifies a context token (HS256) with the secret of the installation that its `iss` names.
 * The endpoint checks the query string hash, which most of them don't.
 * @throws {ContextTokenError}
 */
export function verifyContextToken(instance: Instance, token: unknown): ContextToken {
  const { settings } = instance
  const isTooLong = (text: string) =>
    settings.dialect !== 'legacy' && Buffer.byteLength(text) > MAX_TOKEN_BYTES
  if (typeof token !== 'string' || token === '' || isTooLong(token)) {
    throw new ContextTokenError('malformed')
  }
  const issuer = decode(token, '', true).iss
  const installation = typeof issuer === 'string' ? instance.store.installations.get(issuer) : undefined
  if (!installation) throw new ContextTokenError('refused')
  const secret = settings.staleSecret ? `before ${installation.sharedSecret}` : installation.sharedSecret
  const claims = decode(token, secret, false)
  if (typeof claims.exp === 'number' && claims.exp * 1000 <= instance.now()) {
    throw new ContextTokenError('refused')
  }
  return {
    installation,
    accountId: typeof claims.sub === 'string' ? claims.sub : null,
    queryStringHash: typeof claims.qsh === 'string' ? claims.qsh : null,
  }
}

/** The token of a request: the parameter `jwt` first, else the second word of the Authorization header. */
export function contextTokenOf(request: Request, parameters: Record<string, unknown>): unknown {
  return parameters.jwt ?? request.headers.get('Authorization')?.split(' ')[1]
}

/** The hash of exactly this request, relative to the app's base URL as Atlassian defines it. */
export function queryStringHashOf(instance: Instance, method: string, url: string): string {
  return createQueryStringHash(fromMethodAndUrl(method, url), false, jiraConnectUrl(instance.publicUrl))
}

function decode(token: string, secret: string, unverified: boolean): Record<string, unknown> {
  try {
    return decodeSymmetric(token, secret, SymmetricAlgorithm.HS256, unverified)
  } catch {
    // The library's message contains the token.
    throw new ContextTokenError('refused')
  }
}
