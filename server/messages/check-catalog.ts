import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { Catalog } from './catalogs.ts'
import { SOURCE_LANGUAGE } from './catalogs.ts'
import { valuesOf } from './message-values.ts'

/** No count on the page is larger. From there on, some languages have one more plural form. */
const LARGEST_COUNT = 999_999

/** An element, an entity, or Markdown: messages are shown as they are. */
const MARKUP = /<\/?[a-z]|&[a-z]+;|\*\*|`|\]\(/i

/** In French, a line may not break before such a mark, nor after an opening one: these spaces are no-break spaces. */
const BREAKING_MARK = / [:;?!»]|« /

/** Languages in which a line may not break between a number and its counter. */
const WITH_COUNTERS = ['ja', 'zh-CN']

/** A number in words, and its counter. */
const BREAKING_COUNTER = /\d [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Only in translations: tests find the English words as they are, and Testing Library turns this space into a usual one. */
const BREAKING_VERSION = /GitLab \d/

/**
 * @param source in the language that each message is written in first
 * @returns what is wrong with a catalog: a message is missing or left over, isn't one, has markup, or lacks a value or a form
 */
export function problemsOf(catalog: Catalog, language: string, source: Catalog): string[] {
  const messages = flat(catalog)
  const originals = flat(source)
  const missing = [...originals.keys()].filter((key) => !messages.has(key))
  const leftOver = [...messages.keys()].filter((key) => !originals.has(key))
  const wrong = [...messages].flatMap(([key, message]) =>
    problemsOfMessage(message, originals.get(key) ?? message, language).map(
      (problem) => `${key}: ${problem}`,
    ),
  )
  return [
    ...missing.map((key) => `${key}: missing`),
    ...leftOver.map((key) => `${key}: not in the source`),
    ...wrong,
  ]
}

function flat(catalog: Catalog, path = ''): Map<string, string> {
  const entries = Object.entries(catalog).flatMap(([key, message]): (readonly [string, string])[] =>
    typeof message === 'string' ? [[path + key, message]] : [...flat(message, `${path}${key}.`)],
  )
  return new Map(entries)
}

function problemsOfMessage(message: string, original: string, language: string): string[] {
  if (message.trim() === '') return ['empty']
  if (message !== message.trim()) return ['a space around it']
  if (MARKUP.test(message)) return ['markup']
  if (language === 'fr' && BREAKING_MARK.test(message))
    return ['a space beside a mark, where a line may not break']
  if (language !== SOURCE_LANGUAGE && BREAKING_VERSION.test(message))
    return ['a space before a version, where a line may not break']
  try {
    const values = shownValues(message)
    const wanted = shownValues(original)
    if (values !== wanted) return [`has the values ${values}, not ${wanted}`]
    const elements = parse(message)
    if (WITH_COUNTERS.includes(language) && (BREAKING_COUNTER.test(message) || hasSpaceAfterNumber(elements)))
      return ['a space between a number and its counter, where a line may not break']
    return missingForms(elements, language)
  } catch (error) {
    return [String(error)]
  }
}

function shownValues(message: string): string {
  return [...valuesOf(message)]
    .map(([name, kind]) => `${name} (${String(kind)})`)
    .toSorted()
    .join(', ')
}

function missingForms(elements: readonly MessageFormatElement[], language: string): string[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return []
    const branches = Object.entries(element.options)
    const below = branches.flatMap(([, { value }]) => missingForms(value, language))
    if (element.type === TYPE.select) return below
    const forms = pluralForms(language).filter((form) => !Object.hasOwn(element.options, form))
    return [...forms.map((form) => `lacks the plural form “${form}”`), ...below]
  })
}

function hasSpaceAfterNumber(elements: readonly MessageFormatElement[]): boolean {
  return elements.some((element, index) => {
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return Object.values(element.options).some(({ value }) => hasSpaceAfterNumber(value))
    const next = elements[index + 1]
    return element.type === TYPE.pound && next?.type === TYPE.literal && next.value.startsWith(' ')
  })
}

/** @returns the plural forms that the counts of the page have in a language */
function pluralForms(language: string): Intl.LDMLPluralRule[] {
  const rules = new Intl.PluralRules(language)
  const samples = [...Array(200).keys(), 1_000, 10_000, 100_000, LARGEST_COUNT]
  return [...new Set(samples.map((count) => rules.select(count)))]
}
