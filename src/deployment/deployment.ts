import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { displayName, parseInstanceUrl, redirectUri } from '#src/gitlab/instance/instance-url.ts'
import type { FailureFacts } from '#src/texts/en.ts'

/** What the deployment says about itself; docs/operators.md describes the fields. */
export interface Deployment {
  readonly clientId?: string | undefined
  readonly appName?: string | undefined
  readonly instances?: 'none' | 'any' | readonly string[] | undefined
  readonly docs?: string | undefined
  readonly concurrency?: number | undefined
}

/** Which instances the deployment lets administrators choose besides the one that serves the page. */
export type ChoosableInstances = 'none' | 'any' | readonly InstanceUrl[]

/** @returns base of the documentation links, without a slash at the end */
export function docsOf(deployment: Deployment | undefined): string {
  return (deployment?.docs ?? 'https://docs.gitlab.com').replace(/\/+$/, '')
}

/**
 * The client id for signing in to an instance, as far as the deployment knows it: for its own instance only.
 * @returns null while the deployment's settings are being read
 */
export function knownClientIdOf(
  instance: InstanceUrl,
  app: InstanceUrl,
  deployment: Deployment | undefined,
): string | undefined | null {
  if (instance !== app) return undefined
  return deployment ? deployment.clientId : null
}

/**
 * @returns the instances that may be chosen
 * @throws {InvalidInstanceUrlError} for what is no address, which reading the settings has refused before
 */
export function choosableInstances(deployment: Deployment | undefined): ChoosableInstances {
  const instances = deployment?.instances ?? 'none'
  return typeof instances === 'string' ? instances : instances.map((text) => parseInstanceUrl(text))
}

/** @returns what the instance that serves this page is called */
export function appNameOf(app: InstanceUrl, deployment: Deployment | undefined): string {
  return deployment?.appName ?? (displayName(app) === 'gitlab.com' ? 'GitLab.com' : displayName(app))
}

/** @returns what a failure's words need to know about an instance */
export function factsAbout(
  instance: InstanceUrl,
  app: InstanceUrl,
  deployment: Deployment | undefined,
  clientId?: string | undefined,
): FailureFacts {
  return {
    instanceName: instance === app ? appNameOf(app, deployment) : displayName(instance),
    instanceUrl: instance,
    appUrl: app,
    redirectUri: redirectUri(app).href,
    clientId,
  }
}
