import { expect, test } from 'vitest'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { createLinkedMarks } from './linked-marks.ts'

function aGroup(fullName: string, ids: Partial<Pick<Group, 'id' | 'parentId'>> = {}): Group {
  return { id: 7, name: '', fullPath: '', avatarUrl: undefined, fullName, ...ids }
}

const platform = { groupId: 3, fullName: 'Acme / Platform' }

test('a group is linked if its ID is, whatever its name is now', () => {
  const markOf = createLinkedMarks([platform])
  expect(markOf(aGroup('Acme / Renamed', { id: 3 }))).toEqual({ kind: 'linked' })
  expect(markOf(aGroup('Acme / Platform', { id: 4 })), 'another group with that name').toBeUndefined()
})

test('a group whose ID GitLab doesn’t give is linked if its full name is', () => {
  const markOf = createLinkedMarks([{ ...platform, groupId: undefined }])
  expect(markOf(aGroup('Acme / Platform'))).toEqual({ kind: 'linked' })
  expect(markOf(aGroup('Platform'))).toBeUndefined()
})

test('a group at any depth below a linked one is covered by it, by the nearest if there are several', () => {
  const covered = (by: string) => ({ kind: 'covered', by })
  expect(createLinkedMarks([platform])(aGroup('Acme / Platform / A / B'))).toEqual(covered('Acme / Platform'))
  const both = createLinkedMarks([platform, { groupId: 1, fullName: 'Acme' }])
  expect(both(aGroup('Acme / Platform / A'))).toEqual(covered('Acme / Platform'))
  expect(both(aGroup('Acme / Web'))).toEqual(covered('Acme'))
})

test('names are compared as a whole, from one separator to the next', () => {
  const markOf = createLinkedMarks([platform])
  expect(markOf(aGroup('Acme / Platform Team'))).toBeUndefined()
  expect(markOf(aGroup('Acme / Platform/Tools'))).toBeUndefined()
  expect(markOf(aGroup('Other / Acme / Platform / A'))).toBeUndefined()
  expect(markOf(aGroup('Acme'))).toBeUndefined()
})

test('a group right below a namesake of the linked one is not covered', () => {
  const markOf = createLinkedMarks([platform])
  expect(markOf(aGroup('Acme / Platform / A', { parentId: 3 }))).toMatchObject({ kind: 'covered' })
  expect(markOf(aGroup('Acme / Platform / A', { parentId: 99 }))).toBeUndefined()
})
