import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MOST_LINES = 300
const MOST_MODULES = 12

const isModule = (path: string) => /\.(tsx?|cjs)$/.test(path) && !/\.(test|spec)\.tsx?$|\.d\.ts$/.test(path)

const modules = ['src', 'mocks', 'server', 'e2e'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter(isModule),
)

/** @returns the folders with more modules than a reader takes in at a glance, each with their number */
function tooFull(paths: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > MOST_MODULES)
    .map(([folder, count]) => `${folder}: ${count}`)
}

test('no folder of src, mocks, server, or e2e holds more than 12 modules, tests and styles apart', () => {
  expect(modules.length).toBeGreaterThan(200)
  expect(tooFull(modules)).toEqual([])
})

test('a folder with 13 modules is noticed', () => {
  const paths = Array.from({ length: 13 }, (_none, index) => `src/pages/parts/part-${index}.ts`)
  expect(tooFull(paths)).toEqual(['src/pages/parts: 13'])
})

test('no module of src or server has more than 300 lines, texts apart', () => {
  const long = modules
    .filter((path) => /^(src|server)\//.test(path) && !path.startsWith('src/texts/'))
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES)
  expect(long).toEqual([])
})
