import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from './linked-groups.ts'

/** Whether a group's data already appears in Jira. */
export type LinkedMark =
  | { readonly kind: 'linked' }
  /** Through a linked group above it. */
  | { readonly kind: 'covered'; readonly by: string }

const SEPARATOR = ' / '

type Linked = Pick<LinkedGroup, 'groupId' | 'fullName'>

/**
 * Compares groups with the linked ones: by ID if GitLab's list of linked groups has it, otherwise by full name, since
 * that list has no paths.
 * @returns a function that tells whether a group itself is linked
 */
export function createIsLinked(
  linked: readonly Linked[],
): (group: Pick<Group, 'id' | 'fullName'>) => boolean {
  const ids = new Set(linked.map(({ groupId }) => groupId))
  const withoutId = new Set(linked.filter((one) => one.groupId === undefined).map((one) => one.fullName))
  return (group) => ids.has(group.id) || withoutId.has(group.fullName)
}

/** @returns a function that tells whether a group is linked, or covered by a linked one; undefined for neither */
export function createLinkedMarks(linked: readonly Linked[]): (group: Group) => LinkedMark | undefined {
  const isLinked = createIsLinked(linked)
  const coveredBy = createCoverage(linked)

  return (group) => {
    if (isLinked(group)) return { kind: 'linked' }
    const by = coveredBy(group)
    return by === undefined ? undefined : { kind: 'covered', by }
  }
}

/** @returns a function that gives the full name of the nearest of these groups above a group; undefined for none */
export function createCoverage(groups: readonly Linked[]): (group: Group) => string | undefined {
  const byName = new Map(groups.map((one) => [one.fullName, one]))

  return (group) => {
    let name = parentOf(group.fullName)
    // Top-level groups can have the same name, but a group knows the ID of its parent.
    const parent = name === undefined ? undefined : byName.get(name)
    if (parent?.groupId !== undefined && group.parentId !== undefined && parent.groupId !== group.parentId)
      return undefined
    while (name !== undefined && !byName.has(name)) name = parentOf(name)
    return name
  }
}

function parentOf(fullName: string): string | undefined {
  const end = fullName.lastIndexOf(SEPARATOR)
  return end < 0 ? undefined : fullName.slice(0, end)
}
