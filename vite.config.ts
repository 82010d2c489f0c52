import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { compressedAssets } from './server/vite/compressed-assets.ts'
import { themeCss } from './server/vite/theme-css.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ command }) => ({
  // Relative in the build, so that one build serves any origin and any sub-path.
  base: command === 'serve' ? '/-/jira_connect/' : './',
  plugins: [react(), themeCss(), compressedAssets()],
  // Named in what people copy for a support ticket.
  define: { __BUILD__: JSON.stringify(packageJson.version) },
  resolve: {
    alias: [
      // Atlaskit asks a feature-gate service, whose client alone weighs a third of our first load.
      {
        find: /^@atlaskit\/feature-gate-js-client\/feature-gates$/,
        replacement: here('./src/app/feature-gates.ts'),
      },
    ],
  },
  // @atlaskit/icon is CommonJS: as a module, its default export would arrive wrapped in an object.
  legacy: { inconsistentCjsInterop: true },
  build: {
    rolldownOptions: { input: [here('./index.html'), here('./callback.html')] },
  },
  // What is loaded late, or only from inside a dependency, would otherwise be found in the middle of a first
  // visit, and reload the page.
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
