import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'

/** What a host's back end can do for this Jira site. Jira's credentials stay inside the implementation. */
export interface Backend {
  /** The instance that serves this page. */
  readonly app: InstanceUrl

  /** @returns the instance that this Jira site uses; `app` if none was chosen */
  readInstance(signal?: AbortSignal): Promise<InstanceUrl>

  /** Checks that the host confirms who opened the page. */
  checkHost(): Promise<void>

  /**
   * Saves which instance this Jira site uses.
   * @param instance `app` for the instance that serves this page
   * @returns the instance as saved
   */
  saveInstance(instance: InstanceUrl): Promise<InstanceUrl>

  /**
   * Asks an instance other than `app`, once.
   * @returns whether it refuses this Jira site, as it does before it has heard of it; false if that can't be known
   */
  isSiteRefused(instance: InstanceUrl): Promise<boolean>

  /** @returns all linked groups, in no particular order */
  listLinkedGroups(instance: InstanceUrl, signal?: AbortSignal): Promise<LinkedGroup[]>

  /** Links a group, as the GitLab user behind `authorizedFetch`. */
  linkGroup(
    instance: InstanceUrl,
    fullPath: string,
    authorizedFetch: AuthorizedFetch,
    signal?: AbortSignal,
  ): Promise<void>

  /** Unlinks a group. Needs no GitLab user. */
  unlinkGroup(instance: InstanceUrl, subscriptionId: string): Promise<void>
}
