import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'

/** @returns a ref for the element that gets the focus when it appears */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null)
  useEffect(() => element.current?.focus(), [])
  return element
}

/** Jira's frame has grown within this time, if it has to. Later, it changes its size for other reasons. */
const LONGEST_GROWTH_MS = 1_000

/**
 * @returns a ref for an element that is brought into view when it appears. Jira's frame, which is what scrolls, grows
 *   only after the element is in it.
 */
export function useInView<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null)
  useEffect(() => {
    const show = () => element.current?.scrollIntoView({ block: 'nearest' })
    show()
    addEventListener('resize', show, { once: true })
    const stop = () => removeEventListener('resize', show)
    setTimeout(stop, LONGEST_GROWTH_MS)
    return stop
  }, [])
  return element
}

/**
 * Returns the focus to a button when what it opened closes, and the element that had the focus disappears.
 * @param isOpen whether what the button opens is open
 * @param elsewhere gets the focus if the button no longer exists
 * @param opener what opened it, if that can be something else: gets the focus as long as it exists
 * @returns a ref for the button
 */
export function useFocusBack(
  isOpen: boolean,
  elsewhere?: RefObject<HTMLElement | null>,
  opener?: RefObject<HTMLElement | null>,
): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      const opened = opener?.current?.isConnected ? opener.current : undefined
      ;(opened ?? button.current ?? elsewhere?.current)?.focus()
    }
    wasOpen.current = isOpen
  }, [isOpen, elsewhere, opener])
  return button
}

/** @returns a ref for an element: if it goes with the focus in it, the focus goes to the heading of the section around it */
export function useFocusOnLeaving<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    const { current } = element
    return () => {
      if (!current?.contains(document.activeElement) || !document.hasFocus()) return
      const heading = current.parentElement?.closest('section')?.querySelector('h2')
      if (heading) focusHeading(heading)
    }
  }, [])
  return element
}

/**
 * @returns whether what had the focus is gone or disabled. While the user is in another part of Jira, nothing is lost: the
 *   focus isn't taken from there.
 */
export function isFocusLost(): boolean {
  const { activeElement } = document
  const isNowhere = activeElement === null || activeElement === document.body
  return document.hasFocus() && (isNowhere || activeElement.matches(':disabled'))
}

/** Moves the focus to a heading, and scrolls nothing. */
export function focusHeading(heading: HTMLElement): void {
  if (!heading.hasAttribute('tabindex')) {
    heading.tabIndex = -1
    // A later click on it is no jump.
    heading.addEventListener('blur', () => heading.removeAttribute('tabindex'), { once: true })
  }
  heading.focus({ preventScroll: true })
}
