/** Indents each line that isn't empty by four spaces, as nginx's own files are. */
export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ')
}

/** Joins parts with an empty line in between, and leaves out those that are empty. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join('\n\n')
}
