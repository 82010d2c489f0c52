/** The language of the source. */
export const SOURCE_LANGUAGE = 'en'

/** A language, and perhaps a region, without more: `de`, `en-GB`, `es-419`. */
const LANGUAGE_AND_REGION = /^([a-z]{2,3})(-[A-Z]{2}|-\d{3})?$/

/** Which of its two scripts is meant, its region says. The page's other languages have one each. */
const CHINESE = 'zh'

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
  const all = [SOURCE_LANGUAGE, ...languages]
  // Most locales: `Intl.Locale` would load the browser's tables first, which takes as long as all else before the first
  // request.
  const [, plain = CHINESE] = LANGUAGE_AND_REGION.exec(locale) ?? []
  const found = plain === CHINESE ? undefined : all.find((language) => language.split('-')[0] === plain)
  if (found) return found
  const wanted = scriptOf(locale)
  if (wanted === undefined) return undefined
  return all.find((language) => scriptOf(language) === wanted)
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
