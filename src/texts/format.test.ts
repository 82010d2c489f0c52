import { expect, test } from 'vitest'
import { formatAge, formatCount, formatDate, plural } from './format.ts'

const british = { locale: 'en-GB', timeZone: 'Europe/London' }
const now = Date.parse('2026-11-22T10:00:00Z')

test.each([
  ['2026-11-22T00:01:00Z', 'today'],
  ['2026-11-21T23:59:00Z', 'yesterday'],
  ['2026-11-12T10:00:00Z', '10 days ago'],
  ['2026-11-01T10:00:00Z', '3 weeks ago'],
  ['2026-06-22T10:00:00Z', '5 months ago'],
  ['2024-05-02T08:15:30Z', '2 May 2024'],
  // GitLab's clock and this computer's might differ.
  ['2026-11-23T10:00:00Z', 'today'],
])('says how long ago %s was: %s', (time, words) => {
  expect(formatAge(Date.parse(time), now, british)).toBe(words)
})

test('counts days in the reader’s time zone', () => {
  const lateEvening = Date.parse('2026-11-21T23:30:00Z')
  expect(formatAge(lateEvening, now, british)).toBe('yesterday')
  expect(formatAge(lateEvening, now, { ...british, timeZone: 'Asia/Tokyo' })).toBe('today')
})

test('writes dates and numbers as the reader’s locale does', () => {
  const german = { locale: 'de-DE', timeZone: 'Europe/Berlin' }
  expect(formatDate(Date.parse('2024-05-02T08:15:30Z'), german)).toBe('2. Mai 2024')
  expect(formatCount(1234, german)).toBe('1.234')
})

test('takes the plural form from the language of the text, and the digits from the reader’s locale', () => {
  const groups = { one: (n: string) => `${n} group`, other: (n: string) => `${n} groups` }
  // Arabic has separate forms for zero, two and a few; in French, zero is singular.
  const inArabic = (count: number) => plural(count, { ...british, locale: 'ar-EG' }, groups)
  const inFrench = (count: number) => plural(count, { ...british, locale: 'fr-FR' }, groups)
  expect([0, 1, 2, 11].map(inArabic)).toEqual(['٠ groups', '١ group', '٢ groups', '١١ groups'])
  expect([0, 1, 2].map(inFrench)).toEqual(['0 groups', '1 group', '2 groups'])
})
