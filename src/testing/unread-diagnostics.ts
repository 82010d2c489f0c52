import { configure, getConfig } from '@testing-library/react'
import * as React from 'react'

/** What React's packages share, as far as it matters here. */
interface ReactInternals {
  /** How many elements have noted in the last second where they were created. Ten thousand may. */
  recentlyCreatedOwnerStacks: number
}

/** Testing Library's own; the set-up runs for each file, this module once. */
const { getElementError } = getConfig()

const INTERNALS = '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE'

/**
 * Leaves out diagnostics that aren't needed while tests pass: a tenth of the time of the screen tests. Each warning and
 * each failure is still there, in the same words.
 */
export function leaveOutUnreadDiagnostics(): void {
  noteNoOrigins()
  printDocumentOnlyInTheEnd()
}

/**
 * React's development build records a stack trace for each element, in case something warns of it. A React without this
 * counter keeps doing so.
 */
function noteNoOrigins(): void {
  const internals = (React as unknown as Record<typeof INTERNALS, ReactInternals>)[INTERNALS]
  Object.defineProperty(internals, 'recentlyCreatedOwnerStacks', {
    get: () => Number.POSITIVE_INFINITY,
    set: () => undefined,
    configurable: true,
  })
}

/** Testing Library prints the document for each attempt of a query that waits; only the last one shows. */
function printDocumentOnlyInTheEnd(): void {
  configure({
    getElementError(message, container) {
      // Set while an attempt is made, but not when its last error is shown.
      const { _disableExpensiveErrorDiagnostics: isAttempt } = getConfig() as {
        _disableExpensiveErrorDiagnostics?: boolean
      }
      if (!isAttempt) return getElementError(message, container)
      const error = new Error(message ?? '')
      error.name = 'TestingLibraryElementError'
      return error
    },
  })
}
