import { readdirSync, readFileSync } from 'node:fs'
import { aboveFloor } from './above-floor.ts'
import { ASKED_FOR_FIRST, OF_LIBRARIES } from './allowed.ts'
import { knownNames } from './browser-data.ts'
import { floorInWords, mdnFloor } from './floor.ts'

/*
 * Fails if the built scripts need more than the oldest browsers that the page supports have. Biome does the same for style
 * sheets: see `lint:built` in package.json.
 */

const ASSETS = new URL('../../dist/assets/', import.meta.url)

const files = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
const scripts = new Map(files.map((name) => [name, readFileSync(new URL(name, ASSETS), 'utf8')]))
const found = aboveFloor(scripts, knownNames(mdnFloor()))
const allowed = new Set([...ASKED_FOR_FIRST, ...OF_LIBRARIES])
const problems = [
  ...found
    .filter(({ name }) => !allowed.has(name))
    .map(({ name, file, excerpt }) => `${name} in ${file}: ${excerpt}`),
  ...[...allowed]
    .filter((name) => !found.some((one) => one.name === name))
    .map((name) => `${name} is allowed in server/browsers/allowed.ts, but nothing uses it`),
]
if (files.length === 0) problems.push('dist/assets has no scripts: run npm run build first')
if (problems.length > 0) {
  console.error(`Not in all of ${floorInWords()}:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}
