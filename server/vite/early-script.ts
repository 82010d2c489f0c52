import type { HtmlTagDescriptor, Plugin, ResolvedConfig } from 'vite'

export interface EarlyScriptOptions {
  /** Path of the page from Vite's root. */
  page: string
  /** Path of the module from Vite's root. */
  module: string
  /** Whether that module starts the page's own script, which the built page then only preloads. */
  startsPage: boolean
}

/** The page's own module scripts, as Vite writes them into the head: first those that the last one imports. */
const MAIN_SCRIPTS = /\s*<script async type="module" crossorigin src="([^"]+)"><\/script>/g
const STYLE_SHEET = /\s*<link rel="stylesheet" crossorigin href="([^"]+)">/

/**
 * A Vite plugin that has a small module start with the document, as a file of its own: Vite would merge a second module
 * script of a page into the first. All of the page's module scripts are `async`, or they would wait for deferred ones,
 * such as Atlassian's. Since an `async` script can run before the elements after it exist, the page's own script moves to
 * the end of the body. The style sheet moves to the beginning of the head: if the browser knows of it only after the small
 * module, that runs before anything is painted.
 */
export function earlyScript({ page, module, startsPage }: EarlyScriptOptions): Plugin {
  let config: ResolvedConfig
  return {
    name: 'early-script',
    // Another input of the build, so that the page's own script imports it from its file.
    config: () => ({ build: { rolldownOptions: { input: [module] } } }),
    configResolved(resolved) {
      config = resolved
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle }) {
        if (path !== `/${page}`) return html
        const chunk = Object.values(bundle ?? {}).find(
          (one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(`/${module}`),
        )
        const src = bundle ? `./${chunk?.fileName}` : `${config.base}${module}`
        const early: HtmlTagDescriptor = {
          tag: 'script',
          attrs: { type: 'module', async: true, fetchpriority: 'high', src },
          injectTo: 'head-prepend',
        }
        if (!bundle) return { html, tags: [early] }
        const [, sheet] = html.match(STYLE_SHEET) ?? []
        const styles: HtmlTagDescriptor = {
          tag: 'link',
          attrs: { rel: 'stylesheet', crossorigin: true, href: sheet },
          injectTo: 'head-prepend',
        }
        return {
          html: withScriptsLast(html.replace(STYLE_SHEET, ''), src, startsPage),
          tags: sheet ? [styles, early] : [early],
        }
      },
    },
  }
}

/**
 * @param early the early module's file, which has a script element of its own
 * @throws {Error} Vite writes the page's own scripts in another form
 */
function withScriptsLast(html: string, early: string, startsPage: boolean): string {
  const files = [...html.matchAll(MAIN_SCRIPTS)].map(([, file]) => file).filter((file) => file !== early)
  if (files.length === 0) throw new Error('The page has no async module script of its own.')
  const elements = files.map((file, index) => {
    if (!startsPage) return `<script async type="module" crossorigin src="${file}"></script>`
    const main = index === files.length - 1 ? ' data-main' : ''
    return `<link rel="modulepreload" fetchpriority="low" crossorigin href="${file}"${main}>`
  })
  return html
    .replace(MAIN_SCRIPTS, '')
    .replace('</body>', `${elements.map((element) => `  ${element}\n  `).join('')}</body>`)
}
