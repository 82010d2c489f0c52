import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'

/** @returns a ref for the element that gets the focus once it is there */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null)
  useEffect(() => element.current?.focus(), [])
  return element
}

/**
 * Gives the focus back to the button that opened something in its place, once that closes: what had the focus goes with it.
 * @param isOpen whether what the button opens is there
 * @param elsewhere gets the focus where the button is not there any more
 * @returns a ref for the button
 */
export function useFocusBack(
  isOpen: boolean,
  elsewhere?: RefObject<HTMLElement | null>,
): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !isOpen) (button.current ?? elsewhere?.current)?.focus()
    wasOpen.current = isOpen
  }, [isOpen, elsewhere])
  return button
}
