import { useState } from 'react'
import { texts } from '#src/texts/texts.ts'
import { useAnnounce } from '../announcements.tsx'
import { copyText } from './clipboard.ts'

interface Copying {
  /**
   * Copies a text and announces whether that worked.
   * @param shown what shows the text, if anything does; selected if the browser doesn't let the page copy
   */
  copy(text: string, shown: Element | null): Promise<void>
  /** Whether the last copy worked; undefined before the first, and once its outcome has been seen. */
  readonly isCopied: boolean | undefined
  /** The same in words. */
  readonly outcome: string | undefined
  /** Spread them on the element around the button: leaving it means that the outcome has been seen. */
  readonly leaving: { readonly onMouseLeave: () => void; readonly onBlur: () => void }
}

/** Copying from a button, with words for the outcome. */
export function useCopying(): Copying {
  const announce = useAnnounce()
  // No words: the page can change its language while they show.
  const [isCopied, setCopied] = useState<boolean>()
  const forget = () => setCopied(undefined)
  return {
    isCopied,
    outcome: isCopied === undefined ? undefined : wordsFor(isCopied),
    async copy(text, shown) {
      const hasWorked = await copyText(text, shown)
      setCopied(hasWorked)
      announce(wordsFor(hasWorked))
    },
    leaving: { onMouseLeave: forget, onBlur: forget },
  }
}

function wordsFor(isCopied: boolean): string {
  return isCopied ? texts.copy.copied : texts.copy.pressKeys
}
