import { expect, test } from 'vitest'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { createCoverage, createLinkedMarks, withPathsFrom } from './linked-marks.ts'

function aGroup(fullName: string, some: Partial<Pick<Group, 'id' | 'parentId' | 'fullPath'>> = {}): Group {
  const fullPath = fullName.toLowerCase().replaceAll(' / ', '/').replaceAll(' ', '-')
  return { id: 7, name: '', fullPath, avatarUrl: undefined, fullName, ...some }
}

const acme = { groupId: 1, fullName: 'Acme' }
const platform = { groupId: 3, fullName: 'Acme / Platform' }
const covered = (by: string) => ({ kind: 'covered', by })

/** Marks with what these groups tell about the linked ones. */
function marksWith(linked: Parameters<typeof createLinkedMarks>[0], ...seen: Group[]) {
  return createLinkedMarks(linked, withPathsFrom(seen, linked, new Map()))
}

test('a group is linked if its ID is, whatever its name is now', () => {
  const markOf = marksWith([platform])
  expect(markOf(aGroup('Acme / Renamed', { id: 3 }))).toEqual({ kind: 'linked' })
  expect(markOf(aGroup('Acme / Platform', { id: 4 })), 'another group with that name').toBeUndefined()
})

test('a group whose ID GitLab doesn’t give is linked if its full name is', () => {
  const markOf = marksWith([{ ...platform, groupId: undefined }])
  expect(markOf(aGroup('Acme / Platform'))).toEqual({ kind: 'linked' })
  expect(markOf(aGroup('Platform'))).toBeUndefined()
})

test('a group at any depth below a linked one is covered by it, by the nearest if there are several', () => {
  const seen = [aGroup('Acme', { id: 1 }), aGroup('Acme / Platform', { id: 3, parentId: 1 })]
  expect(marksWith([platform], ...seen)(aGroup('Acme / Platform / A / B'))).toEqual(
    covered('Acme / Platform'),
  )
  const both = marksWith([platform, acme], ...seen)
  expect(both(aGroup('Acme / Platform / A'))).toEqual(covered('Acme / Platform'))
  expect(both(aGroup('Acme / Web'))).toEqual(covered('Acme'))
})

test('a group tells where its parent is, which the user may not even see', () => {
  const child = aGroup('Acme / Platform / A', { parentId: 3 })
  const markOf = marksWith([platform], child)
  expect(markOf(child)).toEqual(covered('Acme / Platform'))
  expect(markOf(aGroup('Acme / Platform / B / C'))).toEqual(covered('Acme / Platform'))
})

test('a group below a namesake of the linked one is not covered, at any depth', () => {
  const markOf = marksWith([acme, platform], aGroup('Acme', { id: 1 }))
  const elsewhere = { parentId: 99, fullPath: 'acme2/platform/a' }
  expect(markOf(aGroup('Acme / Platform / A', elsewhere))).toBeUndefined()
  expect(
    markOf(aGroup('Acme / Platform / A / B', { ...elsewhere, fullPath: 'acme2/platform/a/b' })),
  ).toBeUndefined()
})

test('nothing is covered by a group of which only the name is known', () => {
  expect(marksWith([acme])(aGroup('Acme / Platform / A', { parentId: 3 }))).toBeUndefined()
  expect(marksWith([{ ...acme, groupId: undefined }])(aGroup('Acme / Web'))).toBeUndefined()
})

test('paths are compared as a whole, from one slash to the next', () => {
  const markOf = marksWith([platform], aGroup('Acme / Platform', { id: 3 }))
  expect(markOf(aGroup('Acme / Platform Team'))).toBeUndefined()
  expect(markOf(aGroup('Other / Acme / Platform / A'))).toBeUndefined()
  expect(markOf(aGroup('Acme'))).toBeUndefined()
})

test('what is known of a linked group stays known until a group read later says otherwise', () => {
  const before = [aGroup('Acme', { id: 1 })]
  const known = withPathsFrom(before, [acme], new Map())
  expect(withPathsFrom([aGroup('Other', { id: 2 })], [acme], known), 'nothing new').toBe(known)
  const read = [...before, aGroup('Acme', { id: 1, fullPath: 'company' })]
  const moved = withPathsFrom(read, [acme], known)
  expect([...moved]).toEqual([[1, 'company']])
  // Otherwise the page would render again and again.
  expect(withPathsFrom(read, [acme], moved), 'settled').toBe(moved)
})

test('a path that another group has now isn’t that of the linked group any more, as after it was renamed', () => {
  const renamed = aGroup('Acme', { id: 1 })
  const known = withPathsFrom([renamed], [acme], new Map())
  // Its parent took the path of the linked group, which is called otherwise now.
  const child = aGroup('Acme / Web', { id: 9, parentId: 5 })
  const now = withPathsFrom([child], [acme], known)
  expect(createLinkedMarks([acme], now)(child)).toBeUndefined()
  expect(withPathsFrom([child], [acme], now), 'settled').toBe(now)
  // Also where a selection from before says otherwise.
  const selected = withPathsFrom([renamed, child], [acme], known)
  expect(createLinkedMarks([acme], selected)(child)).toBeUndefined()
  expect(withPathsFrom([renamed, child], [acme], selected), 'settled').toBe(selected)
})

test('selected groups cover each other by their paths alone', () => {
  const coveredBy = createCoverage([aGroup('Acme', { fullPath: 'acme' })])
  expect(coveredBy(aGroup('Acme / Web / Search'))).toBe('Acme')
  expect(coveredBy(aGroup('Acme / Web / Search', { fullPath: 'acme2/web/search' }))).toBeUndefined()
})
