import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

/** Import this module for its side effect: Atlaskit's light and dark theme as a style sheet of the build. */
const MODULE_ID = 'virtual:atlaskit-theme.css'
const RESOLVED_ID = `\0${MODULE_ID}`

/** Themes that follow the host's `data-theme` and `data-color-mode`. */
const COLOR_THEMES = ['light', 'dark']
/** Themes without variants: they apply whatever the host's theme is called. */
const PLAIN_THEMES = ['spacing', 'typography', 'shape']

interface Tokens {
  getThemeStyles(preferences: object): Promise<{ id: string; css: string }[]>
}
interface FeatureFlags {
  setBooleanFeatureFlagResolver(resolver: () => boolean): void
}

/**
 * Serves the design tokens as a CSS file. Atlaskit would inject them as style elements at run time, which the page's
 * Content-Security-Policy forbids, and which would be too late for the first paint.
 */
export function themeCss(): Plugin {
  return {
    name: 'atlaskit-theme-css',
    resolveId: (id) => (id === MODULE_ID ? RESOLVED_ID : undefined),
    load: (id) => (id === RESOLVED_ID ? atlaskitThemeCss() : undefined),
  }
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
  return [...COLOR_THEMES, ...PLAIN_THEMES]
    .map((id) => {
      const css = themes.find((theme) => theme.id === id)?.css
      if (!css) throw new Error(`@atlaskit/tokens has no theme "${id}".`)
      return PLAIN_THEMES.includes(id) ? css.replace(/^[^{]*\{/, 'html {') : css
    })
    .join('\n')
}
