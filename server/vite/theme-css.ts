import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

/** Import this module for its side effect: Atlaskit's light and dark theme as a style sheet of the build. */
const MODULE_ID = 'virtual:atlaskit-theme.css'
/** What of it only the later screens need. */
const LATE_MODULE_ID = 'virtual:atlaskit-late-theme.css'

/** Themes that follow the host's `data-theme` and `data-color-mode`. */
const COLOR_THEMES = ['light', 'dark']
/**
 * Until `early.ts` or the host has set a mode. What the browser prefers is the color scheme of the frame around the page:
 * https://www.w3.org/TR/css-color-adjust-1/#color-scheme-effect
 */
const UNKNOWN_MODE = 'html:not([data-color-mode])'
/** Themes without variants: they apply whatever the host's theme is called. */
const PLAIN_THEMES = ['spacing', 'typography', 'shape']

const TOKEN = /--ds-[\w-]+/g
const DECLARATION = /\s*(--ds-[\w-]+):[^;}]*;?/g

interface Tokens {
  getThemeStyles(preferences: object): Promise<{ id: string; css: string }[]>
}
interface FeatureFlags {
  setBooleanFeatureFlagResolver(resolver: () => boolean): void
}

/** What a plugin needs of the bundler to follow a module's imports. */
interface Loader {
  load(options: { id: string; resolveDependencies: boolean }): Promise<{ importedIds: readonly string[] }>
}

export interface ThemeCssOptions {
  /** Path of the page's first module from Vite's root. */
  first: string
  /** Paths, without extension, of the modules that show something later. */
  late: readonly string[]
}

/**
 * Serves the design tokens as a CSS file. Atlaskit would inject them as style elements at run time, which the page's
 * Content-Security-Policy forbids, and which would be too late for the first paint. In the build, tokens that nothing in
 * the first load mentions are left for a file that comes with the later screens.
 */
export function themeCss({ first, late }: ThemeCssOptions): Plugin {
  const ids = [MODULE_ID, LATE_MODULE_ID]
  let root = ''
  let isBuild = false
  let used: Promise<ReadonlySet<string>> | undefined

  return {
    name: 'atlaskit-theme-css',
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    resolveId: (id) => (ids.includes(id) ? `\0${id}` : undefined),
    async load(id) {
      if (id !== `\0${MODULE_ID}` && id !== `\0${LATE_MODULE_ID}`) return undefined
      const css = await atlaskitThemeCss()
      if (!isBuild) return id === `\0${MODULE_ID}` ? css : ''
      used ??= tokensUsedBy(this, `${root}/${first}`)
      const names = withThoseTheyName(await used, css)
      return withTokens(css, (name) => names.has(name) === (id === `\0${MODULE_ID}`))
    },
    transform(code, id) {
      const isLate = isBuild && late.some((module) => id.startsWith(`${root}/src/${module}.ts`))
      return isLate ? { code: `import '${LATE_MODULE_ID}'\n${code}`, map: null } : undefined
    },
  }
}

/** @returns the tokens that a module mentions, or anything that it imports */
async function tokensUsedBy(loader: Loader, entry: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  const ids = new Set([entry])
  // Grows while it is walked through.
  for (const id of ids) {
    // Neither the theme itself nor what the bundler makes up.
    if (id.startsWith('\0') || id.startsWith('virtual:')) continue
    const [file = id] = id.split('?')
    for (const [name] of (await readFile(file, 'utf8')).matchAll(TOKEN)) names.add(name)
    const { importedIds } = await loader.load({ id, resolveDependencies: true })
    for (const imported of importedIds) ids.add(imported)
  }
  return names
}

/** @returns the tokens, and those that their values refer to */
function withThoseTheyName(names: ReadonlySet<string>, css: string): ReadonlySet<string> {
  const all = new Set(names)
  for (const name of all)
    for (const [declaration, declared] of css.matchAll(DECLARATION))
      if (declared === name)
        for (const [other] of declaration.split(':').slice(1).join(':').matchAll(TOKEN)) all.add(other)
  return all
}

/** @returns the themes with only some of their tokens */
function withTokens(css: string, isWanted: (name: string) => boolean): string {
  return css.replace(DECLARATION, (declaration, name: string) => (isWanted(name) ? declaration : ''))
}

/** @returns the custom properties of the themes that the page needs */
export async function atlaskitThemeCss(): Promise<string> {
  // The packages' ES modules import directories, which Node can't do.
  const require = createRequire(import.meta.url)
  const flags: FeatureFlags = require('@atlaskit/platform-feature-flags')
  // Otherwise an uninitialized feature-gate client logs warnings to the console.
  flags.setBooleanFeatureFlagResolver(() => false)
  const { getThemeStyles }: Tokens = require('@atlaskit/tokens/get-theme-styles')
  const themes = await getThemeStyles({
    colorMode: 'auto',
    light: 'light',
    dark: 'dark',
    spacing: 'spacing',
    typography: 'typography',
    shape: 'shape',
  })
  const cssOf = (id: string) => {
    const css = themes.find((theme) => theme.id === id)?.css
    if (!css) throw new Error(`@atlaskit/tokens has no theme "${id}".`)
    return css
  }
  return [
    ...COLOR_THEMES.map(cssOf),
    ...PLAIN_THEMES.map((id) => withSelector(cssOf(id), 'html')),
    withSelector(cssOf('light'), UNKNOWN_MODE),
    `@media (prefers-color-scheme: dark) {\n${withSelector(cssOf('dark'), UNKNOWN_MODE)}}`,
  ].join('\n')
}

/** @returns a theme, which is one rule, under another selector */
function withSelector(css: string, selector: string): string {
  return css.replace(/^[^{]*\{/, `${selector} {`)
}
