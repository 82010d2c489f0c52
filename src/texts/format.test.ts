import { expect, test, vi } from 'vitest'
import { formatAge, formatCount, formatDate, formatTime } from './format.ts'

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

test('counts days whichever way the engine writes a date', () => {
  // As with ICU 72, whose English for Canada is `11/21/2026`.
  const inCanada = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }).format
  const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format') ?? {}
  const prototype: { format: unknown } = Intl.DateTimeFormat.prototype
  vi.spyOn(prototype, 'format', 'get').mockImplementation(function (this: Intl.DateTimeFormat) {
    return this.resolvedOptions().locale === 'en-CA' ? inCanada : get?.call(this)
  })
  const time = Date.parse('2026-11-21T23:59:00Z')
  // A time zone of its own, so that no format from another test is reused.
  expect(formatAge(time, now, { ...british, timeZone: 'Atlantic/Reykjavik' })).toBe('yesterday')
})

test('shows a bare date where the engine can’t format it', () => {
  const unknownZone = { locale: 'en-GB', timeZone: 'Mars/Olympus' }
  const time = Date.parse('2024-05-02T08:15:30Z')
  expect(formatDate(time, unknownZone)).toBe('2024-05-02T08:15:30.000Z')
  expect(formatTime(time, unknownZone)).toBe('2024-05-02T08:15:30.000Z')
  expect(formatAge(time, now, unknownZone)).toBe('2024-05-02T08:15:30.000Z')
})

test('writes dates and numbers as the reader’s locale does', () => {
  const german = { locale: 'de-DE', timeZone: 'Europe/Berlin' }
  expect(formatDate(Date.parse('2024-05-02T08:15:30Z'), german)).toBe('2. Mai 2024')
  expect(formatCount(1234, german)).toBe('1.234')
})
