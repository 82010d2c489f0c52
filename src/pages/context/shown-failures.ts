import { useEffect, useSyncExternalStore } from 'react'
import { focusHeading } from '#src/pages/parts/focus.ts'
import type { FailureTexts } from '#src/texts/failure-texts.ts'

/** A failure that the page explains somewhere. */
interface ShownFailure {
  /** @returns its words in the language that the page speaks at the moment */
  readonly words: () => FailureTexts
  /** ID of its heading. */
  readonly titleId: string
}

interface Explanation {
  readonly id: string
  readonly focus: () => void
}

let shown: readonly ShownFailure[] = []
const listeners = new Set<() => void>()

/**
 * Notes that the page explains this failure, as long as it does, so that it isn't explained twice.
 * @param words makes its words
 */
export function useShownFailure(words: () => FailureTexts, titleId: string): void {
  const { title, cause } = words()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function with the same words is about the same failure
  useEffect(() => {
    const failure = { words, titleId }
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
  const failure = failures.find((one) => {
    const { title, cause } = one.words()
    return title === words.title && cause === words.cause
  })
  return failure && { id: failure.titleId, focus: () => showHeading(failure.titleId) }
}

function change(next: readonly ShownFailure[]): void {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Takes the reader there, even if the heading was in view before, and no one would notice the focus on it. */
function showHeading(id: string): void {
  const heading = document.getElementById(id)
  if (!heading) return
  focusHeading(heading)
  // In Jira's frame, this scrolls the window around it.
  heading.closest('[data-failure]')?.scrollIntoView({ block: 'start' })
}
