/** The language of the source. */
export const SOURCE_LANGUAGE = 'en'

/** What `?locale=` in the page's URL asks for. For those who test the page: nobody else can change that URL. */
function requestedLocale(): string | null {
  return new URLSearchParams(location.search).get('locale')
}

/**
 * @param languages that there are words in
 * @param locales in the order of preference
 * @returns the first of them whose language is one of these, and that language; English if there is none
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

/** @returns English with the dates and numbers of where a reader is whose language the page doesn't speak */
function englishOf(locale = SOURCE_LANGUAGE): string {
  const { region } = localeOf(locale) ?? {}
  return region ? `${SOURCE_LANGUAGE}-${region}` : SOURCE_LANGUAGE
}

/** @returns the language in which a reader of this locale reads the page; undefined if it has none for it */
function languageOf(locale: string, languages: readonly string[]): string | undefined {
  if (languages.includes(locale)) return locale
  const wanted = scriptOf(locale)
  if (wanted === undefined) return undefined
  return [SOURCE_LANGUAGE, ...languages].find((language) => scriptOf(language) === wanted)
}

/** Who reads one of two ways to write Chinese doesn't read the other, while all Portuguese is one to us. */
function scriptOf(locale: string): string | undefined {
  const { language, script } = localeOf(locale) ?? {}
  return language && `${language}-${script}`
}

/** @returns a locale with what its language suggests; undefined if it isn't one: what was stored can be anything */
function localeOf(locale: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(locale).maximize()
  } catch {
    return undefined
  }
}
