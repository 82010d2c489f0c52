import { useEffect, useSyncExternalStore } from 'react'
import type { FailureTexts } from '#src/texts/failure-texts.ts'

/** A failure that the page explains somewhere. */
interface ShownFailure {
  readonly title: string
  readonly cause: string
  /** ID of its heading. */
  readonly titleId: string
}

interface Explanation {
  readonly id: string
  readonly focus: () => void
}

let shown: readonly ShownFailure[] = []
const listeners = new Set<() => void>()

/** Notes that the page explains this failure, as long as it does, so that it isn't explained twice. */
export function useShownFailure({ title, cause }: FailureTexts, titleId: string): void {
  useEffect(() => {
    const failure = { title, cause, titleId }
    change([...shown, failure])
    return () => change(shown.filter((one) => one !== failure))
  }, [title, cause, titleId])
}

/**
 * @param words those of a failure
 * @returns where the page explains it, and a function that moves the focus there; undefined if the page doesn't
 */
export function useExplanationOf(words: FailureTexts): Explanation | undefined {
  const failures = useSyncExternalStore(subscribe, () => shown)
  const failure = failures.find(({ title, cause }) => title === words.title && cause === words.cause)
  return failure && { id: failure.titleId, focus: () => focusHeading(failure.titleId) }
}

function change(next: readonly ShownFailure[]): void {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function focusHeading(id: string): void {
  const heading = document.getElementById(id)
  if (!heading) return
  heading.tabIndex = -1
  heading.focus()
}
