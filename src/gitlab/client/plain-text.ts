/** GitLab's own limit for the name of a group or a user. */
const LONGEST_NAME = 255

/** Twenty nested groups, GitLab's limit, and the separators between them. */
export const LONGEST_PATH = 20 * (LONGEST_NAME + 3)

/** The limit for GitLab's own error messages. */
export const LONGEST_MESSAGE = 500

/**
 * Control characters, line separators, and the marks that embed, override or isolate a direction: they would affect
 * the text around them. Joiners and direction marks stay, since names need them.
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const AFFECTING_OTHER_TEXT = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu

/** @returns a group's description as one line of plain text; undefined if there is none */
export function descriptionIn(text: string | null | undefined): string | undefined {
  return plainText(text ?? '').trim() || undefined
}

/** @returns untrusted text as it can be shown inside ours: on one line, and shortened if it's too long */
export function plainText(text: string, longest = LONGEST_NAME): string {
  // Cut first: searching a megabyte of text takes time.
  const shown = text.slice(0, 2 * longest).replace(AFFECTING_OTHER_TEXT, ' ')
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown
}

/** White space, and characters without a width that chats, word processors, and dialogs of Windows add to what is copied. */
const AROUND_PASTED_TEXT = /^[\s\u200B-\u200F\u2060\uFEFF]+|[\s\u200B-\u200F\u2060\uFEFF]+$/g

/** @returns what was typed or pasted, without what nobody sees at its beginning and end */
export function trimPasted(text: string): string {
  return text.replace(AROUND_PASTED_TEXT, '')
}
