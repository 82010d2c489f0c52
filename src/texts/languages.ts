import { languages } from 'virtual:messages/languages'
import { bestOf } from './best-language.ts'

/** Words of the page, by their names: texts, texts with values, and parts with words of their own. */
export interface Words {
  readonly [name: string]: Message | Words
}

/** What `icu-minify` makes of a text of ICU's MessageFormat. */
export type Message = string | readonly unknown[]

/** The words that the page opens with, in one language, and how to load that language's other words. */
export interface FirstWords {
  readonly words: Words
  readonly later: () => Promise<{ readonly words: Words }>
}

/**
 * @param locales in the order of preference
 * @returns the first locale whose language the page speaks, and that language; English if there is none
 */
export function bestLanguage(locales: readonly string[]): { language: string; locale: string } {
  return bestOf(Object.keys(languages), locales)
}

/**
 * @returns the words that the page opens with in a language other than English; the same at each call
 * @throws {Error} they could not be loaded; may be tried again
 */
export function loadFirstWords(language: string): Promise<FirstWords> | undefined {
  return languages[language]?.()
}

/**
 * Loads the words of the likely language, and says which one it is before any word of it is shown.
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
