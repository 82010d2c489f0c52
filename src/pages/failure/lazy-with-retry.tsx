import type { ComponentType, ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { LoadingLinking } from '#src/pages/parts/loading.tsx'
import { loadLaterTexts } from '#src/texts/texts.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Failure } from './failure.tsx'
import { loadChunk } from './load-chunk.ts'

/**
 * A component whose code loads later. If loading fails, or the component breaks, it shows the failure and a retry button.
 * @param load imports the module and picks the component
 * @param shape shown while it loads
 */
export function lazyWithRetry<P extends object>(
  load: () => Promise<ComponentType<P>>,
  shape: ReactNode = <LoadingLinking />,
) {
  const loadPart = async () => {
    const [part] = await loadChunk(Promise.all([load(), loadLaterTexts()]))
    return { default: part }
  }
  let part = lazy(loadPart)

  return function LazyPart(props: P) {
    const [Part, setPart] = useState(() => part)

    function startOver(): void {
      // React.lazy keeps a failed attempt forever.
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
