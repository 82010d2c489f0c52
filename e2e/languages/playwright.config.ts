import { defineConfig } from 'playwright/test'
import { fontEnvironment } from '#e2e/setup/interface-font.ts'
import shared from '../../playwright.config.ts'

/**
 * `npm run test:languages`: what `npm test` runs of the languages, every state, and a journey in each language, of which
 * `PICTURES=folder` takes pictures.
 */
export default defineConfig({
  ...shared,
  testDir: '.',
  testMatch: ['*.spec.ts', '*.crawl.ts'],
  outputDir: '../../test-results',
  use: {
    ...shared.use,
    actionTimeout: 60_000,
    launchOptions: {
      ...shared.use?.launchOptions,
      ...(process.env.PICTURES !== undefined && { env: fontEnvironment() }),
    },
  },
})
