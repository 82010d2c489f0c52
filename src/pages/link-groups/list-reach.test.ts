import { expect, test } from 'vitest'
import { reachOf } from './list-reach.ts'

test('a total that the first page contradicts hides none of its groups', () => {
  const groups = Array.from({ length: 50 }, (_none, id) => ({
    id,
    name: 'Web',
    fullName: 'Web',
    fullPath: `web-${id}`,
    avatarUrl: undefined,
  }))
  const page = { groups, nextPage: 2, total: 0 }
  expect(reachOf(new Map([[1, page]]), '', undefined)).toEqual({ search: '', rows: 50, hasMore: true })
})
