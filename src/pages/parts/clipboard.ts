/**
 * Copies a text as far as the browser allows it. Jira's frame does not delegate the clipboard: there the modern way is
 * refused, loudly, and the old one works, so the old one comes first.
 * @returns whether it was copied; if not, the text of the element is selected, ready for the keyboard
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
