/** A letter, digit or sign of English, and nothing after it that could change it, such as an accent. */
const PLAIN = /^[!-~](?![^ -~])/

/** @returns the first character as a person sees it: an emoji, or a letter with its accents, is one */
export function initialOf(name: string): string | undefined {
  const text = name.trim()
  return (PLAIN.test(text) ? text[0] : firstCharacterOf(text))?.toUpperCase()
}

// Not made before it is needed: the browser would load its rules first, which takes longer than all else that the page
// does before it can request the list.
let segmenter: Intl.Segmenter | undefined

function firstCharacterOf(text: string): string | undefined {
  // Firefox has it only since version 125.
  if (!Intl.Segmenter) return [...text][0]
  segmenter ??= new Intl.Segmenter()
  return segmenter.segment(text).containing(0)?.segment
}

/** One of the page's seven avatar colors, always the same for the same name */
export function colorOf(name: string): number {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return sum % 7
}
