/** Atlaskit's light and dark theme; the Vite plugin in server/vite/theme-css.ts makes it. */
declare module 'virtual:atlaskit-theme.css'

/** An nginx server block with `{hostname}` and `{port}` to fill in; the Vite plugin in server/vite/server-block.ts makes it. */
declare module 'virtual:nginx-server-block' {
  export const template: string
}
