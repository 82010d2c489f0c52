import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import { standInForCdn } from './checks.ts'
import { instructions, run, unpack } from './instructions.ts'
import { linuxPackage } from './nginx-deployments.ts'
import { withSite } from './run-deployment.ts'
import type { Site } from './site.ts'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

/** A later build: each of its scripts has another name, and none of the earlier ones is left. */
function laterBuild(): string {
  const dist = mkdtempSync(join(tmpdir(), 'later-build-'))
  cpSync(DIST, dist, { recursive: true })
  const assets = join(dist, 'assets')
  const names = readdirSync(assets)
  const stems = names.flatMap((name) => /^(.*)\.(js|css)$/.exec(name)?.[1] ?? [])
  const rename = (text: string) =>
    stems.reduce((result, stem) => result.replaceAll(stem, `${stem}-later`), text)
  for (const name of names) {
    const path = join(assets, name)
    // Compressed ones are left out: web servers then send the others.
    if (/\.(gz|br)$/.test(name)) rmSync(path)
    else if (/\.(js|css)$/.test(name)) {
      writeFileSync(path, rename(readFileSync(path, 'utf8')))
      renameSync(path, join(assets, rename(name)))
    }
  }
  for (const page of ['index.html', 'callback.html']) {
    writeFileSync(join(dist, page), rename(readFileSync(join(dist, page), 'utf8')))
  }
  return dist
}

const scriptOf = async (site: Site) =>
  /\.\/assets\/([\w-]+\.js)/.exec(await (await site.get('/-/jira_connect/subscriptions')).text())?.[1] ?? ''

test('an update, a rollback, and an uninstallation are a few commands each, and an open page notices none of them', async ({
  browser,
}) => {
  await withSite(linuxPackage(), async (site) => {
    const places = { '/var/www/gitlab-for-jira': site.root, '/etc/gitlab': join(site.folder, 'etc') }
    const earlier = await scriptOf(site)
    const context = await browser.newContext()
    await standInForCdn(context)
    const configuration = new ConfigurationPage(await context.newPage(), site)
    await configuration.open()
    await expect(configuration.linkedGroups).toHaveCount(3)

    const dist = laterBuild()
    await unpack(site, '1.1.0', dist)
    expect(await scriptOf(site), 'the new page is served at once').toBe(earlier.replace('.js', '-later.js'))
    expect((await site.get(`/-/jira_connect/assets/${earlier}`)).status, 'and so are the old parts').toBe(200)
    const [compare = ''] = instructions('Update', 'sh')
    run(compare.replace('EARLIER', '1.0.0').replace('VERSION', '1.1.0'), site.folder, places)
    // What signing in and searching take loads now.
    await configuration.signIn()
    await configuration.chooseGroup('onboard', 'acme-corp/internal-tools/onboarding')

    const [back = ''] = instructions('Roll back', 'sh')
    run(back.replace('EARLIER', '1.0.0'), site.folder, places)
    expect(await scriptOf(site)).toBe(earlier)
    await context.close()

    // What stands in for GitLab's own command does what it says there.
    const tools = join(site.folder, 'tools')
    mkdirSync(tools)
    writeFileSync(
      join(tools, 'gitlab-ctl'),
      `#!/bin/sh\n[ "$*" = "hup nginx" ] && kill -HUP "$(cat ${site.folder}/nginx.pid)"\n`,
      {
        mode: 0o755,
      },
    )
    const [uninstall = ''] = instructions('Uninstall', 'sh')
    run(`PATH=${tools}:$PATH\n${uninstall}`, site.folder, places)
    const policy = async () =>
      (await site.get('/-/jira_connect/subscriptions')).headers.get('content-security-policy') ?? ''
    await expect.poll(policy, 'GitLab’s own page is back').not.toContain("default-src 'none'")
    expect(site.received.at(-1)?.request).toContain('/-/jira_connect/subscriptions')
    rmSync(dist, { recursive: true })
  })
})
