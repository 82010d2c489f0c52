import { useEffect, useState } from 'react'

/** Shorter than a pause to read what is found, longer than one between two keys. */
const TYPING_PAUSE_MS = 200

/**
 * Waits for a pause in typing before searching, so that not every letter is a request.
 * @returns the text once it has stayed the same for a fifth of a second; an empty text at once
 */
export function useTypingPause(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return text === '' ? '' : settled
}
