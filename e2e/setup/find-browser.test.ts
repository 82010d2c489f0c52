import { afterEach, expect, test, vi } from 'vitest'
import { findBrowser } from './find-browser.ts'

afterEach(() => vi.unstubAllEnvs())

test('CHROMIUM decides which browser is used', () => {
  vi.stubEnv('CHROMIUM', process.execPath)

  expect(findBrowser()).toBe(process.execPath)
})

test('a CHROMIUM that names no file is refused instead of passed over', () => {
  vi.stubEnv('CHROMIUM', '/does/not/exist')

  expect(() => findBrowser()).toThrow('/does/not/exist')
})
