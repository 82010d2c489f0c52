import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { findBrowser } from '#e2e/setup/find-browser.ts'
import { choosing } from './choosing.ts'
import type { Figure } from './figures.ts'
import { isHeld, median, tableOf } from './figures.ts'
import { firstLoad } from './first-load.ts'
import { linkedGroups } from './linked-groups.ts'
import { linking } from './linking.ts'

/*
 * Measures the built page in a real browser, in the stand-in for Jira, against the mock of a GitLab. Run by
 * `npm run bench`; with names of parts, only of these. `--json` prints the same as JSON, `--runs` says how often
 * each figure is taken.
 */

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string' } },
})

const browser = await chromium.launch({ executablePath: findBrowser() ?? '' })
try {
  const parts = [firstLoad, choosing, linking, linkedGroups].map((part) => part(browser))
  const unknown = wanted.filter((name) => parts.every((part) => part.name !== name))
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown[0]}. Parts: ${parts.map(({ name }) => name).join(', ')}.`)
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
    browser: `Chromium ${browser.version()}`,
    node: process.version,
    date: new Date().toISOString(),
  }
  if (!values.json) for (const [name, value] of Object.entries(machine)) console.log(`${name}: ${value}`)

  const results: { part: string; figures: object[] }[] = []
  for (const part of parts) {
    if (wanted.length > 0 && !wanted.includes(part.name)) continue
    const figures = await part.measure(Number(values.runs ?? part.usualRuns ?? 5))
    results.push({ part: part.name, figures: figures.map(asJson) })
    if (!values.json) console.log(`\n${part.title}\n${tableOf(figures)}`)
  }
  if (values.json) console.log(JSON.stringify({ machine, results }, null, 2))
} finally {
  await browser.close()
}

function asJson(figure: Figure): object {
  return { ...figure, median: median(figure.runs), held: isHeld(figure) }
}
