import type { Network } from '#mocks/network.ts'
import type { GitLabSettings } from './settings.ts'
import type { Store } from './world/store.ts'

/** One GitLab instance as its handlers see it. */
export interface Instance {
  /** What people call it. */
  readonly name: string
  /** Without trailing slash; may carry a relative URL root. */
  readonly publicUrl: string
  /** The public URL of the instance that serves the app; equals `publicUrl` on that instance. */
  readonly appUrl: string
  readonly installKeysUrl: string
  readonly publicHosts: readonly string[]
  readonly network: Network
  readonly settings: GitLabSettings
  readonly store: Store
  /** Milliseconds since the epoch. */
  now(): number
  /** Like GitLab's job queue: the response doesn't wait for this work, and nothing happens if it fails. */
  inBackground(work: Promise<unknown>): void
}

/** The base URL of the app on an instance, which is its audience in lifecycle events. Slashes are not doubled. */
export function jiraConnectUrl(instanceUrl: string): string {
  return `${instanceUrl.replace(/\/+$/, '')}/-/jira_connect`
}

/** The relative URL root of the instance: empty, or like `/gitlab`. */
export function relativeRoot(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '')
}
