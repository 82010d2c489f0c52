import { defineConfig } from 'playwright/test'
import { findTestBrowser } from '#e2e/setup/find-browser.ts'

/**
 * Playwright switches off what users have on: storage partitioned by site, and the popup blocker. Chromium obeys the
 * last of two --disable-features switches, so this one repeats Playwright's own list without the partitioning.
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
  testDir: 'e2e',
  // Unit tests stand beside the modules that set up the browser; these are Vitest's.
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // For machines that have other things to do.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    // Recording each journey would take a third of the time: TRACE=1 asks for it.
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
