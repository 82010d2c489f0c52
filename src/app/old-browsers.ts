/** Is hidden in the page's HTML: see `first-paint.tsx`. */
const NOTICE = '[data-too-old]'

/**
 * Shows what is in the page's HTML for browsers that are too old, if this one lacks what the page can't do without. Browsers
 * that are older still don't run this; they show it by themselves.
 * @throws {Error} it is too old: nothing else of the page is to run
 */
export function refuseOldBrowsers(): void {
  const missing = []
  // Of the oldest that are supported (package.json, `browserslist`), one each has come with one of these.
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
