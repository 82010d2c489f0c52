import type { ComponentType, ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { LoadingLinking } from '#src/pages/parts/loading.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Failure } from './failure.tsx'
import { loadChunk } from './load-chunk.ts'

/**
 * A part whose code comes late: its shape meanwhile, and a way on where it does not come, or breaks.
 * @param load imports the module and picks the component
 * @param shape stands in its place meanwhile
 */
export function lazyWithRetry<P extends object>(
  load: () => Promise<ComponentType<P>>,
  shape: ReactNode = <LoadingLinking />,
) {
  const loadPart = async () => ({ default: await loadChunk(load()) })
  let part = lazy(loadPart)

  return function LazyPart(props: P) {
    const [Part, setPart] = useState(() => part)

    function startOver(): void {
      // React keeps a failed attempt for ever.
      part = lazy(loadPart)
      setPart(() => part)
    }

    return (
      <ErrorBoundary
        fallback={(error, tryAgain) => (
          <Failure
            error={error}
            onRetry={() => {
              startOver()
              tryAgain()
            }}
          />
        )}
      >
        <Suspense fallback={shape}>
          <Part {...props} />
        </Suspense>
      </ErrorBoundary>
    )
  }
}
