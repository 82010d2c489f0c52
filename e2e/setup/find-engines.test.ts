import { afterEach, expect, test, vi } from 'vitest'
import { findFirefox } from './find-engines.ts'

afterEach(() => vi.unstubAllEnvs())

test('FIREFOX decides which Firefox is used', () => {
  vi.stubEnv('FIREFOX', process.execPath)

  expect(findFirefox()).toBe(process.execPath)
})

test('a FIREFOX that names no file is refused instead of passed over', () => {
  vi.stubEnv('FIREFOX', '/does/not/exist')

  expect(() => findFirefox()).toThrow('/does/not/exist')
})
