import { defineConfig } from 'playwright/test'
import shared from '../../playwright.config.ts'

/** `npm run test:deployments`: what `npm test` runs of the deployments, and all the rest. */
export default defineConfig({
  ...shared,
  testDir: '.',
  testMatch: ['*.spec.ts', '*.deployment.ts'],
  // Some build the page twice, or start three servers and a browser.
  timeout: 600_000,
  outputDir: '../../test-results',
})
