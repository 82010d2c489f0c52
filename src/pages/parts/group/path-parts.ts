/** Characters that fit on one line wherever they are shown, wide ones aside. */
const SHORT = 32

/** Between the names of a path. */
export const SEPARATOR = ' / '

/**
 * @returns whether to cut the text off where it doesn't fit. A short one takes another line there: each box that may cut
 * something off makes each frame take the browser longer, and a list may have thousands.
 */
export function isLong(text: string): boolean {
  return text.length > SHORT
}

/**
 * @param path names joined by ` / `, or paths joined by `/`
 * @returns where to take away from a path that doesn't fit: rather from its beginning than from its end, the last two
 * names; no beginning if it's short
 */
export function partsOf(path: string): { readonly beginning: string; readonly end: string } {
  const separator = path.includes(SEPARATOR) ? SEPARATOR : '/'
  const names = path.split(separator)
  const isShort = !isLong(path) || names.length < 3
  const end = isShort ? path : names.slice(-2).join(separator)
  return { beginning: path.slice(0, path.length - end.length), end }
}
