import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { useSelection } from './use-selection.ts'

const groups = Array.from({ length: 30 }, (_none, index): LinkedGroup => {
  const name = `Group ${index + 1}`
  return { subscriptionId: String(index + 1), groupId: index + 1, name, fullName: name } as LinkedGroup
})

function select(...rows: number[]): string | undefined {
  const { result } = renderHook(() => useSelection(groups, groups))
  for (const row of rows)
    act(() => {
      const group = groups[row - 1] as LinkedGroup
      result.current.select(group, !result.current.selected.has(String(row)), false)
    })
  return result.current.barRow
}

test('the actions for the selection stay where they are, so that no row moves under the pointer', () => {
  expect(select(5)).toBe('5')
  expect(select(5, 9)).toBe('5')
  expect(select(5, 1, 13)).toBe('5')
})

test('the actions come along where they would be hard to find, and begin anew with each selection', () => {
  expect(select(5, 14)).toBe('14')
  expect(select(20, 5)).toBe('5')
  expect(select(5, 5, 7)).toBe('7')
})
