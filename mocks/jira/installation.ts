import { createHash, generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import {
  AsymmetricAlgorithm,
  createQueryStringHash,
  encodeAsymmetric,
  encodeSymmetric,
  fromMethodAndUrl,
} from '@atlassian/atlassian-jwt'
import type { InstalledApp } from './installable-descriptor.ts'

/** What Jira and the app know about one installation. */
export interface Installation {
  app: InstalledApp
  clientKey: string
  sharedSecret: string
}

/** The key pair that signs Jira's lifecycle events; the public key is published under `keyId`. */
export interface InstallKey {
  keyId: string
  publicKeyPem: string
  privateKeyPem: string
}

/** Lifetime of the signed page URL. */
const PAGE_URL_LIFETIME_SECONDS = 180
const LIFECYCLE_TOKEN_LIFETIME_SECONDS = 180

let installKey: Promise<InstallKey> | undefined

/** @returns an RSA key pair, PEM encoded. All sites of a process share it, because creating one takes time. */
export function sharedInstallKey(): Promise<InstallKey> {
  installKey ??= createInstallKey()
  return installKey
}

async function createInstallKey(): Promise<InstallKey> {
  // So few bits are fast to create, and this key protects nothing.
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 1024 })
  return {
    keyId: randomUUID(),
    publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** @returns the identifier of a site, which never changes */
export function newClientKey(): string {
  return createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 40)
}

/** @returns 32 random bytes, base64url encoded; new with every `installed` event */
export function newSharedSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The hash of method, path and query in Atlassian's tokens. For requests to the app, the path is relative to the app's
 * base URL.
 * @param url absolute
 */
function queryStringHash(method: string, url: string, baseUrl: string): string {
  const { pathname, search } = new URL(url)
  return createQueryStringHash(fromMethodAndUrl(method, pathname + search), false, baseUrl)
}

/**
 * The `installed` lifecycle event, signed with the site's private key as `signed-install` requires.
 * @param nowMs milliseconds since the epoch
 * @returns the request that Jira sends to the app
 */
export function installedEvent(
  installation: Installation,
  installKey: InstallKey,
  jiraUrl: string,
  nowMs: number,
): Request {
  const { app, clientKey, sharedSecret } = installation
  const url = app.baseUrl + app.installedPath
  const issuedAt = Math.floor(nowMs / 1000)
  const token = encodeAsymmetric(
    {
      iss: clientKey,
      aud: [app.baseUrl],
      iat: issuedAt,
      exp: issuedAt + LIFECYCLE_TOKEN_LIFETIME_SECONDS,
      qsh: queryStringHash('POST', url, app.baseUrl),
    },
    installKey.privateKeyPem,
    AsymmetricAlgorithm.RS256,
    { kid: installKey.keyId },
  )
  const body = {
    key: app.key,
    clientKey,
    sharedSecret,
    baseUrl: jiraUrl,
    displayUrl: jiraUrl,
    productType: 'jira',
    description: 'Acme Jira',
    eventType: 'installed',
  }
  return new Request(url, {
    method: 'POST',
    headers: { authorization: `JWT ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/**
 * The result of `AP.context.getToken`: a token for all requests from the app's page to its back end.
 * @param nowMs milliseconds since the epoch
 */
export function contextToken(
  installation: Installation,
  accountId: string,
  lifetimeSeconds: number,
  nowMs: number,
): string {
  const issuedAt = Math.floor(nowMs / 1000)
  return encodeSymmetric(
    {
      iss: installation.clientKey,
      sub: accountId,
      aud: installation.app.key,
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
      // The fixed value of `context-qsh`: the token isn't bound to a URL.
      qsh: 'context-qsh',
      context: {},
    },
    installation.sharedSecret,
  )
}

/**
 * The URL that Jira frames, with the parameters that Jira adds and a token whose `qsh` covers exactly this URL.
 * @param nowMs milliseconds since the epoch
 */
export function signedPageUrl(
  installation: Installation,
  accountId: string,
  jiraUrl: string,
  nowMs: number,
): string {
  const { app, clientKey, sharedSecret } = installation
  const url = new URL(app.baseUrl + app.module.path)
  const parameters = {
    xdm_e: jiraUrl,
    xdm_c: `channel-${app.key}__${app.module.key}`,
    cp: '',
    xdm_deprecated_addon_key_do_not_use: app.key,
    lic: 'none',
    cv: '1001.0.0-SNAPSHOT',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  const issuedAt = Math.floor(nowMs / 1000)
  const token = encodeSymmetric(
    {
      iss: clientKey,
      sub: accountId,
      iat: issuedAt,
      exp: issuedAt + PAGE_URL_LIFETIME_SECONDS,
      qsh: queryStringHash('GET', url.href, app.baseUrl),
      context: {},
    },
    sharedSecret,
  )
  url.searchParams.set('jwt', token)
  return url.href
}
