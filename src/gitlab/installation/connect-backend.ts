import { boolean, literal, nullable, object, optional, string } from 'valibot'
import type { GitLabRequest, Schema } from '#src/gitlab/client/client.ts'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { GitLabApiError, GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import { INSTALLATION_PATH, LINKED_GROUPS_PATH, LINKING_PATH } from '#src/gitlab/diagnosis/endpoint.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { linkedGroupsIn, linkedGroupsSchema } from '#src/gitlab/linked-groups/linked-groups.ts'
import type { Backend } from './backend.ts'
import { createContextTokenSource } from './context-token.ts'
import type { FirstRequest, FirstRequests } from './first-requests.ts'

/** Sends a request with a context token. `isRetry`: with the one before, it was refused. */
type Send<T> = (jwt: string, isRetry: boolean) => Promise<T>

const installationSchema = object({ gitlab_com: optional(boolean()), instance_url: nullable(string()) })

/** GitLab's response after linking or unlinking a group; anything else might come from a proxy in front of it. */
const doneSchema = object({ success: literal(true) })

/**
 * GitLab's back end for an app in Jira's Connect frame. Only this holds Jira's context token. GitLab takes it from the
 * parameter `jwt`, or else from the Authorization header, which keeps it out of GitLab's logs.
 * @param requestContextToken asks Jira for a new token
 * @param first requests that have left already; their responses are the first results
 */
export function createConnectBackend(
  app: InstanceUrl,
  requestContextToken: () => Promise<string>,
  first?: FirstRequests,
): Backend {
  const contextToken = first?.contextToken ?? createContextTokenSource(requestContextToken)

  /** Whether GitLab refused the Jira user the last time it checked. */
  let isUserRefused = false

  /** Origins where something in front of GitLab keeps the Authorization header, or takes it for its own. */
  const withoutHeader = new Set<string>()

  /**
   * Sends a request with a context token, and once more with a new one if GitLab refuses the first.
   * @param refused the token with which the request has been sent, and refused, before
   */
  async function withContextToken<T>(send: Send<T>, refused?: string): Promise<T> {
    const jwt = refused ?? (await contextToken.get())
    if (refused === undefined) {
      try {
        return await send(jwt, false)
      } catch (error) {
        if (!isTokenRefused(error)) throw error
      }
    }
    contextToken.discard(jwt)
    return send(await contextToken.get(), true)
  }

  /** Sends a request with the token in a header, and, after GitLab refused that, in the URL. */
  async function requestWithToken<S extends Schema>(
    url: URL,
    request: GitLabRequest<S>,
    jwt: string,
    isRetry: boolean,
  ) {
    if (!isRetry && !withoutHeader.has(url.origin)) {
      try {
        return await requestGitLab(url, { ...request, authorization: `JWT ${jwt}` })
      } catch (error) {
        // The page can't read the refusal of a proxy in front of another instance, so GitLab might have carried out the
        // request. It isn't sent again on its own, but the next attempt puts the token into the URL.
        if (error instanceof GitLabUnreachableError && error.code === 'cors-refused')
          withoutHeader.add(url.origin)
        throw mightBeDueToHeader(error) ? new HeaderRefusedError('The token goes into the URL.') : error
      }
    }
    const result = await requestGitLab(withParameter(url, jwt), request)
    withoutHeader.add(url.origin)
    return result
  }

  /**
   * Sends a request that GitLab allows only to Jira administrators. After it refused the Jira user, the next attempt
   * has a new context token, since the user might have signed in to Jira with another account.
   */
  async function asAdministrator<T>(send: Send<T>): Promise<T> {
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
        requestGitLab(endpoint(app, INSTALLATION_PATH), {
          method: 'PUT',
          schema: installationSchema,
          body: { jwt, installation: { instance_url: instance === app ? null : instance } },
        }),
      )
      return data.instance_url ? parseInstanceUrl(data.instance_url) : app
    },

    async readInstance(signal) {
      const url = endpoint(app, INSTALLATION_PATH)
      const request = { schema: installationSchema, signal }
      const { data } =
        (await resultOf(first?.takeInstallation(), url, request)) ??
        (await withContextToken((...token) => requestWithToken(url, request, ...token)))
      return data.instance_url ? parseInstanceUrl(data.instance_url) : app
    },

    async isSiteRefused(instance) {
      try {
        // Not with another token after a refusal: the instance might have heard of the site in between.
        const url = withParameter(endpoint(instance, LINKED_GROUPS_PATH), await contextToken.get())
        await requestGitLab(url, { schema: linkedGroupsSchema })
        return false
      } catch (error) {
        return isTokenRefused(error)
      }
    },

    async listLinkedGroups(instance, signal) {
      const url = endpoint(instance, LINKED_GROUPS_PATH)
      const request = { schema: linkedGroupsSchema, signal }
      const taken = first && (await first.takeList(instance))
      const { data } =
        (await resultOf(
          taken,
          url,
          request,
          (error) => taken?.jwt === undefined || isWithoutResponse(error),
        )) ??
        (await withContextToken(
          (jwt, isRetry) =>
            instance === app
              ? requestWithToken(url, request, jwt, isRetry)
              : // A header would cost a preflight.
                requestGitLab(withParameter(url, jwt), request),
          taken?.jwt,
        ))
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
      const url = endpoint(instance, `/-/jira_connect/subscriptions/${subscriptionId}`)
      const request = { method: 'DELETE', schema: doneSchema } as const
      await asAdministrator((...token) => requestWithToken(url, request, ...token))
    },
  }
}

/**
 * @param isForgiven whether the request is to be sent again after a failure other than a refused token
 * @returns the result of a request that has left already; undefined if there is none
 * @throws what {@link requestGitLab} throws
 */
async function resultOf<S extends Schema>(
  taken: FirstRequest | undefined,
  url: URL,
  request: GitLabRequest<S>,
  isForgiven: (error: unknown) => boolean = () => false,
) {
  try {
    return taken && (await requestGitLab(url, { ...request, send: taken.send }))
  } catch (error) {
    const isToBeRepeated = isTokenRefused(error) || mightBeDueToHeader(error) || isForgiven(error)
    if (request.signal?.aborted || !isToBeRepeated) throw error
    return undefined
  }
}

/** Never leaves this module: the request is sent again. */
class HeaderRefusedError extends Error {}

/**
 * A proxy that uses the Authorization header itself refuses requests with a different one. GitLab never responds with
 * 401 here, so any 401 is a proxy's.
 */
function mightBeDueToHeader(error: unknown): boolean {
  if (!(error instanceof GitLabApiError)) return false
  if (error.code === 'refused-in-front') return error.status === 401 || error.status === 403
  return error.code === 'request-refused' && error.status === 401
}

/** No readable response: the page sends the request again to find out why, unless the time limit was used up. */
function isWithoutResponse(error: unknown): boolean {
  return error instanceof GitLabUnreachableError && error.code !== 'gitlab-too-slow'
}

function isTokenRefused(error: unknown): boolean {
  return (
    error instanceof HeaderRefusedError ||
    (error instanceof GitLabApiError && error.code === 'context-token-refused')
  )
}

function withParameter(url: URL, jwt: string): URL {
  const result = new URL(url)
  result.searchParams.set('jwt', jwt)
  return result
}
