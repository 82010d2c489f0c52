import type { Browser } from 'playwright'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import type { Local } from '#server/local.ts'
import type { StateName } from './states.ts'
import { states } from './states.ts'

export interface ScreenshotOptions {
  readonly state: StateName
  readonly theme: 'light' | 'dark'
  readonly viewport: { readonly width: number; readonly height: number }
  /** The file to write. */
  readonly path: string
}

/** Takes a picture of the whole page in one state, from a fresh installation. */
export async function takeScreenshot(
  browser: Browser,
  local: Local,
  { state, theme, viewport, path }: ScreenshotOptions,
): Promise<void> {
  await local.reset()
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    const configuration = new ConfigurationPage(page, local)
    await states[state]({ page, local, configuration, query: `theme=${theme}` })
    const isInJira = state !== 'outside-jira'
    if (isInJira) await configuration.waitForFrameToFit()
    // A frame of another site is not drawn where it reaches out of the window: the window grows instead.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) })
    if (isInJira) {
      // Pictures of groups are read once they are in view.
      await configuration.frame
        .locator('body')
        .evaluate(() =>
          Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))),
        )
      await configuration.frame.locator('.ac-content').click({ position: { x: 1, y: 1 }, trial: true })
    }
    await page.screenshot({ path })
  } finally {
    await context.close()
  }
}
