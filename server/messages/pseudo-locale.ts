import type { CompiledMessage } from 'icu-minify/format'

/** English with accents, longer, and in brackets: shows what isn't translated, and what doesn't fit. */
export const PSEUDO_LOCALE = 'en-XA'

const LONGER_BY = 1.4

const PLAIN = 'ABCDEGHIJKLNORSTUWYZabcdeghijklnorstuwyz'
const ACCENTED = 'ÁƁÇÐÉĜĤÍĴĶĻÑÓŔŠŤÚŴÝŽáƀçðéĝĥíĵķļñóŕšťúŵýž'
const VOWELS = /[aeiou]/i

/** @returns a compiled message in the pseudo-locale; its values stay as they are */
export function pseudoMessage(message: CompiledMessage): CompiledMessage {
  if (typeof message === 'string') return `⟦${pseudoText(message)}⟧`
  return ['⟦', ...message.map(pseudoNode), '⟧'] as CompiledMessage
}

type Branch = string | number | readonly unknown[]

/** A node is a text, a number sign, or an array: the name of a value, its type, and the branches of a choice. */
function pseudoNode(node: unknown): unknown {
  if (typeof node === 'string') return pseudoText(node)
  if (!Array.isArray(node)) return node
  const [name, type, branches] = node as [string, number | undefined, Record<string, Branch> | undefined]
  if (typeof branches !== 'object') return node
  const changed = Object.entries(branches).map(([key, branch]) => [
    key,
    Array.isArray(branch) ? branch.map(pseudoNode) : pseudoNode(branch),
  ])
  return [name, type, Object.fromEntries(changed)]
}

function pseudoText(text: string): string {
  let result = ''
  for (const character of text) {
    const accented = ACCENTED[PLAIN.indexOf(character)] ?? character
    result += VOWELS.test(character) ? accented.repeat(2) : accented
  }
  return result + '·'.repeat(Math.max(0, Math.ceil(text.trim().length * LONGER_BY) - result.trim().length))
}
