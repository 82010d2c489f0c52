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

/** What Jira and the app share about one installation. */
export interface Installation {
  app: InstalledApp
  clientKey: string
  sharedSecret: string
}

/** The pair with which Jira signs lifecycle events; the public half is published under `keyId`. */
export interface InstallKey {
  keyId: string
  publicKeyPem: string
  privateKeyPem: string
}

/** How long Jira's signed page address is valid. */
const PAGE_URL_LIFETIME_SECONDS = 180
const LIFECYCLE_TOKEN_LIFETIME_SECONDS = 180

let installKey: Promise<InstallKey> | undefined

/** @returns an RSA key pair, PEM encoded: the same for all sites of a process, as making one takes a third of a second */
export function sharedInstallKey(): Promise<InstallKey> {
  installKey ??= createInstallKey()
  return installKey
}

async function createInstallKey(): Promise<InstallKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return {
    keyId: randomUUID(),
    publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** @returns the identifiers of a first installation; the client key stays for the life of the site */
export function newClientKey(): string {
  return createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 40)
}

/** @returns 32 random bytes, base64url encoded; new with every `installed` event */
export function newSharedSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The hash over method, path and query that Atlassian's tokens carry. The path is taken from the app's base
 * URL on, for requests to the app.
 * @param url absolute
 */
function queryStringHash(method: string, url: string, baseUrl: string): string {
  const { pathname, search } = new URL(url)
  return createQueryStringHash(fromMethodAndUrl(method, pathname + search), false, baseUrl)
}

/**
 * The `installed` lifecycle event, signed with the site's private key as `signed-install` demands.
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
 * What `AP.context.getToken` yields: a token for any request of the app's own page to its back end.
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
      // The literal that `context-qsh` promises: such a token is bound to no address.
      qsh: 'context-qsh',
      context: {},
    },
    installation.sharedSecret,
  )
}

/**
 * The address that Jira frames, with the parameters Jira adds and a token whose `qsh` covers this very address.
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
