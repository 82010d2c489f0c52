import { test } from 'playwright/test'
import { checkFailures, checkOurFiles, checkPassing, walkThrough } from './checks.ts'
import type { Deployment } from './site.ts'
import { withSite } from './with-site.ts'

/** Declares the test that every deployment passes: all of it in a browser, with the GitLab behind up and down. */
export function testJourneyThrough(deployment: Deployment): void {
  test(`the main journey passes through ${deployment.name}, and leaves no secret in its logs`, async ({
    browser,
  }) => {
    await withSite(deployment, async (site) => {
      await checkOurFiles(site)
      await checkPassing(site)
      await checkFailures(site, await walkThrough(browser, site))
    })
  })
}
