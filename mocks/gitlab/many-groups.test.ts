import { expect, test } from 'vitest'
import { createGitLabWorld } from './testing/gitlab-world.ts'

const QUERY = {
  username: 'amira',
  isAdmin: false,
  minAccessLevel: 40,
  search: '',
  skip: new Set<number>(),
  orderBy: 'similarity',
  sort: 'asc',
  topLevelOnly: false,
} as const

test('has as many groups as set, all owned by Amira, with unique paths', () => {
  const few = createGitLabWorld().gitlab.store.groups.find(QUERY).length
  const { groups } = createGitLabWorld({ settings: { manyGroups: 12_000 } }).gitlab.store
  const found = groups.find(QUERY)
  expect(found).toHaveLength(few + 12_000)
  expect(new Set(found.map(({ fullPath }) => fullPath)).size).toBe(found.length)
})

test('the same number gives the same groups, and every number gives some of each kind', () => {
  const paths = (manyGroups: number) =>
    [...createGitLabWorld({ settings: { manyGroups } }).gitlab.store.groups.values()].map(
      ({ fullPath }) => fullPath,
    )
  expect(paths(500)).toEqual(paths(500))
  expect(paths(100)).toContain('commerce/atlas/backend')
})

test('adding a group clears earlier results', () => {
  const { groups } = createGitLabWorld({ settings: { manyGroups: 100 } }).gitlab.store
  const search = { ...QUERY, search: 'zebra' }
  expect(groups.find(search)).toEqual([])
  const commerce = groups.findByFullPath('commerce')
  groups.add({
    parentId: commerce?.id ?? null,
    name: 'Zebra',
    path: 'zebra',
    description: '',
    visibility: 'private',
    hasAvatar: false,
    createdAt: 0,
  })
  expect(groups.find(search).map(({ fullPath }) => fullPath)).toEqual(['commerce/zebra'])
})
