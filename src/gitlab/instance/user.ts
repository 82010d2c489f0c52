import { boolean, number, object, optional, string } from 'valibot'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { plainText } from '#src/gitlab/client/plain-text.ts'
import type { InstanceUrl } from './instance-url.ts'
import { endpoint } from './instance-url.ts'

export interface GitLabUser {
  /** Unlike the username, the number never changes; the username where GitLab doesn't give the number. */
  readonly id: number | string
  readonly username: string
  readonly name: string
  readonly isAdministrator: boolean
}

/** GitLab includes `is_admin` for administrators only. */
const userSchema = object({
  id: optional(number()),
  username: string(),
  name: string(),
  is_admin: optional(boolean(), false),
})

/**
 * @returns the user who is signed in
 * @throws what {@link requestGitLab} throws
 * @see https://docs.gitlab.com/api/users/#retrieve-the-current-user
 */
export async function readUser(
  instance: InstanceUrl,
  authorizedFetch: AuthorizedFetch,
  signal?: AbortSignal,
): Promise<GitLabUser> {
  const { data } = await requestGitLab(endpoint(instance, '/api/v4/user'), {
    schema: userSchema,
    send: authorizedFetch,
    signal,
  })
  return {
    id: data.id ?? data.username,
    username: plainText(data.username),
    name: plainText(data.name),
    isAdministrator: data.is_admin,
  }
}
