import { expect, test } from 'playwright/test'
import { canRun } from '#e2e/setup/unpack-packages.ts'
import { complaintsOfSystemd, linuxPackage, ownNginx, printedServer } from './nginx-deployments.ts'
import { apache, caddy, haproxy } from './other-deployments.ts'
import { testJourneyThrough } from './run-deployment.ts'

for (const deployment of [
  linuxPackage({ path: '/gitlab' }),
  ownNginx(),
  printedServer(),
  printedServer({ path: '/gitlab', isTls: true }),
  apache(),
  apache({ path: '/gitlab' }),
  caddy(),
  caddy({ path: '/gitlab' }),
  haproxy({ path: '/gitlab' }),
]) {
  testJourneyThrough(deployment)
}

test('systemd accepts the unit of the server for the page', async () => {
  test.skip(!canRun('systemd-analyze', ['--version']), 'To run this: sudo apt-get install systemd')
  expect(await complaintsOfSystemd()).toBe('')
})
