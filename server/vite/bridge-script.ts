import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The bridge in the page's script tag, as Atlassian requires of apps in production. */
const CDN_SCRIPT = 'https://connect-cdn.atl-paas.net/all.js'
const CDN_DOMAIN = '"connect-cdn.atl-paas.net"'
const CDN_SCHEME = '"https://" + CDN_DOMAIN'

const require = createRequire(import.meta.url)

/**
 * Makes a page load the bridge from this server. The path is fixed: the script reads its `data-options` only from a script
 * element whose URL contains `/atlassian-connect/all`.
 */
export function withLocalBridge(html: string): string {
  return html.replaceAll(CDN_SCRIPT, './atlassian-connect/all.js')
}

/**
 * Atlassian's bridge for the app's side of the frame, with another URL in place of the CDN's: that is where it loads theme
 * style sheets from.
 * @param url where this server replaces Atlassian's CDN; no trailing slash
 * @throws {Error} when a new release of the library contains the CDN's URL in another form
 */
export async function bridgeScript(url: string): Promise<string> {
  const script = await readFile(require.resolve('atlassian-connect-js/dist/iframe.js'), 'utf8')
  for (const constant of [CDN_DOMAIN, CDN_SCHEME]) {
    if (script.split(constant).length !== 2) {
      throw new Error(`atlassian-connect-js/dist/iframe.js no longer contains ${constant} exactly once.`)
    }
  }
  const { protocol, host, pathname } = new URL(url)
  return script
    .replace(CDN_SCHEME, () => `"${protocol}//" + CDN_DOMAIN`)
    .replace(CDN_DOMAIN, () => JSON.stringify(host + pathname))
}

/**
 * A style sheet that the bridge links to.
 * @param path relative to the CDN's root, such as `themes/atlaskit-tokens_dark.css`
 * @returns undefined if the library has no such file
 */
export async function bridgeStyleSheet(path: string): Promise<string | undefined> {
  if (!/^(themes\/)?[a-z0-9_-]+\.css$/.test(path)) return undefined
  try {
    return await readFile(require.resolve(`atlassian-connect-js/dist/${path}`), 'utf8')
  } catch {
    return undefined
  }
}
