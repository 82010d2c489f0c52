import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { parentName } from '#src/pages/parts/group/group-path.tsx'

/**
 * @returns a function that gives the nearest linked group which a linked group seems to be below, by their names;
 *   undefined for none. GitLab's list has no paths, and top-level groups can have the same name.
 */
export function createLinkedParent(
  groups: readonly LinkedGroup[],
): (group: LinkedGroup) => string | undefined {
  const names = new Set(groups.map(({ fullName }) => fullName))

  return ({ fullName }) => {
    let parent = parentName(fullName)
    while (parent !== undefined && !names.has(parent)) parent = parentName(parent)
    return parent
  }
}
