import { languages } from 'virtual:messages/languages'

/** Words of the page, by their names: texts, texts with values, and parts with words of their own. */
export interface Words {
  readonly [name: string]: Message | Words
}

/** What `icu-minify` makes of a text of ICU's MessageFormat. */
export type Message = string | readonly unknown[]

/** The words that the page opens with, in one language, and the way to the others. */
export interface FirstWords {
  readonly words: Words
  readonly later: () => Promise<{ readonly words: Words }>
}

/** The language of the source, whose first words are in the page's own file. */
export const SOURCE_LANGUAGE = 'en'

/** What `?locale=` in the page's URL asks for. For those who test the page: nobody else can change that URL. */
function requestedLocale(): string | null {
  return new URLSearchParams(location.search).get('locale')
}

/**
 * @param locales in the order of preference
 * @returns the first of them whose language the page speaks, and that language; English if there is none
 */
export function bestLanguage(locales: readonly string[]): { language: string; locale: string } {
  for (const locale of [requestedLocale() ?? '', ...locales]) {
    const language = languageOf(locale)
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
function languageOf(locale: string): string | undefined {
  if (Object.hasOwn(languages, locale)) return locale
  const wanted = scriptOf(locale)
  if (wanted === undefined) return undefined
  return [SOURCE_LANGUAGE, ...Object.keys(languages)].find((language) => scriptOf(language) === wanted)
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

/**
 * @returns the words that the page opens with in a language other than English; the same at each call
 * @throws {Error} they could not be loaded; may be tried again
 */
export function loadFirstWords(language: string): Promise<FirstWords> | undefined {
  return languages[language]?.()
}

/**
 * Loads the words of the likely language, and says which one it is before anything is painted.
 * @returns the locale in which the page will speak
 */
export function expectLanguage(locales: readonly string[]): string {
  const { language, locale } = bestLanguage(locales)
  markLanguage(language)
  loadFirstWords(language)?.catch(() => undefined)
  return locale
}

/** Says in which language the page is, for screen readers, fonts, and line breaks. */
export function markLanguage(language: string): void {
  document.documentElement.lang = language
}
