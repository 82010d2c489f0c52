import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { mightHaveTakenEffect } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'

/** Whether a request changed something, or found that it had been done already. */
export type WriteOutcome = 'done' | 'already'

/** A response that only suggests that a group is linked or unlinked: it isn't until the list of linked groups says so. */
export interface Claim {
  /** To fail with unless the list confirms the claim. */
  readonly error: unknown
  readonly ifTrue: WriteOutcome
  /** GitLab neither confirmed nor refused it. */
  readonly isUnconfirmed?: boolean
}

/** How a request is sent. */
export interface LinkingOptions {
  /** No others are sent beside it, so that it's worth reading the list for it: that it might have taken effect is a claim, too. */
  readonly isAlone?: boolean | undefined
}

/**
 * Links a group, as the GitLab user behind `authorizedFetch`.
 * @returns undefined if GitLab confirmed it
 * @throws what {@link Backend.linkGroup} throws otherwise
 */
export function requestLinking(
  backend: Backend,
  instance: InstanceUrl,
  group: Group,
  authorizedFetch: AuthorizedFetch,
  options?: LinkingOptions,
): Promise<Claim | undefined> {
  return claimIn(
    backend.linkGroup(instance, group.fullPath, authorizedFetch),
    'group-already-linked',
    options,
  )
}

/**
 * Unlinks a group. Needs no GitLab user.
 * @returns undefined if GitLab confirmed it
 * @throws what {@link Backend.unlinkGroup} throws otherwise
 */
export function requestUnlinking(
  backend: Backend,
  instance: InstanceUrl,
  subscriptionId: string,
  options?: LinkingOptions,
): Promise<Claim | undefined> {
  return claimIn(backend.unlinkGroup(instance, subscriptionId), 'not-found', options)
}

/** @param doneBefore code of the refusal that says that it's been done already; a proxy might say so, too */
async function claimIn(
  write: Promise<void>,
  doneBefore: string,
  { isAlone = false }: LinkingOptions = {},
): Promise<Claim | undefined> {
  try {
    await write
    return undefined
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === doneBefore) return { error, ifTrue: 'already' }
    // A success, but not in the form that GitLab is known to give it.
    if (code === 'answer-unexpected') return { error, ifTrue: 'done' }
    if (isAlone && mightHaveTakenEffect(error)) return { error, ifTrue: 'done', isUnconfirmed: true }
    throw error
  }
}
