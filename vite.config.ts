import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { buildTarget } from './server/browsers/floor.ts'
import { messages } from './server/messages/vite-plugin.ts'
import { atlaskitCss } from './server/vite/atlaskit-css.ts'
import { buildIdentity } from './server/vite/build-identity.ts'
import { chunkGroups, LATE_SCREENS, ownCallbackCode } from './server/vite/chunks.ts'
import { compressedAssets } from './server/vite/compressed-assets.ts'
import { cssModuleNames, scopedClassName } from './server/vite/css-module-names.ts'
import { earlyScript } from './server/vite/early-script.ts'
import { firstPaint } from './server/vite/first-paint.ts'
import { importParts } from './server/vite/import-part.ts'
import { nginxServerBlock } from './server/vite/server-block.ts'
import { themeCss } from './server/vite/theme-css.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ command }) => ({
  // Relative in the build, so that one build works on any origin and below any path.
  base: command === 'serve' ? '/-/jira_connect/' : './',
  plugins: [
    react(),
    atlaskitCss(),
    themeCss({ first: 'src/main.tsx', late: LATE_SCREENS }),
    earlyScript({ page: 'index.html', module: 'src/early.ts', startsPage: true }),
    messages(),
    nginxServerBlock(),
    cssModuleNames(),
    firstPaint({ page: 'index.html', module: 'src/pages/first-paint.tsx' }),
    importParts(here('./src/app/import-part.ts')),
    ownCallbackCode(),
    compressedAssets(),
    buildIdentity(packageJson.version),
  ],
  css: { modules: { generateScopedName: scopedClassName } },
  resolve: {
    alias: [
      // Atlaskit's feature-gate client calls a service, and would make up a third of our first load.
      {
        find: /^@atlaskit\/feature-gate-js-client\/feature-gates$/,
        replacement: here('./src/app/feature-gates.ts'),
      },
      {
        find: /^@atlaskit\/platform-feature-flags\/fg$/,
        replacement: here('./src/app/feature-flags.ts'),
      },
      {
        find: /^@atlaskit\/analytics-next\/usePlatformLeafEventHandler$/,
        replacement: here('./src/app/no-analytics.ts'),
      },
    ],
  },
  // @atlaskit/icon is CommonJS: without this, its default export would be wrapped in an object.
  legacy: { inconsistentCjsInterop: true },
  build: {
    target: buildTarget(),
    // For the release's notices.
    license: { fileName: '.vite/licenses.json' },
    // Every browser that Jira supports preloads modules itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [here('./index.html'), here('./callback.html')],
      output: { codeSplitting: { groups: chunkGroups } },
    },
  },
  // Vite finds dependencies that load late, or only from inside another one, in the middle of the first visit, and
  // then reloads the page. Listing them avoids that.
  optimizeDeps: {
    entries: ['index.html', 'callback.html'],
    include: [
      '@atlaskit/button/new',
      '@atlaskit/select/Select',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'oauth4webapi',
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
      'valibot',
    ],
  },
}))
