import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'

export const LIST_ORDERS = ['name', 'newest', 'oldest'] as const

export type ListOrder = (typeof LIST_ORDERS)[number]

/**
 * @param newGroupIds ids of the groups linked since the page was opened: these come first, whatever the order
 * @returns the groups by name as the reader's language sorts, or by the date of the link
 */
export function inOrder(
  groups: readonly LinkedGroup[],
  order: ListOrder,
  newGroupIds: ReadonlySet<number>,
  locale: string,
): LinkedGroup[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const rank = ({ groupId }: LinkedGroup) => (groupId !== undefined && newGroupIds.has(groupId) ? 0 : 1)
  const byDate = ({ linkedAt = 0 }: LinkedGroup) => (order === 'newest' ? -linkedAt : linkedAt)
  return groups.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      // Rows show the group's own name first.
      (order === 'name' ? compare(a.name, b.name) : byDate(a) - byDate(b)) ||
      compare(a.fullName, b.fullName),
  )
}

/** @returns the groups whose full name contains every word of the filter, ignoring case and accents */
export function matching(groups: readonly LinkedGroup[], filter: string): LinkedGroup[] {
  const words = plain(filter).split(/\s+/).filter(Boolean)
  return groups.filter((group) => {
    const name = plainNameOf(group)
    return words.every((word) => name.includes(word))
  })
}

const plainNames = new WeakMap<LinkedGroup, string>()

/** Cached, because each typed letter needs all of them. */
function plainNameOf(group: LinkedGroup): string {
  let name = plainNames.get(group)
  if (name === undefined) {
    name = plain(group.fullName)
    plainNames.set(group, name)
  }
  return name
}

/** Lower case, without accents, and without spaces around slashes. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s*\/\s*/g, '/')
    .trim()
}
