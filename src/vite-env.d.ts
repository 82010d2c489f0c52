/** Atlaskit's light and dark theme; the Vite plugin in server/vite/theme-css.ts makes it. */
declare module 'virtual:atlaskit-theme.css'
