import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'

/** Whether a request changed something, or found that it had been done already. */
export type WriteOutcome = 'done' | 'already'

/**
 * Links a group, as the GitLab user behind `authorizedFetch`.
 * @returns `already` if it was linked before
 * @throws what {@link Backend.linkGroup} throws otherwise
 */
export function ensureLinked(
  backend: Backend,
  instance: InstanceUrl,
  group: Group,
  authorizedFetch: AuthorizedFetch,
): Promise<WriteOutcome> {
  return outcomeOf(backend.linkGroup(instance, group.fullPath, authorizedFetch), 'group-already-linked')
}

/**
 * Unlinks a group. Needs no GitLab user.
 * @returns `already` if it was unlinked before, by someone else or by a request whose response got lost
 * @throws what {@link Backend.unlinkGroup} throws otherwise
 */
export function ensureUnlinked(
  backend: Backend,
  instance: InstanceUrl,
  subscriptionId: string,
): Promise<WriteOutcome> {
  return outcomeOf(backend.unlinkGroup(instance, subscriptionId), 'not-found')
}

/** @param doneBefore code of the refusal that says that it's been done already */
async function outcomeOf(write: Promise<void>, doneBefore: GitLabApiError['code']): Promise<WriteOutcome> {
  try {
    await write
    return 'done'
  } catch (error) {
    const isSaid = error instanceof GitLabApiError && error.code === doneBefore
    if (isSaid && (error.status !== 404 || isInGitLabsForm(error))) return 'already'
    throw error
  }
}

/** GitLab's own 404 has no body, or says so; that of a proxy says nothing about the group. */
function isInGitLabsForm({ kind, gitlabMessage = '' }: GitLabApiError): boolean {
  return kind === 'empty' || gitlabMessage.startsWith('404')
}
