/** The language of the source. */
export const SOURCE_LANGUAGE = 'en'

/** The locale in `?locale=` of the page's URL, for testing. In Jira, users can't change that URL. */
function requestedLocale(): string | null {
  return new URLSearchParams(location.search).get('locale')
}

/**
 * @param languages the languages of the page
 * @param locales in the order of preference
 * @returns the first locale whose language is among these, and that language; English if there is none
 */
export function bestOf(
  languages: readonly string[],
  locales: readonly string[],
): { language: string; locale: string } {
  const requested = requestedLocale()
  // Nothing that isn't a locale is looked at here without need: an error, even a caught one, has the browser parse all
  // scripts on the stack again, which took most of the time in which the page started.
  for (const locale of requested === null ? locales : [requested, ...locales]) {
    const language = languageOf(locale, languages)
    if (language) return { language, locale }
  }
  return { language: SOURCE_LANGUAGE, locale: englishOf(locales[0]) }
}

/** @returns English, with the dates and numbers of the reader's region: for readers of a language that the page lacks */
function englishOf(locale = SOURCE_LANGUAGE): string {
  const { region } = localeOf(locale) ?? {}
  return region ? `${SOURCE_LANGUAGE}-${region}` : SOURCE_LANGUAGE
}

/** @returns the language to show to a reader of this locale; undefined if the page has none */
function languageOf(locale: string, languages: readonly string[]): string | undefined {
  if (languages.includes(locale)) return locale
  const wanted = scriptOf(locale)
  if (wanted === undefined) return undefined
  return [SOURCE_LANGUAGE, ...languages].find((language) => scriptOf(language) === wanted)
}

/** The script tells simplified from traditional Chinese. The region doesn't matter: there is one Portuguese. */
function scriptOf(locale: string): string | undefined {
  const { language, script } = localeOf(locale) ?? {}
  return language && `${language}-${script}`
}

/** @returns the locale with its likely script and region; undefined for invalid tags, since anything might be stored */
function localeOf(locale: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(locale).maximize()
  } catch {
    return undefined
  }
}
