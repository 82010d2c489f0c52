import { existsSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import { takeScreenshot } from './screenshots/take-screenshot.ts'

test('a screenshot can be taken', async ({ browser, local }, testInfo) => {
  const path = testInfo.outputPath('nothing-found.png')
  const viewport = { width: 400, height: 900 }
  await takeScreenshot(browser, local, { state: 'nothing-found', theme: 'dark', viewport, path })
  expect(existsSync(path)).toBe(true)
})
