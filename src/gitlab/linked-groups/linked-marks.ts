import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from './linked-groups.ts'

/** Whether a group's data already appears in Jira. */
export type LinkedMark =
  | { readonly kind: 'linked' }
  /** Through a linked group above it. */
  | { readonly kind: 'covered'; readonly by: string }

/** Full paths of linked groups, as far as they are known, by ID. */
export type LinkedPaths = ReadonlyMap<number, string>

type Linked = Pick<LinkedGroup, 'groupId' | 'fullName'>

/**
 * Learns where linked groups are. GitLab's list of them has no paths, and their names prove nothing, because top-level
 * groups can have the same name. But a group that can be linked has its own path and ID, and so that of its parent.
 * @param groups the most recently read last, since a group may have moved
 * @param known isn't changed
 * @returns what is known now: the same map if these groups tell nothing new
 */
export function withPathsFrom(
  groups: readonly Group[],
  linked: readonly Linked[],
  known: LinkedPaths,
): LinkedPaths {
  const ids = new Set(linked.map(({ groupId }) => groupId))
  const learned = new Map(known)
  const owners = new Map<string, number>()
  const learn = (id: number | undefined, path: string | undefined) => {
    if (id === undefined || path === undefined) return
    owners.set(path, id)
    if (ids.has(id)) learned.set(id, path)
  }
  for (const { id, parentId, fullPath } of groups) {
    learn(parentId, parentOf(fullPath))
    learn(id, fullPath)
  }
  // A group that was renamed can have left its path to another one.
  for (const [id, path] of learned) if ((owners.get(path) ?? id) !== id) learned.delete(id)
  const isNew = learned.size !== known.size || [...learned].some(([id, path]) => known.get(id) !== path)
  return isNew ? learned : known
}

/**
 * Compares groups with the linked ones: by ID if GitLab's list of linked groups has it, otherwise by full name, since
 * that list has no paths. Good enough for a mark, but not to confirm that a group was linked.
 * @returns a function that tells whether a group itself is linked
 */
function createIsLinked(linked: readonly Linked[]): (group: Group) => boolean {
  const ids = new Set(linked.map(({ groupId }) => groupId))
  const withoutId = new Set(linked.filter((one) => one.groupId === undefined).map((one) => one.fullName))
  return (group) => ids.has(group.id) || withoutId.has(group.fullName)
}

/** @returns a function that tells whether a group is linked, or certain to be below a linked one; undefined for neither */
export function createLinkedMarks(
  linked: readonly Linked[],
  paths: LinkedPaths,
): (group: Group) => LinkedMark | undefined {
  const isLinked = createIsLinked(linked)
  const coveredBy = createCoverage(linkedWithPaths(linked, paths))

  return (group) => {
    if (isLinked(group)) return { kind: 'linked' }
    const by = coveredBy(group)
    return by === undefined ? undefined : { kind: 'covered', by }
  }
}

type Located = Pick<Group, 'fullName' | 'fullPath'>

/** @returns the linked groups whose paths are known */
export function linkedWithPaths(linked: readonly Linked[], paths: LinkedPaths): Located[] {
  return linked.flatMap(({ groupId, fullName }) => {
    const fullPath = groupId === undefined ? undefined : paths.get(groupId)
    return fullPath === undefined ? [] : [{ fullName, fullPath }]
  })
}

/** @returns a function that gives the full name of the nearest of these groups above a group; undefined for none */
export function createCoverage(groups: readonly Located[]): (group: Located) => string | undefined {
  const names = new Map(groups.map(({ fullName, fullPath }) => [fullPath, fullName]))

  return (group) => {
    let path = parentOf(group.fullPath)
    while (path !== undefined && !names.has(path)) path = parentOf(path)
    return path === undefined ? undefined : names.get(path)
  }
}

function parentOf(fullPath: string): string | undefined {
  const end = fullPath.lastIndexOf('/')
  return end < 0 ? undefined : fullPath.slice(0, end)
}
