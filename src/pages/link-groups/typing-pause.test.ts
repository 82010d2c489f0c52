import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTypingPause } from './typing-pause.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function type(first: string) {
  const { result, rerender } = renderHook(({ text }) => useTypingPause(text), {
    initialProps: { text: first },
  })
  return { result, type: (text: string) => rerender({ text }) }
}

const wait = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds))

test('a search begins a fifth of a second after the last letter', () => {
  const field = type('')
  field.type('pay')
  wait(199)
  expect(field.result.current).toBe('')
  wait(1)
  expect(field.result.current).toBe('pay')
})

test('while someone types, nothing is searched', () => {
  const field = type('')
  for (const text of ['p', 'pa', 'pay', 'paym']) {
    field.type(text)
    wait(150)
  }
  expect(field.result.current).toBe('')
  wait(50)
  expect(field.result.current).toBe('paym')
})

test('an emptied field shows all groups at once', () => {
  const field = type('pay')
  field.type('')
  expect(field.result.current).toBe('')
})
