import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'
import type { Group } from '#mocks/gitlab/world/group-directory.ts'

/** Path of a group's avatar, with the relative URL root. */
export function groupAvatarPath(instance: Instance, group: Group): string {
  return `${relativeRoot(instance.publicUrl)}/uploads/-/system/group/avatar/${group.id}/${group.path}.png`
}

/** A group as the REST API lists it; here the avatar's URL is absolute. */
export function groupJson(instance: Instance, group: Group) {
  return {
    id: group.id,
    web_url: `${instance.publicUrl}/groups/${group.fullPath}`,
    name: group.name,
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    avatar_url: group.hasAvatar ? new URL(groupAvatarPath(instance, group), instance.publicUrl).href : null,
    full_name: group.fullName,
    full_path: group.fullPath,
    created_at: new Date(group.createdAt).toISOString(),
    parent_id: group.parentId,
    marked_for_deletion_on: group.markedForDeletionOn ?? null,
  }
}
