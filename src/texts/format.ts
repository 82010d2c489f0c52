import type { ReaderSettings } from '#src/jira/host.ts'

const DAY_MS = 86_400_000

const formats = new Map<string, unknown>()

/** @returns a format of `Intl`; cached, because creating one for each row would make a long list slow */
export function cached<Options, Format>(
  create: new (locale: string, options: Options) => Format,
  locale: string,
  options: Options,
): Format {
  const key = JSON.stringify([create.name, locale, options])
  const format = (formats.get(key) as Format | undefined) ?? new create(locale, options)
  formats.set(key, format)
  return format
}

/** If the engine can't format the date, shows it as an ISO string: a date must never break the page. */
function formatted(
  time: number,
  { locale, timeZone }: ReaderSettings,
  options: Intl.DateTimeFormatOptions,
): string {
  try {
    return cached(Intl.DateTimeFormat, locale, { ...options, timeZone }).format(time)
  } catch {
    return new Date(time).toISOString()
  }
}

/** @returns day, month and year in the reader's locale and time zone, such as `2 May 2024` */
export function formatDate(time: number, format: ReaderSettings): string {
  return formatted(time, format, { dateStyle: 'long' })
}

/** @returns hours, minutes and seconds in the reader's locale and time zone */
export function formatTime(time: number, format: ReaderSettings): string {
  return formatted(time, format, { timeStyle: 'medium' })
}

/**
 * @param time milliseconds since the epoch, as is `now`
 * @returns how long ago that was in the reader's locale, such as `today` or `3 weeks ago`; a date if it is more
 * than a year ago
 */
export function formatAge(time: number, now: number, format: ReaderSettings): string {
  try {
    const days = dayNumber(time, format.timeZone) - dayNumber(now, format.timeZone)
    const relative = cached(Intl.RelativeTimeFormat, format.locale, { numeric: 'auto' })
    if (days > -14) return relative.format(Math.min(days, 0), 'day')
    if (days > -60) return relative.format(Math.round(days / 7), 'week')
    if (days > -365) return relative.format(Math.round(days / 30.4), 'month')
  } catch {
    // The engine lacks relative times: show the date.
  }
  return formatDate(time, format)
}

/** @returns the number of the calendar day in a time zone; consecutive days differ by one */
function dayNumber(time: number, timeZone: string): number {
  // In parts: how an engine writes a whole date depends on its version, even for the same locale.
  const parts = cached(Intl.DateTimeFormat, 'en', { timeZone, calendar: 'gregory' }).formatToParts(time)
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day')) / DAY_MS
}

/** @returns a whole number in the reader's locale */
export function formatCount(count: number, { locale }: ReaderSettings): string {
  return cached(Intl.NumberFormat, locale, {}).format(count)
}
