import react from '@vitejs/plugin-react'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Plugin } from 'vite'
import { createServer } from 'vite'
import { messages } from '#server/messages/vite-plugin.ts'
import { scopedClassName } from './css-module-names.ts'

const ATLASKIT = /^@atlaskit\//
const ROOT_ELEMENT = '<div id="root"></div>'

export interface FirstPaintOptions {
  /** Path of the page from Vite's root. */
  page: string
  /** Path of a module that exports `firstPaint()`, what React's root holds until React is there. */
  module: string
}

/**
 * A Vite plugin that writes what the page shows first into the built HTML, made from the page's own components, so that
 * there is something to see before any script has run. React replaces it.
 */
export function firstPaint({ page, module }: FirstPaintOptions): Plugin {
  let root = ''
  return {
    name: 'first-paint',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { path }) {
        if (path !== `/${page}`) return html
        if (!html.includes(ROOT_ELEMENT)) throw new Error(`${page} has no ${ROOT_ELEMENT}.`)
        const markup = await markupOf(root, module)
        return html.replace(ROOT_ELEMENT, () => ROOT_ELEMENT.replace('><', `>${markup}<`))
      },
    },
  }
}

async function markupOf(root: string, module: string): Promise<string> {
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    plugins: [react(), messages(), withoutAtlaskit()],
    css: { modules: { generateScopedName: scopedClassName } },
    ssr: { noExternal: [ATLASKIT] },
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  try {
    const loaded = (await server.ssrLoadModule(`/${module}`)) as { firstPaint(): ReactElement }
    return renderToStaticMarkup(loaded.firstPaint())
  } finally {
    await server.close()
  }
}

/** The components beside those that show first import Atlaskit's, which Node can't load: their modules import style sheets. */
function withoutAtlaskit(): Plugin {
  const EMPTY = '\0without-atlaskit'
  return {
    name: 'without-atlaskit',
    enforce: 'pre',
    resolveId: (id) => (ATLASKIT.test(id) ? EMPTY : undefined),
    load: (id) => (id === EMPTY ? 'export default undefined' : undefined),
  }
}
