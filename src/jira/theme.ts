import { readStored, store } from './storage.ts'

/** The names that the style sheet of the themes goes by, as Jira sets them. */
const THEMES = 'light:light dark:dark spacing:spacing typography:typography shape:shape'

/** The themes that this page's own style sheet has, which Atlassian's script would load again. */
const OWN_THEMES = ['light', 'dark', 'spacing', 'typography', 'typography-refreshed', 'shape']

/** Shows the theme that Jira had the last time, or the one that the browser prefers, until Jira's is known. */
export function showLikelyTheme(): void {
  const { dataset } = document.documentElement
  const stored = readStored('color-mode')
  const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  dataset.colorMode = isColorMode(stored) ? stored : preferred
  dataset.theme = THEMES
}

/** Remembers which theme Jira shows, now and whenever it changes. */
export function rememberTheme(): void {
  const root = document.documentElement
  new MutationObserver(() => {
    const { colorMode } = root.dataset
    if (isColorMode(colorMode)) store('color-mode', colorMode)
  }).observe(root, { attributeFilter: ['data-color-mode'] })
}

/**
 * Keeps Atlassian's script from loading style sheets of themes that this page has. It looks for links to them, which need
 * not be style sheets: see `themeLoader` in https://www.npmjs.com/package/atlassian-connect-js, `src/plugin/theming.js`.
 * @param script the URL that Atlassian's script came from, and next to which it looks for its style sheets
 */
export function claimThemes(script: string): void {
  for (const theme of OWN_THEMES) {
    const link = document.createElement('link')
    link.setAttribute('href', new URL(`themes/atlaskit-tokens_${theme}.css`, script).href)
    document.head.append(link)
  }
  // The page has a surface of its own, whatever Jira's is around it.
  const surface = document.createElement('link')
  surface.dataset.surface = ''
  document.head.append(surface)
}

function isColorMode(value: unknown): value is 'light' | 'dark' {
  return value === 'light' || value === 'dark'
}
