import { expect, test } from 'vitest'
import { LONGEST_PATH, plainText } from './plain-text.ts'

test.each(['Acme Corp', 'R&amp;D', '<b>bold</b>', 'فريق المدفوعات', 'צוות (Infra)', '👩🏽‍🚀🏳️‍🌈', ''])(
  'leaves “%s” as it is',
  (name) => {
    expect(plainText(name)).toBe(name)
  },
)

test.each([
  ['a right-to-left override', 'Acme \u202Egpj.exe'],
  ['an embedding that never ends', '\u202A\u202B\u202DAcme'],
  ['isolates, and the end of one that never began', 'A\u2066\u2067\u2068\u2069B'],
  ['line breaks and separators', 'Acme\r\n\u2028\u2029Corp'],
  ['control characters', 'Acme\u0000\u0007\u001B[31m\u007F\u0085'],
])('removes %s from a text', (_what, name) => {
  expect(plainText(name)).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/u)
})

test.each([
  [undefined, 255],
  [LONGEST_PATH, LONGEST_PATH],
])('shortens a megabyte of text, and shows that it did', (longest, length) => {
  const text = plainText('x'.repeat(1_000_000), longest)
  expect(text).toHaveLength(length)
  expect(text).toMatch(/x…$/)
})
