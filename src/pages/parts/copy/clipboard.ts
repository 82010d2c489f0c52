/**
 * Copies a text, if the browser allows it. Jira's frame doesn't delegate clipboard access: the modern API fails there and
 * logs an error, while the old one works, so try the old one first.
 * @param element its text is selected if copying fails, ready for the keyboard
 * @returns whether the text was copied
 */
export async function copyText(text: string, element: Element | null): Promise<boolean> {
  if (copyBySelection(text)) return true
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (element) getSelection()?.selectAllChildren(element)
    return false
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  document.body.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
