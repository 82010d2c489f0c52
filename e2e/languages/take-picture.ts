import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import type { ConfigurationPage } from '#e2e/configuration-page.ts'

/** Where pictures go, for a person to look at; without it, none are taken. */
const FOLDER = process.env.PICTURES

/** Takes a picture of Jira's frame, if `PICTURES` names a folder. */
export async function takePicture(page: Page, configuration: ConfigurationPage, name: string): Promise<void> {
  if (FOLDER === undefined) return
  await mkdir(FOLDER, { recursive: true })
  const viewport = page.viewportSize() ?? { width: 0, height: 0 }
  await configuration.waitForFrameToFit()
  // A frame of another site is not drawn where it reaches out of the window: the window grows instead.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) })
  // A click must find its place there: then the frame is drawn.
  await configuration.frame.locator('.ac-content').click({ position: { x: 1, y: 1 }, trial: true })
  await page.locator('iframe').screenshot({ path: join(FOLDER, `${name}.png`) })
  await page.setViewportSize(viewport)
}
