import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import {
  AsymmetricAlgorithm,
  createQueryStringHash,
  decodeAsymmetric,
  encodeAsymmetric,
  fromMethodAndUrl,
  getKeyId,
} from '@atlassian/atlassian-jwt'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { jiraConnectUrl } from '#mocks/gitlab/instance.ts'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import { pageError, readParameters, textParameter } from '#mocks/gitlab/web/requests.ts'
import { linkInitialGroups } from '#mocks/gitlab/world/seed.ts'
import type { Installation } from '#mocks/gitlab/world/store.ts'
import { contextTokenOf, MAX_TOKEN_BYTES, queryStringHashOf } from './context-token.ts'

const PUBLIC_KEY_LIFETIME_MS = 5 * 60_000

/** The lifecycle events of the app, from Jira or from the instance that serves the app; and the keys that sign the latter. */
export function lifecycleHandlers(instance: Instance): RequestHandler[] {
  const base = jiraConnectUrl(instance.publicUrl)
  const { store } = instance

  return [
    http.post(`${base}/events/installed`, async ({ request }) => {
      const { settings } = instance
      if (settings.installedEvent === 'network-error') return Response.error()
      if (settings.installedEvent !== 'real') return empty(settings.installedEvent)
      const parameters = await readParameters(request)
      const clientKey = textParameter(parameters, 'clientKey')
      if (!clientKey || !(await isSignedLifecycleEvent(instance, request, parameters, clientKey))) {
        return empty(401)
      }
      const sharedSecret = textParameter(parameters, 'sharedSecret')
      const baseUrl = textParameter(parameters, 'baseUrl')
      if (!sharedSecret || !baseUrl || !isHttpUrl(baseUrl)) return empty(422)
      settings.staleSecret = false
      const known = store.installations.get(clientKey)
      if (known) {
        Object.assign(known, { sharedSecret, baseUrl })
        // GitLab ignores a failure here: the instance then keeps the old secret and refuses context tokens.
        if (known.instanceUrl) await sendLifecycleEvent(instance, known, 'installed', known.instanceUrl)
        return empty(200)
      }
      store.installations.set(clientKey, { clientKey, sharedSecret, baseUrl, instanceUrl: null })
      if (!store.hasInitialSubscriptions) {
        store.hasInitialSubscriptions = true
        linkInitialGroups(store, clientKey, settings.initialLinkedGroups, instance.now())
        linkManyGroups(store, clientKey, settings.manyLinkedGroups, instance.now())
      }
      return empty(200)
    }),

    http.post(`${base}/events/uninstalled`, async ({ request }) => {
      const parameters = await readParameters(request)
      const clientKey = textParameter(parameters, 'clientKey')
      if (!clientKey || !(await isSignedLifecycleEvent(instance, request, parameters, clientKey))) {
        return empty(401)
      }
      const installation = store.installations.get(clientKey)
      if (!installation) return empty(422)
      store.removeInstallation(clientKey)
      if (installation.instanceUrl) {
        instance.inBackground(
          sendLifecycleEvent(instance, installation, 'uninstalled', installation.instanceUrl),
        )
      }
      return empty(200)
    }),

    http.get(`${base}/public_keys/:id`, ({ request, params }) => {
      const key = store.publicKeys.get(String(params.id))
      if (!key || key.expiresAt <= instance.now()) return pageError(instance, request, 404)
      return new Response(key.pem, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
    }),
  ]
}

/**
 * Sends a signed lifecycle event of an installation to another instance: RS256 by a new key whose public half is
 * published here, form-encoded.
 * @returns the status of the response, or null when the instance can't be reached
 */
export async function sendLifecycleEvent(
  instance: Instance,
  installation: Installation,
  eventType: 'installed' | 'uninstalled',
  instanceUrl: string,
): Promise<number | null> {
  const audience = jiraConnectUrl(instanceUrl)
  const url = `${audience}/events/${eventType}`
  // GitLab uses 3072 bits, which would take a second; this key protects nothing.
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const kid = randomUUID()
  const now = instance.now()
  instance.store.publicKeys.set(kid, { pem: publicKey, expiresAt: now + PUBLIC_KEY_LIFETIME_MS })
  const issuedAt = Math.floor(now / 1000)
  const jwt = encodeAsymmetric(
    {
      iss: installation.clientKey,
      aud: audience,
      qsh: createQueryStringHash(fromMethodAndUrl('POST', url), false, audience),
      iat: issuedAt,
      exp: issuedAt + PUBLIC_KEY_LIFETIME_MS / 1000,
    },
    privateKey,
    AsymmetricAlgorithm.RS256,
    { kid },
  )
  const body = new URLSearchParams({ clientKey: installation.clientKey, jwt, eventType })
  if (eventType === 'installed') {
    body.set('sharedSecret', installation.sharedSecret)
    body.set('baseUrl', installation.baseUrl)
  }
  try {
    const response = await instance.network(new Request(url, { method: 'POST', body }))
    return response.type === 'error' ? null : response.status
  } catch {
    return null
  }
}

/**
 * Verifies the token of a lifecycle event: RS256 with a key ID, and the right issuer, audience and query string hash.
 * The key comes from Atlassian or, if it is set, from the Jira Connect Proxy URL.
 */
async function isSignedLifecycleEvent(
  instance: Instance,
  request: Request,
  parameters: Record<string, unknown>,
  clientKey: string,
): Promise<boolean> {
  const token = contextTokenOf(request, parameters)
  if (typeof token !== 'string' || Buffer.byteLength(token) > MAX_TOKEN_BYTES) return false
  const { internalUrl, additionalAudienceUrl } = instance.settings
  const audiences = [internalUrl ?? instance.publicUrl, additionalAudienceUrl]
    .filter((url) => url !== '')
    .map((url): unknown => jiraConnectUrl(url))
  try {
    const keyId: unknown = getKeyId(token)
    if (typeof keyId !== 'string' || keyId === '') return false
    const claims: Record<string, unknown> = decodeAsymmetric(
      token,
      await fetchPublicKey(instance, keyId),
      AsymmetricAlgorithm.RS256,
    )
    const isCurrent = typeof claims.exp !== 'number' || claims.exp * 1000 > instance.now()
    return (
      isCurrent &&
      claims.iss === clientKey &&
      [claims.aud].flat().some((audience) => audiences.includes(audience)) &&
      claims.qsh === queryStringHashOf(instance, request.method, request.url)
    )
  } catch {
    return false
  }
}

async function fetchPublicKey(instance: Instance, keyId: string): Promise<string> {
  const { proxyUrl } = instance.settings
  const folder = proxyUrl ? `${jiraConnectUrl(proxyUrl)}/public_keys` : instance.installKeysUrl
  const response = await instance.network(new Request(`${folder}/${encodeURIComponent(keyId)}`))
  if (response.status !== 200) throw new Error(`The public key was not found: status ${response.status}.`)
  return response.text()
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

function empty(status: number): Response {
  return new Response(null, { status })
}
