import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'

/** What a message takes the place of: a text, a number, or one of some words. */
export type ValueKind = 'text' | 'number' | readonly string[]

/**
 * @returns the values that a message needs, by their names
 * @throws {SyntaxError} it isn't a message of ICU's MessageFormat
 * @throws {Error} it uses one that the page has no need for, or the same value in two ways
 */
export function valuesOf(message: string): Map<string, ValueKind> {
  const values = new Map<string, ValueKind>()
  collect(parse(message), values)
  return values
}

function collect(elements: readonly MessageFormatElement[], values: Map<string, ValueKind>): void {
  for (const element of elements) {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        break
      case TYPE.argument:
        add(values, element.value, 'text')
        break
      case TYPE.number:
        add(values, element.value, 'number')
        break
      case TYPE.plural:
        add(values, element.value, 'number')
        for (const { value } of Object.values(element.options)) collect(value, values)
        break
      case TYPE.select:
        add(values, element.value, Object.keys(element.options).toSorted())
        for (const { value } of Object.values(element.options)) collect(value, values)
        break
      default:
        throw new Error(`Only texts, numbers, plural, and select are used, not ${JSON.stringify(element)}`)
    }
  }
}

function add(values: Map<string, ValueKind>, name: string, kind: ValueKind): void {
  const known = values.get(name)
  if (known !== undefined && String(known) !== String(kind))
    throw new Error(`{${name}} is used as ${String(known)} and as ${String(kind)}`)
  values.set(name, kind)
}
