import { expect, test } from 'playwright/test'
import {
  checkFailures,
  checkOurFiles,
  checkPassing,
  expectNoSecret,
  sendSecrets,
  walkThrough,
} from './checks.ts'
import { exhaustDescriptors } from './exhaust-descriptors.ts'
import { linuxPackage, printedServer } from './nginx-deployments.ts'
import { haproxy } from './other-deployments.ts'
import { withSite } from './with-site.ts'

for (const deployment of [linuxPackage({ isTls: true }), haproxy()]) {
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

for (const deployment of [linuxPackage({ path: '/gitlab' }), printedServer({ path: '/gitlab' })]) {
  test(`${deployment.name} serves our files, and passes on the rest`, async () => {
    await withSite(deployment, async (site) => {
      await checkOurFiles(site)
      await checkPassing(site)
      await sendSecrets(site, 'secret-while-up')
      await checkFailures(site, ['secret-while-up'])
    })
  })
}

test('no secret is in the logs of an nginx that finds no socket of GitLab', async () => {
  const upstream = 'http://unix:/tmp/there-is-no-such-socket'
  for (const deployment of [linuxPackage({ upstream }), printedServer({ upstream: upstream.slice(7) })]) {
    await withSite(deployment, async (site) => {
      await sendSecrets(site, 'secret-without-socket')
      expect((await site.get('/-/jira_connect/installations?jwt=secret-without-socket')).status).toBe(502)
      await expectNoSecret(site, ['secret-without-socket'])
    })
  }
})

test('no secret is in the logs of an nginx that has no descriptor left', async () => {
  for (const deployment of [linuxPackage({ mostDescriptors: 24 }), printedServer({ mostDescriptors: 24 })]) {
    await withSite(deployment, async (site) => {
      await exhaustDescriptors(site, [
        '/-/jira_connect/subscriptions?jwt=secret-at-the-limit',
        '/-/jira_connect/oauth_callbacks?code=secret-at-the-limit',
        '/-/jira_connect/subscriptions.json?jwt=secret-at-the-limit',
      ])
      await expectNoSecret(site, ['secret-at-the-limit'])
    })
  }
})
