import type { ReaderSettings } from '#src/jira/host.ts'

const DAY_MS = 86_400_000

const dateFormats = new Map<string, Intl.DateTimeFormat>()
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>()

/** Cached: creating one takes longer than a row of the list may take. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options])
  let format = dateFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options)
    dateFormats.set(key, format)
  }
  return format
}

/** Cached for the same reason. */
function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  let format = relativeFormats.get(locale)
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    relativeFormats.set(locale, format)
  }
  return format
}

/** @returns day, month and year in the reader's locale and time zone, such as `2 May 2024` */
export function formatDate(time: number, { locale, timeZone }: ReaderSettings): string {
  return dateFormat(locale, { dateStyle: 'long', timeZone }).format(time)
}

/** @returns hours, minutes and seconds in the reader's locale and time zone */
export function formatTime(time: number, { locale, timeZone }: ReaderSettings): string {
  return dateFormat(locale, { timeStyle: 'medium', timeZone }).format(time)
}

/**
 * @param time milliseconds since the epoch, as is `now`
 * @returns how long ago that was in the reader's locale, such as `today` or `3 weeks ago`; a date if it is more
 * than a year ago
 */
export function formatAge(time: number, now: number, format: ReaderSettings): string {
  const days = dayNumber(time, format.timeZone) - dayNumber(now, format.timeZone)
  if (days < -364) return formatDate(time, format)
  const relative = relativeFormat(format.locale)
  if (days > -14) return relative.format(Math.min(days, 0), 'day')
  if (days > -60) return relative.format(Math.round(days / 7), 'week')
  return relative.format(Math.round(days / 30.4), 'month')
}

/** @returns the number of the calendar day in a time zone; consecutive days differ by one */
function dayNumber(time: number, timeZone: string): number {
  const day = dateFormat('en-CA', { timeZone, calendar: 'gregory' }).format(time)
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)
}

/** @returns a whole number in the reader's locale */
export function formatCount(count: number, { locale }: ReaderSettings): string {
  return new Intl.NumberFormat(locale).format(count)
}

/** A text in each form that English has for a count. */
interface PluralForms {
  readonly one: (count: string) => string
  readonly other: (count: string) => string
}

const englishPlurals = new Intl.PluralRules('en')

/**
 * @param forms get the count as the reader writes numbers
 * @returns the form that fits the count: English decides, since the text is English whatever the reader's locale
 */
export function plural(count: number, format: ReaderSettings, forms: PluralForms): string {
  const form = englishPlurals.select(count) === 'one' ? forms.one : forms.other
  return form(formatCount(count, format))
}
