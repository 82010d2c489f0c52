import { createHash } from 'node:crypto'
import type { Group } from './group-directory.ts'
import { GroupDirectory } from './group-directory.ts'

export interface User {
  id: number
  username: string
  name: string
  state: 'active' | 'blocked'
  isAdmin: boolean
  hasAvatar: boolean
  /** Shown next to this user on the sign-in page. */
  note: string
}

export interface Session {
  username: string | null
  /** Path and query to go to after sign-in. */
  returnTo: string | null
  formToken: string
}

export interface OAuthApplication {
  readonly clientId: string
  readonly name: string
  readonly redirectUri: string
  readonly confidential: boolean
  readonly scopes: readonly string[]
}

/** A personal access token, which its user has made to call the API. */
interface PersonalAccessToken {
  readonly username: string
  readonly scopes: readonly string[]
}

export interface AuthorizationCode {
  readonly username: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly codeChallenge: string | null
  readonly codeChallengeMethod: string
  readonly expiresAt: number
  used: boolean
}

export interface Token {
  readonly accessToken: string
  readonly refreshToken: string
  readonly username: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly createdAt: number
  expiresAt: number
  revoked: boolean
}

/** The app in one Jira site. */
export interface Installation {
  readonly clientKey: string
  sharedSecret: string
  /** URL of the Jira site. */
  baseUrl: string
  /** The chosen GitLab instance as it was entered; null for this one. */
  instanceUrl: string | null
}

/** A group linked to an installation. */
export interface Subscription {
  readonly id: number
  readonly clientKey: string
  readonly groupId: number
  readonly createdAt: number
}

const FIRST_SUBSCRIPTION_ID = 17

/** All data of one GitLab instance. Times are milliseconds since the epoch. */
export class Store {
  readonly users = new Map<string, User>()
  readonly groups = new GroupDirectory()
  readonly oauthApplication = { clientId: '', name: '' }
  /** Applications that were created through the API, by client ID. */
  readonly createdApplications = new Map<string, OAuthApplication>()
  /** By the token itself. */
  readonly personalAccessTokens = new Map<string, PersonalAccessToken>()
  readonly sessions = new Map<string, Session>()
  readonly authorizationCodes = new Map<string, AuthorizationCode>()
  /** By access token. */
  readonly tokens = new Map<string, Token>()
  /** By client key. */
  readonly installations = new Map<string, Installation>()
  readonly subscriptions = new Map<number, Subscription>()
  /** Public halves of the keys that signed forwarded lifecycle events, by key id. */
  readonly publicKeys = new Map<string, { readonly pem: string; readonly expiresAt: number }>()
  /** Whether the initial groups have been linked. */
  hasInitialSubscriptions = false
  readonly #now: () => number
  readonly #publicUrl: string
  #nextSubscriptionId = FIRST_SUBSCRIPTION_ID

  constructor(publicUrl: string, now: () => number) {
    this.#publicUrl = publicUrl
    this.#now = now
    this.clear()
  }

  clear(): void {
    for (const records of [
      this.users,
      this.groups,
      this.createdApplications,
      this.personalAccessTokens,
      this.sessions,
      this.authorizationCodes,
      this.tokens,
      this.installations,
      this.subscriptions,
      this.publicKeys,
    ]) {
      records.clear()
    }
    this.hasInitialSubscriptions = false
    this.#nextSubscriptionId = FIRST_SUBSCRIPTION_ID
    this.oauthApplication.name = 'GitLab for Jira Cloud'
    // 64 hexadecimal digits like GitLab's; different on each instance, but the same after every start.
    this.oauthApplication.clientId = createHash('sha256').update(this.#publicUrl).digest('hex')
  }

  /** Makes all access tokens expire; refresh tokens stay valid. */
  expireAccessTokens(): void {
    for (const token of this.tokens.values()) token.expiresAt = this.#now()
  }

  /** Revokes all access and refresh tokens, as when users withdraw the authorization. */
  revokeAllTokens(): void {
    for (const token of this.tokens.values()) token.revoked = true
  }

  /**
   * Links a group to an installation (by default the latest), without checking roles.
   * @throws {Error} there is no such group or installation
   */
  linkGroup(fullPath: string, options: { clientKey?: string; createdAt?: number } = {}): Subscription {
    const group = this.groups.findByFullPath(fullPath)
    if (!group) throw new Error(`There is no group ${fullPath}.`)
    const clientKey = options.clientKey ?? [...this.installations.keys()].at(-1)
    if (!clientKey || !this.installations.has(clientKey)) {
      throw new Error('The app is not installed: there is no installation to link a group to.')
    }
    const subscription: Subscription = {
      id: this.#nextSubscriptionId++,
      clientKey,
      groupId: group.id,
      createdAt: options.createdAt ?? this.#now(),
    }
    this.subscriptions.set(subscription.id, subscription)
    return subscription
  }

  /** The linked groups of an installation, oldest link first. */
  linkedGroups(clientKey: string): { subscription: Subscription; group: Group }[] {
    return [...this.subscriptions.values()].flatMap((subscription) => {
      const group = this.groups.get(subscription.groupId)
      return subscription.clientKey === clientKey && group ? [{ subscription, group }] : []
    })
  }

  /** Removes an installation and its subscriptions. */
  removeInstallation(clientKey: string): void {
    this.installations.delete(clientKey)
    for (const subscription of [...this.subscriptions.values()]) {
      if (subscription.clientKey === clientKey) this.subscriptions.delete(subscription.id)
    }
  }
}
