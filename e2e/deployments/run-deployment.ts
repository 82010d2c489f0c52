import { test } from 'playwright/test'
import { checkFailures, checkOurFiles, checkPassing, walkThrough } from './checks.ts'
import type { Deployment, Site } from './site.ts'
import { startSite } from './site.ts'

/** Sets up a deployment, and ends it whatever happens; skips the test if this machine lacks its web server. */
export async function withSite(deployment: Deployment, use: (site: Site) => Promise<void>): Promise<void> {
  const { missing } = deployment
  test.skip(missing !== undefined, `To run this: ${missing}`)
  const site = await startSite(deployment)
  try {
    await use(site)
  } finally {
    await site.close()
  }
}

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
