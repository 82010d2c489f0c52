import { Fragment } from 'react'

/** After a slash of a path, but not after those before a host. */
const BREAKS = /(?<=[^:/]\/)(?=[^/])/

/** A URL, or another value, that breaks after a slash rather than inside a word. It has no character more when it is copied. */
export function BreakableUrl({ url }: { url: string }) {
  return url.split(BREAKS).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: equal parts can follow each other
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
