import { generateKeyPairSync } from 'node:crypto'
import {
  AsymmetricAlgorithm,
  createQueryStringHash,
  decodeSymmetric,
  encodeAsymmetric,
  encodeSymmetric,
  fromMethodAndUrl,
  SymmetricAlgorithm,
} from '@atlassian/atlassian-jwt'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { jiraConnectUrl } from '#mocks/gitlab/instance.ts'
import type { GitLabSettings } from '#mocks/gitlab/settings.ts'
import { memoryNetwork } from '#mocks/network.ts'
import { createGitLabs } from '#mocks/world.ts'

export const APP_URL = 'http://app.localhost:8000'
export const JIRA_URL = 'http://jira.localhost:7000'
export const CLIENT_KEY = 'acme-client-key'
const ADMIN = 'account-of-an-admin'

/** The keys that sign Jira's lifecycle events; their ID is `jira-key`. */
export const INSTALL_KEYS = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/**
 * The part of Jira that GitLab talks to. It isn't the mock Jira, because the tests of the mock GitLab forge what Jira
 * signs: this one has known keys, and tokens whose claims can be replaced.
 */
interface FakeJira {
  sharedSecret: string
  /** The Jira groups of every user; null makes the user endpoint respond with 403. */
  groups: string[] | null
  /** Sends a lifecycle event to an instance; overrides replace claims of its token, or fields of its body. */
  send(to: GitLab, event: 'installed' | 'uninstalled', overrides?: object, fields?: object): Promise<Response>
  contextToken(overrides?: object): string
}

export interface GitLabWorld {
  /** Serves the app. */
  readonly app: GitLab
  /** A self-managed instance. */
  readonly gitlab: GitLab
  readonly jira: FakeJira
  readonly clock: { now: number }
  readonly unreachable: Set<string>
}

/** The instance that serves the app, a self-managed one and a fake Jira, on a network in memory. */
export function createGitLabWorld(
  options: { gitlabUrl?: string; settings?: Partial<GitLabSettings> } = {},
): GitLabWorld {
  const gitlabUrl = options.gitlabUrl ?? 'http://gitlab.localhost:9000'
  const clock = { now: Date.UTC(2026, 4, 4, 12) }
  const unreachable = new Set<string>()
  const fakeJira = { publicUrl: JIRA_URL, handle: respondAsJira }
  const { app, gitlab } = createGitLabs({
    jiraUrl: JIRA_URL,
    appUrl: APP_URL,
    gitlabUrl,
    network: memoryNetwork(() =>
      [fakeJira, app, gitlab].filter(({ publicUrl }) => !unreachable.has(new URL(publicUrl).origin)),
    ),
    settings: { gitlab: options.settings ?? {} },
    now: () => clock.now,
  })

  const seconds = () => Math.floor(clock.now / 1000)
  const jira: FakeJira = {
    sharedSecret: 'first secret',
    groups: ['jira-users', 'org-admins'],
    contextToken: (overrides = {}) =>
      encodeSymmetric(
        {
          iss: CLIENT_KEY,
          sub: ADMIN,
          qsh: 'context-qsh',
          iat: seconds(),
          exp: seconds() + 900,
          ...overrides,
        },
        jira.sharedSecret,
      ),
    send(to, eventType, overrides = {}, fields = {}) {
      const base = jiraConnectUrl(to.publicUrl)
      const url = `${base}/events/${eventType}`
      const qsh = createQueryStringHash(fromMethodAndUrl('POST', url), false, base)
      const claims = { iss: CLIENT_KEY, aud: [base], qsh, iat: seconds(), exp: seconds() + 180, ...overrides }
      const token = encodeAsymmetric(claims, INSTALL_KEYS.privateKey, AsymmetricAlgorithm.RS256, {
        kid: 'jira-key',
      })
      const installation = { clientKey: CLIENT_KEY, sharedSecret: jira.sharedSecret, baseUrl: JIRA_URL }
      const body = { ...installation, eventType, ...fields }
      return to.handle(
        new Request(url, {
          method: 'POST',
          headers: { Authorization: `JWT ${token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      )
    },
  }

  async function respondAsJira(request: Request): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/install-keys/jira-key') return new Response(INSTALL_KEYS.publicKey)
    if (url.pathname !== '/rest/api/3/user') return new Response(null, { status: 404 })
    const token = request.headers.get('Authorization')?.split(' ')[1] ?? ''
    const claims = decodeSymmetric(token, jira.sharedSecret, SymmetricAlgorithm.HS256)
    const qsh = createQueryStringHash(fromMethodAndUrl('GET', request.url), false, JIRA_URL)
    if (claims.qsh !== qsh || claims.iss !== 'gitlab-jira-connect-app.localhost') {
      return new Response(null, { status: 401 })
    }
    if (jira.groups === null) return new Response(null, { status: 403 })
    return Response.json({
      accountId: url.searchParams.get('accountId'),
      groups: { items: jira.groups.map((name) => ({ name })) },
    })
  }

  return { app, gitlab, jira, clock, unreachable }
}

/** Sends a request to an instance, as the page would. */
export function send(to: GitLab, path: string, init?: RequestInit): Promise<Response> {
  return to.handle(new Request(to.publicUrl + path, init))
}

/** Saves the chosen instance on the instance that serves the app. */
export function putInstanceUrl(world: GitLabWorld, instanceUrl: string | null): Promise<Response> {
  return send(world.app, '/-/jira_connect/installations', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ jwt: world.jira.contextToken(), installation: { instance_url: instanceUrl } }),
  })
}
