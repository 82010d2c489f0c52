import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { HostPageState } from './host-page-state.ts'

const require = createRequire(import.meta.url)
const here = (name: string) => new URL(name, import.meta.url)

/**
 * The files of the host page. They are read for each request, so that a change shows when the page is reloaded.
 * @param state only called for the page itself
 * @returns undefined for any other path
 */
export async function hostPageFile(path: string, state: () => HostPageState): Promise<Response | undefined> {
  switch (path) {
    case '/':
      return file(await hostPage(state()), 'text/html; charset=utf-8')
    case '/host-page.js':
      return file(await hostPageScript(), 'text/javascript; charset=utf-8')
    case '/host-page.css':
      return file(await readFile(here('./host-page.css'), 'utf8'), 'text/css; charset=utf-8')
    case '/connect-host.js':
      return file(await libraryFile('connect-host.js'), 'text/javascript; charset=utf-8')
    case '/themes/atlaskit-tokens_light.css':
    case '/themes/atlaskit-tokens_dark.css':
      return file(await libraryFile(path.slice(1)), 'text/css; charset=utf-8')
    case '/favicon.ico':
      // Browsers request it on their own; a 404 would show as an error in the console.
      return new Response(null, { status: 204 })
    default:
      return undefined
  }
}

function file(body: string, contentType: string): Response {
  return new Response(body, { headers: { 'content-type': contentType, 'x-content-type-options': 'nosniff' } })
}

function libraryFile(path: string): Promise<string> {
  return readFile(require.resolve(`atlassian-connect-js/dist/${path}`), 'utf8')
}

async function hostPage(state: HostPageState): Promise<string> {
  const html = await readFile(here('./host-page.html'), 'utf8')
  // "<" is escaped so that no value can end the script element that holds the JSON.
  const json = JSON.stringify(state).replaceAll('<', '\\u003c')
  return html
    .replace('data-color-mode="light"', () => `data-color-mode="${state.settings.theme}"`)
    .replace('"initial state"', () => json)
}

async function hostPageScript(): Promise<string> {
  // Loaded only when the page is requested: tests that only need tokens don't have to load Vite.
  const { transformWithOxc } = await import('vite')
  const source = here('./host-page.ts')
  const { code } = await transformWithOxc(await readFile(source, 'utf8'), source.pathname, {
    lang: 'ts',
    sourcemap: false,
  })
  return code
}
