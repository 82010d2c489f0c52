import { defineConfig } from 'playwright/test'
import { findTestBrowser } from '#e2e/setup/find-browser.ts'

/**
 * Playwright turns off two things that users have on: storage partitioning and the popup blocker. Chromium applies the
 * last --disable-features switch only, so this list repeats Playwright's own without the partitioning.
 */
const DISABLED_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
]

const executablePath = findTestBrowser()

export default defineConfig({
  // Text only: the same on every system.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  testDir: 'e2e',
  // Unit tests stand beside the modules that set up the browser; these are Vitest's.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // Generous, for machines under load.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    // Recording traces would take a third of the time, so it is off unless TRACE=1.
    trace: process.env.TRACE ? 'on' : 'off',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: {
      ...(executablePath && { executablePath }),
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      args: ['--disable-background-networking', `--disable-features=${DISABLED_FEATURES.join(',')}`],
    },
  },
})
