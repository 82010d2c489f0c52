/** GitLab's own limit for the name of a group or a user. */
const LONGEST_NAME = 255

/** Twenty groups within each other, which is as deep as GitLab lets them be, and what stands between them. */
export const LONGEST_PATH = 20 * (LONGEST_NAME + 3)

/** More of GitLab's own words than anyone reads. */
export const LONGEST_MESSAGE = 500

/**
 * Control characters, line separators, and the marks that embed, override or isolate a direction: they would reach
 * beyond their own text. Joiners and direction marks stay, since names need them.
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const REACHING_BEYOND = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu

/** @returns text of somebody else's as it can be shown and put together with ours: in one line, cut where it is too long */
export function plainText(text: string, longest = LONGEST_NAME): string {
  // Cut first: looking through a text of a megabyte takes time.
  const shown = text.slice(0, 2 * longest).replace(REACHING_BEYOND, ' ')
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown
}
