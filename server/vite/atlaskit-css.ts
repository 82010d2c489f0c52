import type { Plugin } from 'vite'

const SHORTHAND_RULE = /(\._\w+)((?::[\w-]+)*\{(?:font|border|background|outline):)/g

/**
 * A Vite plugin with which Atlaskit's components look the same whichever of the page's style sheets has loaded last. Each
 * of their classes sets one property, and several sheets repeat a class. A shorthand that came again would otherwise undo
 * what another class of the same component sets, such as `font` the weight of a button.
 */
export function atlaskitCss(): Plugin {
  return {
    name: 'atlaskit-css',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.compiled.css')) return undefined
      return code.replace(SHORTHAND_RULE, ':where($1)$2')
    },
  }
}
