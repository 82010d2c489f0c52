import { object, pipe, regex, string, trim } from 'valibot'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { ApplicationIdMissingError, GitLabApiError } from '#src/gitlab/client/errors.ts'
import type { InstanceUrl } from './instance-url.ts'
import { endpoint } from './instance-url.ts'

/** The characters that RFC 6749 appendix A.1 allows, and the length that GitLab can store. */
const CLIENT_ID = /^[\x20-\x7e]{0,255}$/

const applicationIdSchema = object({ application_id: pipe(string(), trim(), regex(CLIENT_ID)) })

/**
 * Asks an instance for the ID of its OAuth application for Jira, which is the client ID of the sign-in.
 * @throws {ApplicationIdMissingError} the instance has none: it responds with 404 if its setting is empty
 * @throws what {@link requestGitLab} throws otherwise
 */
export async function readApplicationId(instance: InstanceUrl, signal?: AbortSignal): Promise<string> {
  let refusal: unknown
  try {
    const { data } = await requestGitLab(endpoint(instance, '/-/jira_connect/oauth_application_id'), {
      schema: applicationIdSchema,
      signal,
    })
    if (data.application_id) return data.application_id
  } catch (error) {
    // GitLab itself responds without a body; anything else is from something in front of it, or from a version too old.
    if (!(error instanceof GitLabApiError) || error.status !== 404 || error.kind !== 'empty') throw error
    refusal = error
  }
  throw new ApplicationIdMissingError(`${instance} has no application ID for Jira.`, { cause: refusal })
}
