import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from './fixtures.ts'

/** What an administrator waits for in the frame, brotli-compressed. Atlassian's own script comes on top. */
const LIMIT_BYTES = 100_000

test('the first load, up to the first linked group, stays within its limit', async ({
  configuration,
  page,
}) => {
  // The browser itself records when the first group is shown, and what it has requested by then.
  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('li')) return
      observer.disconnect()
      document.documentElement.dataset.firstGroupAt = String(performance.now())
    }).observe(document, { childList: true, subtree: true })
  })
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()

  const urls = await configuration.frame.locator('html').evaluate((html) => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const before = entries.filter(({ startTime }) => startTime <= Number(html.dataset.firstGroupAt))
    return before.filter(({ name }) => /\.(js|css)$/.test(name)).map(({ name }) => name)
  })
  const own = urls.filter((url) => !url.includes('/atlassian-connect/'))
  const files = await Promise.all(
    own.map(async (url) => {
      const content = await configuration.frame
        .locator('html')
        .evaluate(async (_html, file) => (await fetch(file)).text(), url)
      return { file: url.split('/').at(-1), bytes: brotliCompressSync(content).length }
    }),
  )
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`first load: ${total} of ${LIMIT_BYTES} bytes (brotli)`, JSON.stringify(files))
  expect(files.map(({ file }) => file)).toContainEqual(expect.stringMatching(/^index-.*\.js$/))
  expect(files.map(({ file }) => file)).toContainEqual(expect.stringMatching(/^index-.*\.css$/))
  expect(total).toBeLessThanOrEqual(LIMIT_BYTES)
})

test('the callback page loads none of the page’s code', () => {
  const assets = new URL('../dist/assets/', import.meta.url)
  const [script = '', ...others] = readdirSync(assets).filter((name) => /^callback-.*\.js$/.test(name))
  expect(others).toEqual([])
  expect(readFileSync(new URL(script, assets), 'utf8')).not.toMatch(/\bimport\b/)
})

test('the page opens with at most nine requests, and its later parts are few files', async ({
  configuration,
  page,
}) => {
  const requests: string[] = []
  page.on('request', (request) => {
    if (request.frame() !== page.mainFrame()) requests.push(new URL(request.url()).pathname)
  })
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  const shown = await configuration.frame.locator('html').evaluate(() => {
    const at = performance.getEntriesByType('resource').map(({ name, startTime }) => ({ name, startTime }))
    const avatar = at.find(({ name }) => name.endsWith('.png'))
    return at.filter(({ startTime }) => startTime < (avatar?.startTime ?? Number.POSITIVE_INFINITY)).length
  })
  // The document comes on top.
  expect(shown + 1).toBeLessThanOrEqual(9)
  const later = /\/assets\/(failure-panel|credentials|link-groups|start-run|connection-check)-[^/]+\.js$/
  await expect.poll(() => new Set(requests.filter((path) => later.test(path))).size).toBe(5)
  expect(new Set(requests.filter((path) => /\/assets\/.*\.js$/.test(path))).size).toBe(8)
})
