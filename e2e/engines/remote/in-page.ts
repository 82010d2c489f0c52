/** A text to find: as it is, or by a pattern. */
export type TextPattern =
  | { readonly text: string; readonly exact: boolean }
  | { readonly source: string; readonly flags: string }

/** A part of the way to an element. Plain data, because it is sent to the browser. */
export type Step =
  | { readonly css: string }
  | { readonly role: string; readonly name?: TextPattern; readonly level?: number }
  | { readonly label: TextPattern }
  | { readonly byText: TextPattern }
  | { readonly hasText: TextPattern }
  | { readonly has: readonly Step[] }
  | { readonly nth: number }

/**
 * Finds elements as Playwright's locators do, by role and accessible name, label, or text. Runs in the page, where only
 * its own source is, so it uses nothing from this module.
 * @returns the elements to which all steps lead, in their order in the document
 */
export function findElements(steps: readonly Step[]): Element[] {
  const implicit: Record<string, string> = {
    button: 'button',
    checkbox: 'input[type=checkbox]',
    group: 'fieldset',
    heading: 'h1, h2, h3, h4',
    link: 'a[href]',
    list: 'ul, ol',
    listitem: 'li',
    main: 'main',
    radio: 'input[type=radio]',
    region: 'section',
    searchbox: 'input[type=search]',
    status: 'output',
  }
  const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()

  function matches(text: string, pattern: TextPattern): boolean {
    if ('source' in pattern) return new RegExp(pattern.source, pattern.flags).test(text)
    return pattern.exact
      ? text === plain(pattern.text)
      : text.toLowerCase().includes(plain(pattern.text).toLowerCase())
  }

  function isHidden(element: Element): boolean {
    return (
      element.closest('[aria-hidden=true]') !== null ||
      element.getClientRects().length === 0 ||
      getComputedStyle(element).visibility !== 'visible'
    )
  }

  function contentOf(node: Node): string {
    if (node instanceof Text) return node.data
    if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return ''
    return node.getAttribute('aria-label') ?? [...node.childNodes].map(contentOf).join('')
  }

  function nameOf(element: Element): string {
    const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? []
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const named = ids.length ? ids.flatMap((id) => document.getElementById(id) ?? []) : labels
    const label = element.getAttribute('aria-label')
    if (ids.length === 0 && label !== null) return plain(label)
    return plain(named.length ? named.map(contentOf).join(' ') : contentOf(element))
  }

  function withRole(root: ParentNode, role: string): Element[] {
    const explicit = `[role=${role}]`
    const found = root.querySelectorAll(implicit[role] ? `${explicit}, ${implicit[role]}` : explicit)
    return [...found].filter(
      (element) => (element.getAttribute('role') ?? role) === role && !isHidden(element),
    )
  }

  function withText(root: ParentNode, pattern: TextPattern): Element[] {
    const isMatch = (element: Element) =>
      !/^(script|style|head|title)$/i.test(element.tagName) && matches(plain(element.textContent), pattern)
    // The innermost ones.
    return [...root.querySelectorAll('*')].filter(
      (element) => isMatch(element) && ![...element.children].some(isMatch),
    )
  }

  function take(elements: readonly (Document | Element)[], step: Step): Element[] {
    const below = (find: (root: ParentNode) => Iterable<Element>) => [
      ...new Set(elements.flatMap((root) => [...find(root)])),
    ]
    const those = (isWanted: (element: Element) => boolean) =>
      elements.filter((element): element is Element => element instanceof Element && isWanted(element))

    if ('css' in step) return below((root) => root.querySelectorAll(step.css))
    if ('byText' in step) return below((root) => withText(root, step.byText))
    if ('hasText' in step) return those((element) => matches(plain(element.textContent), step.hasText))
    if ('has' in step) return those((element) => follow([element], step.has).length > 0)
    if ('label' in step)
      return below((root) => root.querySelectorAll('input, textarea')).filter((field) =>
        matches(nameOf(field), step.label),
      )
    if ('nth' in step) return those((element) => elements.at(step.nth) === element)
    const { role, name, level } = step
    return below((root) => withRole(root, role)).filter(
      (element) =>
        (name === undefined || matches(nameOf(element), name)) &&
        (level === undefined || element.tagName === `H${level}`),
    )
  }

  function follow(from: readonly (Document | Element)[], path: readonly Step[]): Element[] {
    return path.reduce<readonly (Document | Element)[]>(take, from) as Element[]
  }

  return follow([document], steps)
}
