import format from 'icu-minify/format'
import type { Catalog, CompiledCatalog } from '#server/messages/catalogs.ts'
import { compiledCatalog, readCatalog, SOURCE_LANGUAGE } from '#server/messages/catalogs.ts'

type Values = Readonly<Record<string, string | number>>

/**
 * @returns what the page says in a language, by the key of a message, such as `page.list.title`, and its values
 * @throws {Error} there is no such message
 */
export function messagesOf(language: string): (key: string, values?: Values) => string {
  const messages = compiledCatalog(language)
  return (key, values = {}) => {
    const message = key.split('.').reduce<unknown>((part, name) => (part as CompiledCatalog)[name], messages)
    if (message === undefined) throw new Error(`There is no message ${key}.`)
    return String(format(message as Parameters<typeof format>[0], language, values, { formatters }))
  }
}

const formatters: NonNullable<Parameters<typeof format>[3]>['formatters'] = {
  getNumberFormat: (locale, options) => new Intl.NumberFormat(locale, options),
  getPluralRules: (locale, options) => new Intl.PluralRules(locale, options),
  getDateTimeFormat: (locale, options) => new Intl.DateTimeFormat(locale, options),
}

/** Words that are in English sentences only: none of the page's other languages has them. */
const ENGLISH_WORDS =
  /\b(the|your|you|this|that|is|are|of|to|by|from|with|and|not|can|groups?|linked|sign)\b/i

/** Labels of GitLab and Jira, in a sentence of any language. */
const QUOTED = /[“„«「][^”“»」]*[”“»」]/g

/** @returns whether a text that the page shows in another language is English */
export function englishIn(language: string): (text: string) => boolean {
  const english = new Set(onlyIn(readCatalog(SOURCE_LANGUAGE), readCatalog(language)))
  return (text) => english.has(text) || ENGLISH_WORDS.test(text.replace(QUOTED, ''))
}

/** @returns the messages without values that a translation puts differently */
function onlyIn(source: Catalog, translation: Catalog): string[] {
  return Object.entries(source).flatMap(([key, message]) => {
    const translated = translation[key]
    if (typeof message !== 'string') return typeof translated === 'object' ? onlyIn(message, translated) : []
    return message === translated || message.includes('{') ? [] : [message]
  })
}
