/** The endpoints of a GitLab instance, in the terms of RFC 8414. */
export type AuthorizationServer = Readonly<{
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  revocation_endpoint: string
}>

/**
 * @param instance URL of the instance; scheme, port and sub-path are kept
 * @see https://docs.gitlab.com/api/oauth2/
 */
export function authorizationServerOf(instance: URL): AuthorizationServer {
  const base = instance.href.replace(/\/+$/, '')
  return {
    issuer: base,
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    revocation_endpoint: `${base}/oauth/revoke`,
  }
}
