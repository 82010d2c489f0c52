import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** A test as SECURITY.md names it: its file, and the title as the file spells it. */
const NAMED_TEST = /`([\w./-]+\.(?:test|spec)\.tsx?)`: “(.+?)”(?=[;, ]* (?:`|\|))/g

const named = [...read('SECURITY.md').matchAll(NAMED_TEST)].map(([, file = '', title = '']) => ({
  file,
  title,
}))

test('SECURITY.md names a test for each threat', () => {
  expect(named.length).toBeGreaterThan(40)
})

test.each(named)('a test that SECURITY.md names exists: $file, $title', ({ file, title }) => {
  expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true)
  // As the first argument of a test, in one kind of quotes or another.
  const titles = [...read(file).matchAll(/(?:^|\()\s*(['"`])(.+?)\1,\s*(?:async\s*)?\(/gm)].map(
    ([, , text]) => text,
  )
  expect(titles).toContain(title)
})
