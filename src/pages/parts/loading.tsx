import { texts } from '#src/texts/en.ts'

/** The page's shape while nothing is known yet. */
export function LoadingPage() {
  return (
    <div role="status" aria-label={texts.loading}>
      <div className="instance-bar" aria-hidden="true">
        <p>
          <span className="skeleton skeleton-path" />
        </p>
      </div>
      <LoadingLinking />
      <div className="loading-title" aria-hidden="true">
        <span className="skeleton skeleton-name" />
      </div>
      <LoadingRows />
    </div>
  )
}

/** As tall as a heading and a field. */
export function LoadingLinking() {
  return (
    <div className="loading-linking" aria-hidden="true">
      <span className="skeleton skeleton-name" />
      <span className="skeleton skeleton-field" />
    </div>
  )
}

/** As tall as the filter and three rows, so that little moves when the list arrives. */
export function LoadingRows() {
  return (
    <div aria-hidden="true">
      <span className="skeleton skeleton-tools" />
      <div className="rows">
        {[0, 1, 2].map((row) => (
          <div className="row" key={row}>
            <span className="avatar skeleton" />
            <div className="row-names">
              <span className="skeleton skeleton-name" />
              <span className="skeleton skeleton-path" />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
