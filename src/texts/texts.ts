import * as english from 'virtual:messages/en/page'
import type { CompiledMessage } from 'icu-minify/format'
import format from 'icu-minify/format'
import { SOURCE_LANGUAGE } from './best-language.ts'
import { cached } from './format.ts'
import type { FirstWords, Message, Words } from './languages.ts'
import { bestLanguage, loadFirstWords, markLanguage } from './languages.ts'
import type { Messages } from './messages.ts'

/** Every text of the page; those that it opens with aren't below a name of their own. */
type Texts = Messages['page'] & Omit<Messages, 'page' | 'callback' | 'firstPaint'>

let first: FirstWords = english
let later: Words | undefined
let isLaterWanted = false
let spokenLanguage = SOURCE_LANGUAGE
let spokenLocale = SOURCE_LANGUAGE

/**
 * The texts in the language that the page speaks at the moment, so read them where they're shown, and keep none. Those of
 * parts that load later are there once {@link loadLaterTexts} has resolved.
 */
export let texts = inLocale(english.words, spokenLocale) as unknown as Texts

/** @returns the language that the page speaks at the moment, for what `Intl` says in words, such as “and” */
export function languageOfTexts(): string {
  return spokenLanguage
}

/** @returns the locale in which the page speaks at the moment, for numbers and dates */
export function localeOfTexts(): string {
  return spokenLocale
}

/**
 * Switches to a reader's language. Everything that shows texts must be rendered again. If the words can't be loaded, the
 * page keeps the language it has.
 * @param locales of the reader, in the order of preference
 */
export async function speak(locales: readonly string[]): Promise<void> {
  const { language, locale } = bestLanguage(locales)
  try {
    const words = await (loadFirstWords(language) ?? english)
    later = isLaterWanted ? (await words.later()).words : undefined
    first = words
  } catch {
    // The language that was expected is marked already.
    markLanguage(spokenLanguage)
    return
  }
  spokenLanguage = language
  spokenLocale = locale
  markLanguage(language)
  change()
}

/**
 * Loads the texts of the parts that load later.
 * @throws {Error} they could not be loaded; may be tried again
 */
export async function loadLaterTexts(): Promise<void> {
  isLaterWanted = true
  const words = first
  if (later) return
  const loaded = await words.later()
  // In the meantime, the page may have changed its language.
  if (words !== first) return loadLaterTexts()
  later = loaded.words
  change()
}

function change(): void {
  texts = inLocale({ ...first.words, ...later }, spokenLocale) as unknown as Texts
}

/** @returns the words as the page uses them: a text with values is a function of these */
function inLocale(words: Words, locale: string): object {
  const entries = Object.entries(words).map(([name, word]) => {
    if (typeof word === 'string') return [name, word]
    return [name, isMessage(word) ? withValues(word, locale) : inLocale(word, locale)]
  })
  return Object.fromEntries(entries)
}

function isMessage(word: Message | Words): word is Message {
  return Array.isArray(word)
}

function withValues(message: Message, locale: string) {
  return (values: Record<string, string | number>) =>
    format(message as CompiledMessage, locale, values, OPTIONS)
}

/** Messages contain no dates: the page formats those itself. */
const OPTIONS = {
  formatters: {
    getNumberFormat: (locale: string, options) => cached(Intl.NumberFormat, locale, options),
    getPluralRules: (locale: string, options) => cached(Intl.PluralRules, locale, options),
  },
} as Parameters<typeof format>[3]
