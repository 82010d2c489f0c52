import { texts } from '#src/texts/texts.ts'

/** @returns whole sentences one after the other, but those that are empty: some languages have no space between them */
export function inSequence(...sentences: readonly (string | undefined)[]): string {
  const [first = '', ...others] = sentences.flatMap((sentence) => sentence || [])
  return others.reduce(
    (before, sentence) => texts.joined.sentences({ first: before, second: sentence }),
    first,
  )
}
