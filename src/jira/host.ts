/** How the reader is used to seeing numbers, dates and times. */
export interface ReaderSettings {
  /** BCP 47, for `Intl`. */
  readonly locale: string
  /** IANA name, for `Intl`. */
  readonly timeZone: string
}

/**
 * What the page needs from the product that frames it. Links need nothing from the host: a plain link with
 * `target="_blank"` works in Jira's sandbox. The frame resizes to its content by itself.
 */
export interface Host {
  /** Takes over the host's light or dark theme, now and whenever it changes. */
  followTheme(): void
  /** @returns the reader's settings; the browser's own if the host doesn't provide usable ones */
  readReaderSettings(): Promise<ReaderSettings>
}
