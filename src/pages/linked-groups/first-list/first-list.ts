import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { colorOf, initialOf } from '#src/pages/parts/group/group-initial.ts'
import { isLong, partsOf } from '#src/pages/parts/group/path-parts.ts'
import { inOrder } from '../linked-groups-order.ts'
import { BLOCK_ROWS, ENOUGH_FOR_TOOLS, FIRST_BLOCKS } from '../list-limits.ts'

const ROWS_AT_FIRST = FIRST_BLOCKS.length * BLOCK_ROWS

/**
 * Shows the linked groups in the page’s HTML, in place of their placeholder, before React is there. Nothing of it can be
 * used yet, and assistive technology hears of the list once it can.
 * @param locale BCP 47, for the order of the names
 * @returns whether the list shows; not if there are no groups, or if React has replaced the HTML
 * @see FirstListTemplate
 */
export function showFirstList(groups: readonly LinkedGroup[], locale: string): boolean {
  const template = document.querySelector<HTMLTemplateElement>('#first-list')
  const placeholder = template?.previousElementSibling?.lastElementChild
  if (!template || !placeholder || groups.length === 0) return false

  const [tools, all, showAll, list] = (template.content.cloneNode(true) as DocumentFragment).children
  if (!tools || !all || !showAll || !list) return false
  const [selectable, single] = list.children
  const row = groups.length > 1 ? selectable : single
  const ordered = inOrder(groups, 'name', new Set(), locale)
  list.replaceChildren(
    ...ordered
      .slice(0, ROWS_AT_FIRST)
      .map((group, index) => filledIn(row?.cloneNode(true) as Element, group, index)),
  )

  const shown = [list]
  if (groups.length > ROWS_AT_FIRST) shown.unshift(showAll)
  if (groups.length >= ENOUGH_FOR_TOOLS) shown.unshift(tools, all)
  for (const one of shown) one.toggleAttribute('inert', true)
  placeholder.replaceWith(...shown)
  return true
}

function filledIn(
  row: Element,
  { name, fullName, avatarUrl, description }: LinkedGroup,
  index: number,
): Element {
  const { beginning, end } = partsOf(fullName)
  row.setAttribute('aria-posinset', String(index + 1))
  fillIn(row, '[data-field="name"]', name)
  const path = row.querySelector<HTMLElement>('[data-field="path"]')
  if (path) path.dataset.long = String(isLong(fullName))
  const [first, last] = path?.children ?? []
  if (beginning && first) first.textContent = beginning
  else first?.remove()
  if (last) last.textContent = end
  fillIn(row, '[data-field="description"]', description)
  const avatar = row.querySelector<HTMLElement>('[data-color]')
  if (avatar) {
    avatar.dataset.color = String(colorOf(name))
    avatar.textContent = initialOf(name) ?? ''
    // The picture comes with React.
    if (avatarUrl !== undefined) avatar.style.visibility = 'hidden'
  }
  return row
}

/** @param text undefined if the row has no such part */
function fillIn(row: Element, part: string, text: string | undefined): void {
  const element = row.querySelector<HTMLElement>(part)
  if (text === undefined) element?.remove()
  else if (element) {
    element.textContent = text
    element.dataset.long = String(isLong(text))
  }
}
