import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { findBrowser } from '#e2e/setup/find-browser.ts'
import { fontEnvironment } from '#e2e/setup/interface-font.ts'
import { startLocal } from '#server/local.ts'
import type { StateName } from './states.ts'
import { states } from './states.ts'
import type { ScreenshotOptions } from './take-screenshot.ts'
import { takeScreenshot } from './take-screenshot.ts'

/*
 * Takes pictures of the built page: those that README and docs/ show into docs/, and every state in light and dark, wide
 * and narrow, into test-results/screenshots/. Run by `npm run screenshots`; with names of states, only these; with
 * `readme`, only the pictures in docs/.
 */

/** The pictures that README and docs/ show. */
const inDocs: Record<string, Pick<ScreenshotOptions, 'state' | 'theme'>> = {
  'linked-groups': { state: 'linked', theme: 'light' },
  'choosing-dark': { state: 'choosing-many', theme: 'dark' },
  'linking-many': { state: 'linking-many-failed', theme: 'light' },
  failure: { state: 'linking-failed', theme: 'light' },
  'choosing-instance': { state: 'set-up-guide', theme: 'light' },
  'connection-check': { state: 'connection-check-failed', theme: 'light' },
  empty: { state: 'empty', theme: 'light' },
  unlinking: { state: 'unlinking', theme: 'dark' },
  'linked-many': { state: 'linked-many', theme: 'light' },
  'changing-instance': { state: 'changing-instance-keeps-links', theme: 'light' },
}

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const everything = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url))
const wide = { width: 1120, height: 760 }
const narrow = { width: 400, height: 900 }
const isState = (name: string): name is StateName => name in states
const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => name !== 'readme' && !isState(name))
if (unknown !== undefined)
  throw new Error(`There is no state ${unknown}. States: ${Object.keys(states).join(', ')}.`)

const local = await startLocal({ mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 }, instance: 'gitlab' })
const browser = await chromium.launch({ executablePath: findBrowser() ?? '', env: fontEnvironment() })
try {
  await mkdir(docs, { recursive: true })
  await mkdir(everything, { recursive: true })
  if (wanted.length === 0 || wanted.includes('readme'))
    for (const [name, shown] of Object.entries(inDocs))
      await take({ ...shown, viewport: wide, path: join(docs, `${name}.png`) })
  for (const state of wanted.length ? wanted : Object.keys(states))
    for (const theme of ['light', 'dark'] as const)
      for (const [width, viewport] of Object.entries({ wide, narrow }))
        if (isState(state))
          await take({ state, theme, viewport, path: join(everything, `${state}-${theme}-${width}.png`) })
} finally {
  await browser.close()
  await local.close()
}

async function take(options: ScreenshotOptions): Promise<void> {
  await takeScreenshot(browser, local, options)
  console.log(options.path)
}
