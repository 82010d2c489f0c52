export const DEVELOPER = 30
export const MAINTAINER = 40
export const OWNER = 50

export interface Group {
  readonly id: number
  readonly parentId: number | null
  readonly name: string
  readonly path: string
  /** The names of its ancestors and its own, joined by " / ". */
  readonly fullName: string
  readonly fullPath: string
  readonly description: string | null
  readonly visibility: 'private' | 'internal' | 'public'
  readonly hasAvatar: boolean
  /** When GitLab deletes it for good, such as `2026-12-24`; undefined for most groups. */
  readonly markedForDeletionOn?: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export type NewGroup = Omit<Group, 'id' | 'fullName' | 'fullPath'> & { readonly id?: number }

export interface GroupQuery {
  username: string
  isAdmin: boolean
  minAccessLevel: number | null
  search: string
  skip: ReadonlySet<number>
  orderBy: 'name' | 'path' | 'id' | 'similarity'
  sort: 'asc' | 'desc'
  topLevelOnly: boolean
}

const collator = new Intl.Collator('en')
const COMPARE = {
  name: (a: Group, b: Group) => collator.compare(a.name, b.name) || a.id - b.id,
  path: (a: Group, b: Group) => collator.compare(a.path, b.path) || a.id - b.id,
  id: (a: Group, b: Group) => a.id - b.id,
}

/** All groups of an instance with their members; searching is fast up to about 100,000 groups. */
export class GroupDirectory {
  #byId = new Map<number, Group>()
  #byPath = new Map<string, Group>()
  /** The texts that are searched, in lower case. */
  #searched = new Map<Group, { readonly path: string; readonly name: string }>()
  #members = new Map<string, Map<number, number>>()
  /** Sorted lists by user and query; every change clears them. */
  #visible = new Map<string, readonly Group[]>()
  /** The latest search result, since it is requested page by page; every change clears it. */
  #latest: { key: string; found: readonly Group[] } | undefined
  #lastId = 0

  get size(): number {
    return this.#byId.size
  }

  values(): IterableIterator<Group> {
    return this.#byId.values()
  }

  get(id: number): Group | undefined {
    return this.#byId.get(id)
  }

  /** Ignores case, as GitLab's routes do. */
  findByFullPath(fullPath: string): Group | undefined {
    return this.#byPath.get(fullPath.toLowerCase())
  }

  /** @throws {Error} the parent is unknown, or the path is taken */
  add(group: NewGroup): Group {
    const parent = group.parentId === null ? undefined : this.#byId.get(group.parentId)
    if (group.parentId !== null && !parent) throw new Error(`There is no group with id ${group.parentId}.`)
    const fullPath = parent ? `${parent.fullPath}/${group.path}` : group.path
    if (this.findByFullPath(fullPath)) throw new Error(`The group ${fullPath} exists already.`)
    const id = group.id ?? this.#lastId + 1
    const fullName = parent ? `${parent.fullName} / ${group.name}` : group.name
    const added: Group = { ...group, id, fullName, fullPath }
    this.#lastId = Math.max(this.#lastId, id)
    this.#byId.set(id, added)
    this.#byPath.set(fullPath.toLowerCase(), added)
    this.#searched.set(added, { path: fullPath.toLowerCase(), name: fullName.toLowerCase() })
    this.#forget()
    return added
  }

  /** Removes a group and its subgroups. */
  remove(id: number): void {
    const removed = this.#byId.get(id)
    if (!removed) return
    for (const group of [...this.#byId.values()]) {
      if (group.parentId === id) this.remove(group.id)
    }
    this.#byId.delete(id)
    this.#byPath.delete(removed.fullPath.toLowerCase())
    this.#searched.delete(removed)
    this.#forget()
  }

  clear(): void {
    this.#byId.clear()
    this.#byPath.clear()
    this.#searched.clear()
    this.#members.clear()
    this.#forget()
    this.#lastId = 0
  }

  /** Makes a user a direct member of a group; level 0 removes the membership. */
  setMember(username: string, groupId: number, accessLevel: number): void {
    const memberships = this.#members.get(username) ?? new Map<number, number>()
    memberships.set(groupId, accessLevel)
    this.#members.set(username, memberships)
    this.#forget()
  }

  /** The highest role of the user in the group or any of its ancestors; 0 for none. */
  accessLevel(username: string, group: Group): number {
    const memberships = this.#members.get(username)
    if (!memberships) return 0
    let level = 0
    for (
      let at: Group | undefined = group;
      at;
      at = at.parentId === null ? undefined : this.get(at.parentId)
    ) {
      level = Math.max(level, memberships.get(at.id) ?? 0)
    }
    return level
  }

  #forget(): void {
    this.#visible.clear()
    this.#latest = undefined
  }

  /** The groups that match a query, in its order. */
  find(query: GroupQuery): readonly Group[] {
    const key = JSON.stringify({ ...query, skip: [...query.skip] })
    if (this.#latest?.key !== key) this.#latest = { key, found: this.#search(query) }
    return this.#latest.found
  }

  #search(query: GroupQuery): readonly Group[] {
    const terms = searchTerms(query.search)
    // Without a search term, GitLab sorts by name.
    const bySimilarity = query.orderBy === 'similarity' && terms.length > 0
    let found = this.#visibleGroups(query)
    if (query.topLevelOnly) found = found.filter((group) => group.parentId === null)
    if (query.skip.size > 0) found = found.filter((group) => !query.skip.has(group.id))
    if (query.search.trim())
      found = found.filter((group) => {
        const searched = this.#searched.get(group)
        return searched !== undefined && matches(searched, query.search, terms)
      })
    return bySimilarity ? sortedBySimilarity(found, query.search) : found
  }

  #visibleGroups({ username, isAdmin, minAccessLevel, orderBy, sort }: GroupQuery): readonly Group[] {
    const order = orderBy === 'similarity' ? 'name' : orderBy
    const key = JSON.stringify([username, isAdmin, minAccessLevel, order, sort])
    const known = this.#visible.get(key)
    if (known) return known
    // A minimum role requires memberships, so administrators don't see groups that they aren't a member of.
    const isVisible = (group: Group) =>
      minAccessLevel === null
        ? isAdmin || group.visibility !== 'private' || this.accessLevel(username, group) > 0
        : this.accessLevel(username, group) >= minAccessLevel
    const visible = [...this.#byId.values()].filter(isVisible).sort(COMPARE[order])
    if (sort === 'desc') visible.reverse()
    this.#visible.set(key, visible)
    return visible
  }
}

/** GitLab searches for every word of three characters or more. */
function searchTerms(search: string): string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term.length >= 3)
}

/** The full path or the full name must contain all words, so that ancestors count too. */
function matches(
  { path, name }: { readonly path: string; readonly name: string },
  search: string,
  terms: readonly string[],
): boolean {
  if (terms.length === 0) {
    // One or two characters match only a whole path or name.
    const whole = search.trim().toLowerCase()
    return path === whole || name === whole
  }
  return terms.every((term) => path.includes(term)) || terms.every((term) => name.includes(term))
}

function sortedBySimilarity(groups: readonly Group[], search: string): Group[] {
  const wanted = trigrams(search)
  // Many groups have the same name.
  const known = new Map<string, number>()
  const similarityOf = (text: string) => {
    const before = known.get(text) ?? similarity(wanted, trigrams(text))
    known.set(text, before)
    return before
  }
  const score = (group: Group) => similarityOf(group.path) + 0.8 * similarityOf(group.name)
  return (
    groups
      .map((group) => ({ group, score: score(group) }))
      // The groups are sorted by name, and the sort is stable.
      .sort((a, b) => b.score - a.score)
      .map(({ group }) => group)
  )
}

/** Like PostgreSQL's pg_trgm: every word is padded with two spaces before and one after. */
function trigrams(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${word} `
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3))
  }
  return found
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const trigram of a) if (b.has(trigram)) shared++
  return shared / (a.size + b.size - shared || 1)
}
