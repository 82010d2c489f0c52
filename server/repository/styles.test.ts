import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))

test('no style depends on a value that one of the engines ignores', () => {
  // Chromium knows this one with a prefix only.
  const ignored = /^\s*text-align:\s*match-parent/m
  const sheets = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.css'),
  )
  expect(sheets.length).toBeGreaterThan(10)
  expect(sheets.filter((path) => ignored.test(readFileSync(join(SOURCES, path), 'utf8')))).toEqual([])
})
