import type { FailureFacts } from '#src/texts/failure-texts.ts'

export interface FailureProps {
  readonly error: unknown
  /** If missing, those of the instance in use. */
  readonly facts?: FailureFacts
  /** Retries what failed; missing if the button for that is next to the failure. */
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
}
