/** Atlaskit's light and dark theme; the Vite plugin in server/vite/theme-css.ts makes it. */
declare module 'virtual:atlaskit-theme.css'

/** An nginx server block with `{hostname}` and `{port}` to fill in; the Vite plugin in server/vite/server-block.ts makes it. */
declare module 'virtual:nginx-server-block' {
  export const template: string
}

/** The messages in `src/texts/messages`, compiled; the Vite plugin in server/messages/vite-plugin.ts makes these modules. */
declare module 'virtual:messages/languages' {
  import type { FirstWords } from '#src/texts/languages.ts'
  export const languages: Readonly<Record<string, () => Promise<FirstWords>>>
}
declare module 'virtual:messages/callback' {
  export const words: Readonly<Record<string, Readonly<Record<'title' | 'close' | 'openerLost', string>>>>
}
declare module 'virtual:messages/en/page' {
  import type { FirstWords } from '#src/texts/languages.ts'
  export const words: FirstWords['words']
  export const later: FirstWords['later']
}
