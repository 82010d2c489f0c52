import { useState } from 'react'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
import { copyText } from './clipboard.ts'

interface Copying {
  /**
   * Copies a text and announces whether that worked.
   * @param element what to select instead where the browser does not let the page copy
   */
  copy(text: string, element: Element | null): Promise<void>
  /** What became of the last copy, in words; undefined before the first. */
  readonly outcome: string | undefined
}

/** Copying by a button, with words for whether it worked. */
export function useCopying(): Copying {
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<string>()
  return {
    outcome,
    async copy(text, element) {
      const words = (await copyText(text, element)) ? texts.copy.copied : texts.copy.pressKeys
      setOutcome(words)
      announce(words)
    },
  }
}
