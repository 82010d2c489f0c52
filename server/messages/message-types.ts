import type { Catalog } from './catalogs.ts'
import { readCatalog, SOURCE_LANGUAGE } from './catalogs.ts'
import type { ValueKind } from './message-values.ts'
import { valuesOf } from './message-values.ts'

/** Rewrites the types. */
export const TYPES_COMMAND = 'npm run messages:types'

export const TYPES_FILE = new URL('../../src/texts/messages.ts', import.meta.url)

/** Where the formatter breaks a line, as `biome.json` says. */
const LINE_WIDTH = 110

/** @returns a module with the type of each message: a text, or a function of the values that it needs */
export function messageTypes(): string {
  return `/** The messages of \`messages/en.json\`, and the values they need. Written by \`${TYPES_COMMAND}\`. */
export interface Messages ${typeOf(readCatalog(SOURCE_LANGUAGE), '')}
`
}

function typeOf(catalog: Catalog, indent: string): string {
  const lines = Object.entries(catalog).map(([key, message]) => {
    const name = `${indent}  readonly ${/^\w+$/.test(key) ? key : `'${key}'`}: `
    return (
      name + (typeof message === 'string' ? typeOfMessage(message, name) : typeOf(message, `${indent}  `))
    )
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

/** @returns a text, or a function of the values, as the formatter breaks its line */
function typeOfMessage(message: string, before: string): string {
  const values = [...valuesOf(message)].map(([name, kind]) => `readonly ${name}: ${typeOfValue(kind)}`)
  if (values.length === 0) return 'string'
  const line = `(values: { ${values.join('; ')} }) => string`
  if (before.length + line.length <= LINE_WIDTH) return line
  const indent = ' '.repeat(before.search(/\S/))
  return `(values: {\n${values.map((value) => `${indent}  ${value}\n`).join('')}${indent}}) => string`
}

function typeOfValue(kind: ValueKind): string {
  if (kind === 'text') return 'string'
  return kind === 'number' ? 'number' : kind.map((word) => `'${word}'`).join(' | ')
}
