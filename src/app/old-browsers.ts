/** A notice that is hidden in the page's HTML: see `first-paint.tsx`. */
const NOTICE = '[data-too-old]'

/**
 * Shows the notice in the page's HTML if this browser lacks something that the page needs. Even older browsers can't run
 * this script; they show the notice without it.
 * @throws {Error} the browser is too old: nothing else of the page must run
 */
export function refuseOldBrowsers(): void {
  const missing = []
  // Of what the page needs, browsers got these last: in the oldest version that is supported (package.json,
  // `browserslist`), or just before it.
  if (!('any' in AbortSignal)) missing.push('AbortSignal.any')
  if (!('canParse' in URL)) missing.push('URL.canParse')
  if (missing.length === 0) return
  const names = missing.join(', ')
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => show(names))
  else show(names)
  throw new Error(`This browser has no ${names}.`)
}

function show(missing: string): void {
  const notice = document.querySelector(NOTICE)
  notice?.removeAttribute('popover')
  const place = notice?.querySelector('[hidden]')
  place?.removeAttribute('hidden')
  place?.append(` ${missing}`)
}
