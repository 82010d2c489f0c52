import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { chromium } from 'playwright'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { states } from '#e2e/screenshots/states.ts'
import { findBrowser } from '#e2e/setup/find-browser.ts'
import { startLocal } from '#server/local.ts'
import { emptyWindow, hasEngine, remoteEngines, startEngine } from './remote/start.ts'

/*
 * Takes pictures of eight states in each engine, in light and dark, into .cache/engines/, to compare them by eye.
 * Run by `npm run screenshots:engines`; with names of states, only these.
 */

const eight: readonly StateName[] = [
  'list',
  'choosing-many',
  'linked',
  'linking-many-failed',
  'linking-failed',
  'unlinking',
  'set-up-guide',
  'connection-check-failed',
]
const folder = fileURLToPath(new URL('../../.cache/engines/', import.meta.url))
const size = { width: 1280, height: 1500 }
const wanted = process.argv.length > 2 ? (process.argv.slice(2) as StateName[]) : eight

const local = await startLocal({ mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 }, instance: 'gitlab' })
try {
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: findBrowser() ?? '' })
  await takeAll('chromium', () => browser.newPage({ viewport: size }))
  await browser.close()
  for (const engine of remoteEngines.filter(hasEngine)) {
    const session = await startEngine(engine)
    await takeAll(engine.toLowerCase(), async () => {
      // Has as much of it as the states need.
      return (await emptyWindow(session)) as unknown as Page
    })
    await session.close()
  }
} finally {
  await local.close()
}

async function takeAll(engine: string, openPage: () => Promise<Page>): Promise<void> {
  for (const state of wanted)
    for (const theme of ['light', 'dark']) {
      await local.reset()
      const page = await openPage()
      const configuration = new ConfigurationPage(page, local)
      await states[state]({ page, local, configuration, query: `theme=${theme}` })
      await configuration.waitForFrameToFit()
      // For fades, pictures of groups that fail to load, and WebKit, which draws a frame that has grown a moment later.
      await pause(500)
      const path = join(folder, `${state}-${theme}-${engine}.png`)
      await writeFile(path, await page.screenshot())
      console.log(path)
    }
}
