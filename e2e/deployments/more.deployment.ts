import { test } from 'playwright/test'
import { checkFailures, checkOurFiles, checkPassing, walkThrough } from './checks.ts'
import { linuxPackage, ownNginx, printedServer } from './nginx-deployments.ts'
import { apache, caddy } from './other-deployments.ts'
import { withSite } from './with-site.ts'

for (const deployment of [
  linuxPackage({ path: '/gitlab' }),
  ownNginx(),
  printedServer(),
  printedServer({ path: '/gitlab', isTls: true }),
  apache(),
  caddy(),
]) {
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
