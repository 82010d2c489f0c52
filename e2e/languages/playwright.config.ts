import { defineConfig } from 'playwright/test'
import shared from '../../playwright.config.ts'

/** `npm run test:languages`: what `npm test` runs of the languages, and every state. */
export default defineConfig({
  ...shared,
  testDir: '.',
  testMatch: ['*.spec.ts', '*.crawl.ts'],
  outputDir: '../../test-results',
})
