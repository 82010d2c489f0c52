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
  /** The outcome of the last copy, in words; undefined before the first, and once it has been seen. */
  readonly outcome: string | undefined
  /** Spread them on the element around the button: leaving it means that the outcome has been seen. */
  readonly leaving: { readonly onMouseLeave: () => void; readonly onBlur: () => void }
}

/** Copying from a button, with words for the outcome. */
export function useCopying(): Copying {
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<string>()
  const forget = () => setOutcome(undefined)
  return {
    outcome,
    async copy(text, shown) {
      const words = (await copyText(text, shown)) ? texts.copy.copied : texts.copy.pressKeys
      setOutcome(words)
      announce(words)
    },
    leaving: { onMouseLeave: forget, onBlur: forget },
  }
}
