import type { Plugin } from 'vite'

/** The module through which Vite's build sends each `import()`. */
const HELPER = '\0vite/preload-helper.js'

/**
 * A Vite plugin that replaces that module's function, since late parts must load even if they didn't at first.
 * @param module path of the module that exports `importPart`
 */
export function importParts(module: string): Plugin {
  return {
    name: 'import-parts',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      return id === HELPER
        ? `export { importPart as __vitePreload } from ${JSON.stringify(module)}`
        : undefined
    },
  }
}
