import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { CompiledCatalog } from './catalogs.ts'
import { catalogFile, compiledCatalog, languages, SOURCE_LANGUAGE } from './catalogs.ts'
import { PSEUDO_LOCALE } from './pseudo-locale.ts'

const PREFIX = 'virtual:messages/'

/** The part with what the page opens with. Code leaves out its name: `texts.list`, not `texts.page.list`. */
const FIRST_PART = 'page'

/** The part that the popup's last page reads. */
const CALLBACK_PART = 'callback'

/** Parts that no module of the page reads. */
const PARTS_APART = [CALLBACK_PART, 'firstPaint']

/**
 * A Vite plugin that gives the page the messages of each language, compiled, in two modules: what the page opens with, and
 * the rest. Only the source language is in the page's own file.
 *
 * - `virtual:messages/languages` imports the first module of each other language
 * - `virtual:messages/callback` has the few words of the popup's last page, in every language
 * - `virtual:messages/de/page` has the words of the first part, and imports the second
 * - `virtual:messages/de/later` has the words of all other parts
 */
export function messages(): Plugin {
  return {
    name: 'messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      for (const language of languages()) this.addWatchFile(fileURLToPath(catalogFile(language)))
      const [language = '', part] = id.slice(PREFIX.length + 1).split('/')
      if (language === 'languages') return languagesModule()
      if (language === CALLBACK_PART) return callbackModule()
      return part === FIRST_PART ? firstModule(language) : laterModule(language)
    },
  }
}

/** The names of the files with messages, for the bundler: each is a file of its own, but for the source's first words. */
export const messageFiles = {
  test: (id: string) => fileName(id) !== undefined && !id.endsWith(`/${SOURCE_LANGUAGE}/${FIRST_PART}`),
  name: (id: string) => fileName(id) ?? null,
}

function fileName(id: string): string | undefined {
  const [, language, part] = /virtual:messages\/([^/]+)\/([^/]+)$/.exec(id) ?? []
  return language && `words-${language}-${part}`
}

function languagesModule(): string {
  const others = [...languages().slice(1), PSEUDO_LOCALE]
  const imports = others.map(
    (language) => `'${language}': () => import('${PREFIX}${language}/${FIRST_PART}')`,
  )
  return `export const languages = { ${imports.join(', ')} }`
}

function callbackModule(): string {
  const words = languages().map((language) => [language, compiledCatalog(language)[CALLBACK_PART]])
  return `export const words = ${JSON.stringify(Object.fromEntries(words))}`
}

function firstModule(language: string): string {
  const { [FIRST_PART]: words } = compiledCatalog(language)
  return `${asModule(words as CompiledCatalog)}\nexport const later = () => import('${PREFIX}${language}/later')`
}

function laterModule(language: string): string {
  const parts = Object.entries(compiledCatalog(language))
  const later = parts.filter(([part]) => part !== FIRST_PART && !PARTS_APART.includes(part))
  return asModule(Object.fromEntries(later))
}

function asModule(words: CompiledCatalog): string {
  return `export const words = ${JSON.stringify(words)}`
}
