import { expect, test } from 'vitest'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { inOrder, matching } from './linked-groups-order.ts'

function linked(fullName: string, linkedAt?: number, groupId?: number): LinkedGroup {
  const name = fullName.split(' / ').at(-1) ?? ''
  return { subscriptionId: fullName, groupId, name, fullName, avatarUrl: undefined, linkedAt }
}

const names = (groups: LinkedGroup[]) => groups.map(({ fullName }) => fullName)

const groups = [
  linked('Acme / Web', 3),
  linked('Acme / Équipe 10', 1),
  linked('Acme / Équipe 9', 2),
  linked('Zoo'),
]

test.each([
  ['name', ['Acme / Équipe 9', 'Acme / Équipe 10', 'Acme / Web', 'Zoo']],
  ['newest', ['Acme / Web', 'Acme / Équipe 9', 'Acme / Équipe 10', 'Zoo']],
  ['oldest', ['Zoo', 'Acme / Équipe 10', 'Acme / Équipe 9', 'Acme / Web']],
] as const)('sorts by %s', (order, expected) => {
  expect(names(inOrder(groups, order, new Set(), 'en'))).toEqual(expected)
})

test('sorts by the groups’ own names, which stand first in the rows, and by their full names if these are the same', () => {
  const all = [linked('Acme / Web'), linked('Zoo / Backend'), linked('Acme / Platform / Backend')]
  expect(names(inOrder(all, 'name', new Set(), 'en'))).toEqual([
    'Acme / Platform / Backend',
    'Zoo / Backend',
    'Acme / Web',
  ])
})

test('puts the groups linked since the page was opened first, in any order', () => {
  const all = [linked('A', 2, 1), linked('B', 1, 2), linked('C', 3, 3)]
  expect(names(inOrder(all, 'name', new Set([3]), 'en'))).toEqual(['C', 'A', 'B'])
  expect(names(inOrder(all, 'oldest', new Set([3]), 'en'))).toEqual(['C', 'B', 'A'])
})

test.each([
  ['EQUIPE', ['Acme / Équipe 10', 'Acme / Équipe 9']],
  ['équipe 9', ['Acme / Équipe 9']],
  ['web acme', ['Acme / Web']],
  ['acme/web', ['Acme / Web']],
  ['acme / w', ['Acme / Web']],
  ['  ', ['Acme / Web', 'Acme / Équipe 10', 'Acme / Équipe 9', 'Zoo']],
  ['.*', []],
])('finds by “%s”', (filter, expected) => {
  expect(names(matching(groups, filter))).toEqual(expected)
})
