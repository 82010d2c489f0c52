import type { Browser } from 'playwright'
import type { Local } from '#server/local.ts'
import { buildBarePage } from './bare-page.ts'
import type { Figure, Part } from './figures.ts'
import { median } from './figures.ts'
import type { Conditions, Load } from './load.ts'
import { load } from './load.ts'
import { LATENCY_MS, withLocal, withWindow } from './world.ts'

const SLOW_NETWORK = { bytesPerSecond: 1_600_000 / 8, latencyMs: 150 }
const CONDITIONS: readonly {
  readonly name: string
  readonly conditions: Conditions
  /** How much longer than the floor the page may take; a bar for the instance that serves the page. */
  readonly atMost: number
}[] = [
  { name: 'this machine', conditions: {}, atMost: 1.3 },
  {
    name: 'slow (CPU 4 times slower, 1.6 Mbit/s, 150 ms)',
    conditions: { cpuSlowdown: 4, network: SLOW_NETWORK },
    atMost: 1.35,
  },
]
const HOSTS = [
  { instance: 'app', name: 'instance that serves the page' },
  { instance: 'gitlab', name: 'another instance' },
] as const
/** How much longer than the floor's the longest task may be. */
const LONGER_TASK_MS = 30

/** The loads of the page and of the floor under the same conditions. */
interface Loads {
  readonly page: Load[]
  readonly floor: Load[]
}

/**
 * What the administrator waits for until the linked groups show, beside a floor that is loaded in turn with it: a bare
 * page that asks for everything at its first moment.
 */
export function firstLoad(browser: Browser): Part {
  return {
    name: 'first-load',
    title: `First load, each response of GitLab after ${LATENCY_MS} ms`,
    usualRuns: 15,
    async measure(runs) {
      const built = await buildBarePage()
      const figures: Figure[] = []
      for (const { instance, name: host } of HOSTS) {
        await withLocal({ instance }, (page) =>
          withLocal({ instance, built }, async (floor) => {
            for (const { name, conditions, atMost } of CONDITIONS) {
              const loads = await loadInTurn(browser, { page, floor }, conditions, runs)
              figures.push(...figuresOf(`${host}, ${name}`, loads, instance === 'app' ? atMost : undefined))
            }
          }),
        )
      }
      return figures
    },
  }
}

async function loadInTurn(
  browser: Browser,
  { page, floor }: { page: Local; floor: Local },
  conditions: Conditions,
  runs: number,
): Promise<Loads> {
  const loads: Loads = { page: [], floor: [] }
  for (let run = 0; run < runs; run++) {
    loads.page.push(await withWindow(browser, page, (opened) => load(opened, conditions)))
    loads.floor.push(await withWindow(browser, floor, (opened) => load(opened, conditions)))
  }
  return loads
}

/** @param atMost the bar for the time; without one, none of the figures has a bar */
function figuresOf(where: string, { page, floor }: Loads, atMost: number | undefined): Figure[] {
  const bar = (value: number) => (atMost === undefined ? {} : { atMost: value })
  const values = (loads: readonly Load[], name: keyof Load) => loads.map((one) => one[name])
  const middle = (loads: readonly Load[], name: keyof Load) => median(values(loads, name))
  const shown = middle(page, 'shownMs')
  return [
    { name: `${where}: first group`, unit: 'ms', runs: values(page, 'shownMs') },
    { name: '  of the floor', unit: 'ms', runs: values(floor, 'shownMs') },
    { name: '  ratio', unit: 'ratio', runs: [shown / middle(floor, 'shownMs')], ...bar(atMost ?? 0) },
    { name: '  first text', unit: 'ms', runs: values(page, 'firstTextMs') },
    {
      name: '  first text to first group',
      unit: 'ratio',
      runs: [middle(page, 'firstTextMs') / shown],
      ...bar(0.5),
    },
    { name: '  longest task', unit: 'ms', runs: values(page, 'longestTaskMs') },
    { name: '  of the floor', unit: 'ms', runs: values(floor, 'longestTaskMs') },
    {
      name: '  longer than the floor’s',
      unit: 'ms',
      runs: [middle(page, 'longestTaskMs') - middle(floor, 'longestTaskMs')],
      ...bar(LONGER_TASK_MS),
    },
    { name: '  requests until the list', unit: 'count', runs: values(page, 'requests'), ...bar(9) },
    { name: '  of the floor', unit: 'count', runs: values(floor, 'requests') },
    { name: '  own files (brotli)', unit: 'bytes', runs: values(page, 'bytes'), ...bar(100_000) },
    { name: '  of the floor', unit: 'bytes', runs: values(floor, 'bytes') },
    { name: '  layout shift', unit: 'ratio', runs: values(page, 'layoutShift'), ...bar(0) },
  ]
}
