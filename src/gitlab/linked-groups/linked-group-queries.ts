import type { QueryClient } from '@tanstack/react-query'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { instanceKey } from '#src/gitlab/instance/instance-key.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from './linked-groups.ts'
import { requestUnlinking } from './linking.ts'

/** The groups linked to this Jira site. */
export function linkedGroupsOptions(backend: Backend, instance: InstanceUrl) {
  return queryOptions({
    queryKey: instanceKey(instance, 'linked-groups'),
    queryFn: ({ signal }) => backend.listLinkedGroups(instance, signal),
  })
}

/**
 * Unlinks a group. The list is read again only if GitLab didn't confirm it; if it can't be read, and GitLab didn't refuse
 * either, it ends with an {@link UnknownOutcomeError}. A group that was unlinked and linked again since the list was read is
 * unlinked by its new link.
 */
export function unlinkGroupOptions(backend: Backend, instance: InstanceUrl) {
  const list = linkedGroupsOptions(backend, instance)

  function readAgain(client: QueryClient, error: unknown): never {
    void client.invalidateQueries({ queryKey: list.queryKey })
    throw error
  }

  /** @returns the link that is gone for certain */
  async function unlink(client: QueryClient, link: string, groupId: number | undefined): Promise<string> {
    const claim = await requestUnlinking(backend, instance, link, { isAlone: true }).catch((error: unknown) =>
      readAgain(client, error),
    )
    if (!claim) return link
    const linked = await backend
      .listLinkedGroups(instance)
      .catch((error: unknown) =>
        readAgain(client, claim.isUnconfirmed ? new UnknownOutcomeError(claim.error) : error),
      )
    const isLinked = linked.some((one) => one.subscriptionId === link)
    const again = linked.find((one) => groupId !== undefined && one.groupId === groupId)?.subscriptionId
    if (!isLinked && again === undefined) return link
    client.setQueryData(list.queryKey, linked)
    if (isLinked || again === undefined) throw claim.error
    // Only once: the next link would be newer still.
    return unlink(client, again, undefined)
  }

  return mutationOptions({
    mutationFn: (subscriptionId: string, { client }) => {
      const linked = client.getQueryData(list.queryKey)
      const groupId = linked?.find((one) => one.subscriptionId === subscriptionId)?.groupId
      return unlink(client, subscriptionId, groupId)
    },
    onSuccess: (link, _subscriptionId, _result, { client }) =>
      changeList(client, list, (linked) => linked.filter((one) => one.subscriptionId !== link)),
  })
}

/** Adds groups that were just linked to the cached list; rows that are already there stay as they are. */
export function showLinked(
  client: QueryClient,
  backend: Backend,
  instance: InstanceUrl,
  groups: readonly Group[],
): Promise<void> {
  return changeList(client, linkedGroupsOptions(backend, instance), (linked) => {
    const ids = new Set(linked.map(({ groupId }) => groupId))
    return [...groups.filter(({ id }) => !ids.has(id)).map(asLinked), ...linked]
  })
}

/** Removes groups that were just unlinked from the cached list. */
export function showUnlinked(
  client: QueryClient,
  backend: Backend,
  instance: InstanceUrl,
  groups: readonly LinkedGroup[],
): Promise<void> {
  const ids = new Set(groups.map(({ subscriptionId }) => subscriptionId))
  return changeList(client, linkedGroupsOptions(backend, instance), (linked) =>
    linked.filter(({ subscriptionId }) => subscriptionId === undefined || !ids.has(subscriptionId)),
  )
}

async function changeList(
  client: QueryClient,
  list: ReturnType<typeof linkedGroupsOptions>,
  change: (linked: LinkedGroup[]) => LinkedGroup[],
): Promise<void> {
  // A response on its way is from before the change, and would undo it.
  const wasBeingRead = client.isFetching({ queryKey: list.queryKey }) > 0
  await client.cancelQueries({ queryKey: list.queryKey })
  client.setQueryData(list.queryKey, (linked) => linked && change(linked))
  // Something might be waiting for that response, such as the ID of a group that was just linked.
  if (wasBeingRead) void client.invalidateQueries({ queryKey: list.queryKey })
}

function asLinked(group: Group): LinkedGroup {
  return {
    subscriptionId: undefined,
    groupId: group.id,
    name: group.name,
    fullName: group.fullName,
    avatarUrl: group.avatarUrl,
    description: group.description,
    linkedAt: Date.now(),
  }
}
