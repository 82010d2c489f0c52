import { writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright/test'
import { test as base, chromium, expect } from 'playwright/test'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import { watch } from '#e2e/fixtures.ts'
import type { Local, LocalOptions } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import type { RemoteEngine } from './start.ts'
import { emptyWindow, hasEngine, startEngine } from './start.ts'
import { START_PATIENCE_MS } from './webdriver.ts'

export type Engine = 'Chromium' | RemoteEngine

const LOCAL: LocalOptions = { mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 }, instance: 'gitlab' }

/** A window of a browser that was started for one worker. */
interface OpenWindow {
  readonly page: Page
  /** @returns what the browser did that it must not do, since the last call */
  complaints(): Promise<string[]>
  close(): Promise<void>
}

/** Opens a new window, with nothing of what was done before. */
type OpenWindowOf = (local: Local) => Promise<OpenWindow>

interface Fixtures {
  page: Page
  configuration: ConfigurationPage
  complaints: () => Promise<string[]>
  openWindow: OpenWindow
  /** The same on servers of its own, which withhold some of the page's files: no cache has these yet. */
  lossy: { readonly configuration: ConfigurationPage; readonly lost: { files?: RegExp } }
}

interface WorkerFixtures {
  engine: Engine
  local: Local
  startWindow: OpenWindowOf
}

/** Smoke journeys in the engine that `engine` names. They fail on what the browser complains of, too. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  engine: ['Chromium', { scope: 'worker', option: true }],

  local: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
    async ({}, use) => {
      const local = await startLocal(LOCAL)
      await use(local)
      await local.close()
    },
    { scope: 'worker' },
  ],

  startWindow: [
    async ({ engine, launchOptions }, use) => {
      if (engine === 'Chromium') {
        const browser = await chromium.launch(launchOptions)
        await use((local) => openInChromium(browser, local))
        await browser.close()
        return
      }
      const session = await startEngine(engine)
      await use(async () => ({
        // Has as much of it as the journeys need.
        page: (await emptyWindow(session)) as unknown as Page,
        complaints: () => session.complaints(),
        close: async () => undefined,
      }))
      await session.close()
    },
    { scope: 'worker', timeout: START_PATIENCE_MS + 60_000 },
  ],

  openWindow: async ({ startWindow, local }, use, testInfo) => {
    await local.reset()
    await useWindow(await startWindow(local), async (open) => {
      await use(open)
      if (testInfo.status === testInfo.expectedStatus) return
      await writeFile(testInfo.outputPath('window.png'), await open.page.screenshot())
    })
  },

  lossy: async ({ startWindow }, use) => {
    const lost: { files?: RegExp } = {}
    const local = await startLocal({ ...LOCAL, isLost: (path) => lost.files?.test(path) === true })
    await useWindow(await startWindow(local), ({ page }) =>
      use({ configuration: new ConfigurationPage(page, local), lost }),
    )
    await local.close()
  },

  page: async ({ openWindow }, use) => use(openWindow.page),

  complaints: async ({ openWindow }, use) => use(openWindow.complaints),

  configuration: async ({ page, local }, use) => use(new ConfigurationPage(page, local)),
})

/** Fails on what the browser complains of while the window is used. */
async function useWindow(open: OpenWindow, use: (open: OpenWindow) => Promise<void>): Promise<void> {
  await open.complaints()
  await use(open)
  const complaints = await open.complaints()
  await open.close()
  expect(complaints).toEqual([])
}

/** @returns why there can't be journeys in that engine; undefined where there can be */
export function whyNot(engine: Engine): string | undefined {
  return engine === 'Chromium' || hasEngine(engine)
    ? undefined
    : `There is no ${engine}: the tests say at their start how to get it.`
}

async function openInChromium(browser: Browser, local: Local): Promise<OpenWindow> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London' })
  const complaints = watch(context, local.jiraUrl, [local.appUrl, local.gitlabUrl])
  return {
    page: await context.newPage(),
    complaints: async () => complaints.splice(0),
    close: () => context.close(),
  }
}
