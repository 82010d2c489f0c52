import { aUser } from './builders.ts'
import type { Group } from './group-directory.ts'
import { DEVELOPER, MAINTAINER, OWNER } from './group-directory.ts'
import type { SeedGroup } from './seed-groups.ts'
import { COMPANY_GROUPS, SAAS_GROUPS } from './seed-groups.ts'
import type { Store } from './store.ts'

const DAY_MS = 86_400_000

/** Fills an empty store with users and groups. The same calls give the same IDs. */
export function seed(store: Store, data: 'company' | 'saas', now: number): void {
  for (const user of [
    aUser({ id: 2, username: 'amira', name: 'Amira Haddad', hasAvatar: true, note: 'Owner of Acme' }),
    aUser({ id: 3, username: 'jonas', name: 'Jonas Lindqvist', note: 'Developer, so can’t link any groups' }),
    aUser({
      id: 1,
      username: 'root',
      name: 'Administrator',
      isAdmin: true,
      note: 'Administrator of this instance',
    }),
  ]) {
    store.users.set(user.username, user)
  }
  for (const group of data === 'company' ? COMPANY_GROUPS : SAAS_GROUPS)
    addWithChildren(store, group, null, now)

  const memberships: [username: string, fullPath: string, accessLevel: number][] =
    data === 'company'
      ? [
          ['amira', 'acme', OWNER],
          ['amira', 'partners', DEVELOPER],
          ['amira', 'partners/integrations', MAINTAINER],
          ['jonas', 'acme', DEVELOPER],
        ]
      : [
          ['amira', 'acme-corp', OWNER],
          ['amira', 'openmetrics', DEVELOPER],
          ['amira', 'openmetrics/exporters', MAINTAINER],
          ['jonas', 'acme-corp', DEVELOPER],
        ]
  for (const [username, fullPath, accessLevel] of memberships) {
    const group = store.groups.findByFullPath(fullPath)
    if (group) store.groups.setMember(username, group.id, accessLevel)
  }
}

/** Links the initial groups to an installation: the newest today, the one before it three weeks ago, the rest in 2024. */
export function linkInitialGroups(
  store: Store,
  clientKey: string,
  fullPaths: readonly string[],
  now: number,
): void {
  const dates = [now - 40 * 60_000, now - 21 * DAY_MS]
  fullPaths.forEach((fullPath, index) => {
    const newerOnes = fullPaths.length - 1 - index
    const createdAt =
      dates[newerOnes] ?? Date.UTC(2024, 4, 2, 8, 15, 30) - (newerOnes - dates.length) * DAY_MS
    store.linkGroup(fullPath, { clientKey, createdAt })
  })
}

function addWithChildren(store: Store, seedGroup: SeedGroup, parent: Group | null, now: number): void {
  const added = store.groups.add({
    parentId: parent?.id ?? null,
    name: seedGroup.name,
    path: seedGroup.path,
    description: seedGroup.description ?? '',
    visibility: seedGroup.visibility ?? parent?.visibility ?? 'private',
    hasAvatar: seedGroup.hasAvatar ?? false,
    // Spread over about five years, oldest first.
    createdAt: now - (1800 - ((store.groups.size * 29) % 1700)) * DAY_MS,
  })
  for (const child of seedGroup.children ?? []) addWithChildren(store, child, added, now)
}
