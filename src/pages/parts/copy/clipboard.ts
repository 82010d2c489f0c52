/**
 * Copies a text, if the browser allows it. Jira's frame doesn't delegate clipboard access: the modern API fails there and
 * logs an error, while the old one works, so try the old one first.
 * @param shown what shows the text; null if nothing does. If copying fails, the text is selected, ready for the keyboard
 * @returns whether the text was copied
 */
export async function copyText(text: string, shown: Element | null): Promise<boolean> {
  if (copyBySelection(text)) return true
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown)
    else selectUnseen(text)
    return false
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = areaWith(text)
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

/** Selects a text in a field of its own, right after the button that has the focus, until that moves on. */
function selectUnseen(text: string): void {
  const area = areaWith(text)
  area.readOnly = true
  area.addEventListener('blur', () => area.remove())
  document.activeElement?.after(area)
  area.focus()
  area.select()
}

function areaWith(text: string): HTMLTextAreaElement {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  return area
}
