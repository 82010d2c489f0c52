import type { HtmlTagDescriptor, Plugin, ResolvedConfig } from 'vite'

export interface EarlyScriptOptions {
  /** Path of the page from Vite's root. */
  page: string
  /** Path of the module from Vite's root. */
  module: string
}

/** The page's own module scripts, as Vite writes them into the head. */
const MAIN_SCRIPTS = /\s*(<script async type="module"[^>]*><\/script>)/g

/**
 * A Vite plugin that has a small module start with the document, as a file of its own: Vite would merge a second module
 * script of a page into the first. All of the page's module scripts are `async`, or they would wait for deferred ones,
 * such as Atlassian's. Since an `async` script can run before the elements after it exist, the page's own script moves to
 * the end of the body.
 */
export function earlyScript({ page, module }: EarlyScriptOptions): Plugin {
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
        return { html: bundle ? withScriptsLast(html, src) : html, tags: [early] }
      },
    },
  }
}

/**
 * @param early the early module's file, which has a script element of its own
 * @throws {Error} Vite writes the page's own scripts in another form
 */
function withScriptsLast(html: string, early: string): string {
  const scripts = [...html.matchAll(MAIN_SCRIPTS)].map(([, script = '']) => script)
  if (scripts.length === 0) throw new Error('The page has no async module script of its own.')
  const others = scripts.filter((script) => !script.includes(`"${early}"`))
  return html
    .replace(MAIN_SCRIPTS, '')
    .replace('</body>', `${others.map((script) => `  ${script}\n  `).join('')}</body>`)
}
