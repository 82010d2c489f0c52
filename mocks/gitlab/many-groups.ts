import type { Group } from './world/group-directory.ts'
import { OWNER } from './world/group-directory.ts'
import type { Store } from './world/store.ts'

const DAY_MS = 86_400_000

/** Names of departments, products and teams: their combinations are many, but each of them is met often. */
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
 * Adds so many groups to the ones there are, all owned by Amira: departments at the top, products in them, teams in those,
 * and the teams' own groups. The same count gives the same groups.
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

  // Round after round another product in each department, so that every count holds a bit of everything.
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
