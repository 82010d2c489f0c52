import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from './fixtures.ts'

/** What an administrator waits for in the frame, brotli-compressed. Atlassian's own script comes on top. */
const LIMIT_BYTES = 100_000

/** In a language other than English, whose first words are a file of their own. */
const OTHER_LANGUAGES_LIMIT_BYTES = 103_000

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

  const words = built(/^words-.*-page-.*\.js$/).map((file) => brotliCompressSync(file).length)
  expect(words.length).toBeGreaterThan(6)
  expect(total + Math.max(...words)).toBeLessThanOrEqual(OTHER_LANGUAGES_LIMIT_BYTES)
})

const ASSETS = new URL('../dist/assets/', import.meta.url)

/** @returns the contents of the built files whose names begin and end like this */
function built(names: RegExp): string[] {
  const found = readdirSync(ASSETS).filter((name) => names.test(name))
  return found.map((name) => readFileSync(new URL(name, ASSETS), 'utf8'))
}

test('the callback page loads none of the page’s code', () => {
  const scripts = built(/^callback-.*\.js$/)
  expect(scripts).toHaveLength(1)
  expect(scripts.join()).not.toMatch(/\bimport\b/)
})

test('no design token that the first load mentions comes only with a later part', () => {
  const [sheet = ''] = built(/^index-.*\.css$/)
  const [late = ''] = built(/^late-theme-.*\.css$/)
  const declaredIn = (css: string) => new Set([...css.matchAll(/(--ds-[\w-]+):/g)].map(([, name]) => name))
  const first = declaredIn(sheet)
  const onlyLate = [...declaredIn(late)].filter((name) => !first.has(name))
  const mentioned = [...built(/^(index|early)-.*\.js$/), sheet].join('\n')
  const names = new Set([...mentioned.matchAll(/var\((--ds-[\w-]+)/g)].map(([, name]) => name))
  expect(onlyLate.length).toBeGreaterThan(100)
  expect(onlyLate.filter((name) => names.has(name))).toEqual([])
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
  const later =
    /\/assets\/(failure-panel|credentials|link-groups|start-run|connection-check|words-en-later)-[^/]+\.js$/
  await expect.poll(() => new Set(requests.filter((path) => later.test(path))).size).toBe(6)
  expect(new Set(requests.filter((path) => /\/assets\/.*\.js$/.test(path))).size).toBe(9)
})
