import { readdirSync, readFileSync } from 'node:fs'
import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'
import { PSEUDO_LOCALE, pseudoMessage } from './pseudo-locale.ts'

/** Messages by their keys, in parts and parts of these. */
export interface Catalog {
  readonly [key: string]: string | Catalog
}

/** The same messages, as the page reads them. */
export interface CompiledCatalog {
  readonly [key: string]: CompiledMessage | CompiledCatalog
}

/** The language of the source, in which each message is written first. */
export const SOURCE_LANGUAGE = 'en'

const FOLDER = new URL('../../src/texts/messages/', import.meta.url)

/** @returns the languages that have a file, the source first */
export function languages(): string[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  const all = names.map((name) => name.slice(0, -'.json'.length))
  return [SOURCE_LANGUAGE, ...all.filter((language) => language !== SOURCE_LANGUAGE).toSorted()]
}

/** @returns the file of a language */
export function catalogFile(language: string): URL {
  return new URL(`${language}.json`, FOLDER)
}

/** @throws {Error} there is no such file, or it isn't JSON */
export function readCatalog(language: string): Catalog {
  return JSON.parse(readFileSync(catalogFile(language), 'utf8')) as Catalog
}

/**
 * @returns the messages of a language or of the pseudo-locale, in the order of the source; what a language lacks is in
 * the source's
 * @throws {SyntaxError} a message isn't one of ICU's MessageFormat
 */
export function compiledCatalog(language: string): CompiledCatalog {
  const source = readCatalog(SOURCE_LANGUAGE)
  if (language === PSEUDO_LOCALE) return compileAll(source, source, pseudoMessage)
  return compileAll(source, readCatalog(language), (message) => message)
}

function compileAll(
  source: Catalog,
  translated: Catalog,
  change: (message: CompiledMessage) => CompiledMessage,
): CompiledCatalog {
  return Object.fromEntries(
    Object.entries(source).map(([key, original]) => {
      const translation = translated[key]
      if (typeof original !== 'string')
        return [key, compileAll(original, typeof translation === 'object' ? translation : {}, change)]
      return [key, change(compile(typeof translation === 'string' ? translation : original))]
    }),
  )
}
