import { readFileSync } from 'node:fs'
import type { BrowserName } from '@mdn/browser-compat-data'
import { expect, test } from 'vitest'
import { readBrowserData } from './browser-data.ts'
import { buildTarget, floorInWords, mdnFloor } from './floor.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const YEAR_MS = 365.25 * 24 * 60 * 60 * 1_000

test('the oldest browsers that the page supports are at least two years old', () => {
  const { browsers } = readBrowserData()
  const ages = [...mdnFloor()].map(([browser, version]) => {
    const { release_date } = browsers[browser as BrowserName].releases[version] ?? {}
    return (Date.now() - Date.parse(release_date ?? '')) / YEAR_MS
  })
  expect(ages.length).toBeGreaterThan(3)
  expect(Math.min(...ages)).toBeGreaterThan(2)
})

test('the page is built for exactly these browsers', () => {
  expect(buildTarget()).toEqual(['chrome120', 'edge120', 'firefox125', 'safari17.4', 'ios17.4'])
  expect(read('vite.config.ts')).toContain('target: buildTarget(),')
})

test('the documents and the page name the oldest browsers that it supports', () => {
  const paths = ['README.md', 'docs/administrators.md', 'docs/decisions.md', 'src/texts/messages/en.json']
  const silent = paths.filter((path) => !read(path).replaceAll(/\s+/g, ' ').includes(floorInWords()))
  expect(silent).toEqual([])
})
