import { OWNER } from './world/group-directory.ts'
import type { Store } from './world/store.ts'

const DAY_MS = 86_400_000
const ROOT = 'estate'
const AREAS = [
  'Billing',
  'Équipe Données',
  'Größenordnung',
  'Mobile',
  'Search',
  'Zürich Office',
  'Área Común',
]
const TEAMS = ['Apollo', 'Borealis', 'Cedar', 'Dynamo', 'Ember', 'Fjord', 'Granite', 'Harbour', 'Indigo']

/** Adds `count` groups with different names and links them to an installation, spread over the last three years. */
export function linkManyGroups(store: Store, clientKey: string, count: number, now: number): void {
  if (count === 0) return
  const shared = {
    description: '',
    visibility: 'private',
    hasAvatar: false,
    createdAt: now - 2000 * DAY_MS,
  } as const
  const root = store.groups.add({ ...shared, parentId: null, name: 'Estate', path: ROOT })
  store.groups.setMember('amira', root.id, OWNER)
  const areas = AREAS.map((name, index) =>
    store.groups.add({ ...shared, parentId: root.id, name, path: `area-${index + 1}` }),
  )
  for (let number = 1; number <= count; number++) {
    const area = areas[number % areas.length] ?? root
    const group = store.groups.add({
      ...shared,
      parentId: area.id,
      name: `${TEAMS[number % TEAMS.length]} ${number}`,
      path: `team-${number}`,
    })
    store.linkGroup(group.fullPath, { clientKey, createdAt: now - ((number * 37) % 1095) * DAY_MS })
  }
}
