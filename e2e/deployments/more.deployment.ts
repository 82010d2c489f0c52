import { linuxPackage, ownNginx, printedServer } from './nginx-deployments.ts'
import { apache, caddy } from './other-deployments.ts'
import { testJourneyThrough } from './run-deployment.ts'

for (const deployment of [
  linuxPackage({ path: '/gitlab' }),
  ownNginx(),
  printedServer(),
  printedServer({ path: '/gitlab', isTls: true }),
  apache(),
  caddy(),
]) {
  testJourneyThrough(deployment)
}
