import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** A group whose development work shows in this Jira site. GitLab's word for the link is subscription. */
export interface LinkedGroup {
  /** Names the link; undefined while the list has not been read again after linking. */
  readonly subscriptionId: string | undefined
  /** Undefined where GitLab's answer does not say which group it is. */
  readonly groupId: number | undefined
  readonly name: string
  /** Names of all ancestors and of the group, joined by ` / `. */
  readonly fullName: string
  readonly avatarUrl: string | undefined
  /** Milliseconds since the epoch; undefined where GitLab's answer holds no usable date. */
  readonly linkedAt: number | undefined
}

/** What a host's back end can do for this Jira site. Jira's credentials stay inside the implementation. */
export interface Backend {
  /** The instance that serves this page. */
  readonly app: InstanceUrl

  /** @returns the instance that this Jira site uses; `app` where none was chosen */
  readInstance(signal?: AbortSignal): Promise<InstanceUrl>

  /** Makes sure that the host confirms who opened the page. */
  checkHost(): Promise<void>

  /**
   * Chooses the instance for this Jira site.
   * @param instance `app` for the instance that serves this page
   * @returns the instance as saved
   */
  saveInstance(instance: InstanceUrl): Promise<InstanceUrl>

  /** @returns all linked groups, in no particular order */
  listLinkedGroups(instance: InstanceUrl, signal?: AbortSignal): Promise<LinkedGroup[]>

  /** Links a group, as the GitLab user behind `authorizedFetch`. */
  linkGroup(instance: InstanceUrl, fullPath: string, authorizedFetch: AuthorizedFetch): Promise<void>

  /** Unlinks a group. Needs no GitLab user. */
  unlinkGroup(instance: InstanceUrl, subscriptionId: string): Promise<void>
}
