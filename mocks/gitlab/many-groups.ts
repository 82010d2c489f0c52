import type { Group } from './world/group-directory.ts'
import { OWNER } from './world/group-directory.ts'
import type { Store } from './world/store.ts'

const DAY_MS = 86_400_000

/** Names that are combined into many groups, so that a search for one of them has many matches. */
const DEPARTMENTS =
  'Commerce Logistics Research Finance Insurance Mobility Energy Media Health Retail Telecom Travel'.split(
    ' ',
  )
const PRODUCTS =
  'Atlas Beacon Compass Delta Ember Falcon Garnet Harbor Indigo Juniper Kestrel Lantern Meridian Nimbus Orchid Pioneer Quartz Raven Summit Tundra'.split(
    ' ',
  )
const TEAMS =
  'Backend Frontend Mobile Data Platform Security Search Billing Identity Reporting Integrations Tooling Quality Release Observability Documentation'.split(
    ' ',
  )

/**
 * Adds `count` groups to the existing ones, all owned by Amira: departments contain products, products contain teams, and
 * teams contain squads. The same count always gives the same groups.
 */
export function addManyGroups(store: Store, count: number, now = Date.now()): void {
  const before = store.groups.size
  const isFull = () => store.groups.size - before >= count

  function add(name: string, path: string, parent: Group | null): Group {
    const group = store.groups.add({
      parentId: parent?.id ?? null,
      name,
      path,
      description: '',
      visibility: 'private',
      hasAvatar: false,
      createdAt: now - ((store.groups.size * 29) % 1700) * DAY_MS,
    })
    if (!parent) store.groups.setMember('amira', group.id, OWNER)
    return group
  }

  // Each round adds one product to every department, so that even a small count has groups of each kind.
  const departments: Group[] = []
  for (let round = 0; !isFull(); round++) {
    for (const [index, department] of DEPARTMENTS.entries()) {
      if (isFull()) return
      const top = departments[index] ?? add(department, department.toLowerCase(), null)
      departments[index] = top
      addProduct(top, round)
    }
  }

  function addProduct(department: Group, round: number): void {
    if (isFull()) return
    const word = PRODUCTS[round % PRODUCTS.length] ?? ''
    const series = Math.floor(round / PRODUCTS.length) + 1
    const suffix = series === 1 ? '' : ` ${series}`
    const product = add(word + suffix, (word + suffix).toLowerCase().replace(' ', '-'), department)
    for (const team of TEAMS) {
      if (isFull()) return
      const parent = add(team, team.toLowerCase(), product)
      for (let squad = 1; squad <= 4 && !isFull(); squad++) add(`Squad ${squad}`, `squad-${squad}`, parent)
    }
  }
}
