import { writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright/test'
import { test as base, chromium, expect } from 'playwright/test'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import { watch } from '#e2e/fixtures.ts'
import type { Local, LocalOptions } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import type { RemotePage } from './remote/remote-page.ts'
import type { RemoteEngine } from './remote/start.ts'
import { emptyWindow, hasEngine, startEngine } from './remote/start.ts'
import { START_PATIENCE_MS, WebDriverError } from './remote/webdriver.ts'
import { copyWatchedBuild, NOTES } from './watched-build.ts'

export type Engine = 'Chromium' | RemoteEngine

const LOCAL: LocalOptions = { mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 }, instance: 'gitlab' }

/** In what a journey plants, to see whether it's noticed. */
export const PLANTED = 'a planted'

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
  /** How its servers are set up. */
  localOptions: LocalOptions
  local: Local
  startWindow: OpenWindowOf
}

/** Smoke journeys in the engine that `engine` names. They fail on what the browser complains of, too. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  engine: ['Chromium', { scope: 'worker', option: true }],

  localOptions: [
    async ({ engine }, use) => {
      if (engine === 'Chromium') {
        await use(LOCAL)
        return
      }
      const { folder, remove } = await copyWatchedBuild()
      await use({ ...LOCAL, built: folder })
      await remove()
    },
    { scope: 'worker' },
  ],

  local: [
    async ({ localOptions }, use) => {
      const local = await startLocal(localOptions)
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
      await use(async () => {
        const page = await emptyWindow(session)
        return {
          // Has as much of it as the journeys need.
          page: page as unknown as Page,
          complaints: async () => [...(await session.complaints()), ...(await takeNotes(page))],
          close: async () => undefined,
        }
      })
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

  lossy: async ({ startWindow, localOptions }, use) => {
    const lost: { files?: RegExp } = {}
    const local = await startLocal({ ...localOptions, isLost: (path) => lost.files?.test(path) === true })
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
  // What is planted may be noticed twice, by the browser and by the page.
  expect(complaints.filter((complaint) => !complaint.includes(PLANTED))).toEqual([])
}

/** Takes what the page in the frame has noted; nothing where there is no frame. */
async function takeNotes(page: RemotePage): Promise<string[]> {
  const script = `const notes = sessionStorage.getItem('${NOTES}')
    sessionStorage.removeItem('${NOTES}')
    return JSON.parse(notes ?? '[]')`
  try {
    return (await page.frame.execute(script, [])) as string[]
  } catch (error) {
    if (error instanceof WebDriverError && error.code === 'no such frame') return []
    throw error
  }
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
