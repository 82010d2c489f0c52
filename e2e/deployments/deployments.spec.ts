import { expect, test } from 'playwright/test'
import { nginxCommand } from '#server/nginx/nginx-command.ts'
import { serverBlockTemplate } from '#server/vite/server-block.ts'
import { checkFailures, checkOurFiles, checkPassing, expectNoSecret, sendSecrets } from './checks.ts'
import { exhaustDescriptors } from './exhaust-descriptors.ts'
import { complaintsOf, linuxPackage, printedServer } from './nginx-deployments.ts'
import { haproxy } from './other-deployments.ts'
import { testJourneyThrough, withSite } from './run-deployment.ts'

// Each starts servers besides a browser, which a busy machine takes its time for.
test.describe.configure({ timeout: 300_000 })

for (const deployment of [linuxPackage({ isTls: true }), haproxy()]) testJourneyThrough(deployment)

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

test('nginx accepts the server block that the set-up guide offers, and what is printed for other machines', async () => {
  const guide = serverBlockTemplate().replaceAll('{hostname}', 'gitlab.example.com')
  const printed = (...args: string[]) => {
    const result = nginxCommand(args)
    return 'output' in result ? result.output : result.problem
  }
  const server = ['--server-name', 'gitlab.example.com', '--gitlab']
  const tls = ['--tls-certificate', '/etc/ssl/gitlab.example.com/fullchain.pem', '--tls-key']
  test.skip(printedServer().missing !== undefined, `To run this: ${printedServer().missing}`)
  for (const text of [
    guide,
    printed(
      ...server,
      'http://127.0.0.1:8181',
      ...tls,
      '/etc/ssl/gitlab.example.com/privkey.pem',
      '--acme',
      '/srv/acme',
    ),
    printed(...server, 'unix:/var/opt/gitlab/gitlab-workhorse/sockets/socket', '--path', '/gitlab/inner'),
    printed(
      ...server,
      'https://127.0.0.1:8443',
      '--instances',
      'https://code.example.com',
      '--listen',
      '8443',
    ),
    printed('page-only', '--path', '/gitlab'),
  ]) {
    expect(await complaintsOf(text), text).toBe('')
  }
})
