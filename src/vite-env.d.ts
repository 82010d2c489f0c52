/** Atlaskit's light and dark theme; the Vite plugin in server/theme-css.ts makes it. */
declare module 'virtual:atlaskit-theme.css'
