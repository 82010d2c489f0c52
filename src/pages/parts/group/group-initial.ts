// Firefox has it only since version 125.
const letters = Intl.Segmenter && new Intl.Segmenter()

/** @returns the first character as a person sees it: an emoji, or a letter with its accents, is one */
export function initialOf(name: string): string | undefined {
  const text = name.trim()
  const first = letters ? letters.segment(text).containing(0)?.segment : [...text][0]
  return first?.toUpperCase()
}

/** One of the page's seven avatar colors, always the same for the same name */
export function colorOf(name: string): number {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return sum % 7
}
