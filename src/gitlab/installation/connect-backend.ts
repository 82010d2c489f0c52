import { boolean, literal, nullable, object, optional, string } from 'valibot'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import { LINKING_PATH } from '#src/gitlab/diagnosis/endpoint.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import {
  linkedGroupsIn,
  linkedGroupsPath,
  linkedGroupsSchema,
} from '#src/gitlab/linked-groups/linked-groups.ts'
import type { Backend } from './backend.ts'
import { createContextTokenSource } from './context-token.ts'

const installationSchema = object({ gitlab_com: optional(boolean()), instance_url: nullable(string()) })

/** GitLab's response after linking or unlinking a group; anything else might come from a proxy in front of it. */
const doneSchema = object({ success: literal(true) })

const installationPath = '/-/jira_connect/installations'

/**
 * GitLab's back end for an app in Jira's Connect frame. Only this holds Jira's context token, which GitLab expects
 * as the parameter `jwt`.
 * @param requestContextToken asks Jira for a new token
 */
export function createConnectBackend(app: InstanceUrl, requestContextToken: () => Promise<string>): Backend {
  const contextToken = createContextTokenSource(requestContextToken)

  /** Whether GitLab refused the Jira user the last time it checked. */
  let isUserRefused = false

  /** Sends a request with a context token, and once more with a new one if GitLab refuses the first. */
  async function withContextToken<T>(send: (jwt: string) => Promise<T>): Promise<T> {
    const jwt = await contextToken.get()
    try {
      return await send(jwt)
    } catch (error) {
      if (!(error instanceof GitLabApiError) || error.code !== 'context-token-refused') throw error
      contextToken.discard(jwt)
      return send(await contextToken.get())
    }
  }

  /**
   * Sends a request that GitLab allows only to Jira administrators. After it refused the Jira user, the next attempt
   * has a new context token, since the user might have signed in to Jira with another account.
   */
  async function asAdministrator<T>(send: (jwt: string) => Promise<T>): Promise<T> {
    if (isUserRefused) contextToken.discard()
    isUserRefused = false
    try {
      return await withContextToken(send)
    } catch (error) {
      isUserRefused = error instanceof GitLabApiError && error.code.startsWith('jira-user-')
      throw error
    }
  }

  return {
    app,

    async checkHost() {
      await contextToken.get()
    },

    async saveInstance(instance) {
      const { data } = await asAdministrator((jwt) =>
        requestGitLab(endpoint(app, installationPath), {
          method: 'PUT',
          schema: installationSchema,
          body: { jwt, installation: { instance_url: instance === app ? null : instance } },
        }),
      )
      return data.instance_url ? parseInstanceUrl(data.instance_url) : app
    },

    async readInstance(signal) {
      const { data } = await withContextToken((jwt) =>
        requestGitLab(endpoint(app, installationPath, { jwt }), { schema: installationSchema, signal }),
      )
      return data.instance_url ? parseInstanceUrl(data.instance_url) : app
    },

    async listLinkedGroups(instance, signal) {
      const { data } = await withContextToken((jwt) =>
        requestGitLab(endpoint(instance, linkedGroupsPath, { jwt }), {
          schema: linkedGroupsSchema,
          signal,
        }),
      )
      return linkedGroupsIn(data, instance)
    },

    async linkGroup(instance, fullPath, authorizedFetch, signal) {
      await asAdministrator((jwt) =>
        requestGitLab(endpoint(instance, LINKING_PATH), {
          method: 'POST',
          schema: doneSchema,
          body: { jwt, namespace_path: fullPath },
          send: authorizedFetch,
          signal,
        }),
      )
    },

    async unlinkGroup(instance, subscriptionId) {
      await asAdministrator((jwt) =>
        requestGitLab(endpoint(instance, `/-/jira_connect/subscriptions/${subscriptionId}`, { jwt }), {
          method: 'DELETE',
          schema: doneSchema,
        }),
      )
    },
  }
}
