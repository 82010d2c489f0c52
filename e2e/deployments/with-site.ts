import { test } from 'playwright/test'
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
