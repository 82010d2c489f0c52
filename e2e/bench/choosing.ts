import type { Browser } from 'playwright'
import type { Figure, Part } from './figures.ts'
import { median } from './figures.ts'
import type { Opened } from './world.ts'
import { appFrame, LATENCY_MS, sizeOf, withLocal, withWindow } from './world.ts'

const SIZES = [100, 12_000, 100_000]
/** Each finds groups at every size. */
const SEARCHES = ['backend', 'mobile', 'security', 'identity', 'tooling']
/** Where the list is scrolled to: its second page is loaded then, and rows are rendered above and below the visible ones. */
const SCROLLED_ROWS = 40
const KNOWN_ROWS_THEN = 80
const ROW_PIXELS = 52
const MOST_MS_TO_ROWS = 60
/** What counts as the same size of the page. */
const FLAT = 1.1

/** Searching and choosing among few and many groups. */
export function choosing(browser: Browser): Part {
  return {
    name: 'choosing',
    title: `Choosing among many groups, each response of GitLab after ${LATENCY_MS} ms`,
    async measure(runs) {
      const figures: Figure[] = []
      const few = { elements: 0, heapBytes: 0 }
      for (const groups of SIZES) {
        const measured = await withLocal({ groups }, async (local) => {
          const all: Measured[] = []
          for (let run = 0; run < runs; run++) all.push(await withWindow(browser, local, measureWindow))
          return all
        })
        const among = `among ${groups.toLocaleString('en')}`
        const searches = measured.flatMap((one) => one.searches)
        const elements = measured.map((one) => one.elements)
        const heaps = measured.map((one) => one.heapBytes)
        figures.push(
          {
            name: `${among}: response to rows`,
            unit: 'ms',
            runs: searches.map(({ responseToRowsMs }) => responseToRowsMs),
            atMost: MOST_MS_TO_ROWS,
          },
          {
            name: `${among}: key press to rows, without GitLab’s time`,
            unit: 'ms',
            runs: searches.map(({ ownMs }) => ownMs),
          },
          { name: `${among}: elements`, unit: 'count', runs: elements, ...flat(few.elements) },
          { name: `${among}: heap`, unit: 'bytes', runs: heaps, ...flat(few.heapBytes) },
        )
        few.elements ||= median(elements)
        few.heapBytes ||= median(heaps)
      }
      return figures
    },
  }
}

interface Measured {
  readonly heapBytes: number
  readonly elements: number
  readonly searches: readonly Search[]
}

interface Search {
  /** From the arrival of GitLab's response until its rows are painted. */
  readonly responseToRowsMs: number
  /** From the last key until the rows are painted, less the time between request and response. */
  readonly ownMs: number
}

async function measureWindow(opened: Opened): Promise<Measured> {
  const { configuration, local } = opened
  local.gitlab.settings.latencyMs = 0
  await configuration.open()
  await configuration.signIn()
  local.gitlab.settings.latencyMs = LATENCY_MS
  await configuration.groupSearch.click()
  await configuration.options.first().waitFor()
  await appFrame(opened).waitForFunction(
    ([top, height]) => {
      const list = document.querySelector('[role="listbox"]')
      // Another list starts at its top.
      if (list && list.scrollTop !== top) list.scrollTop = top
      return list && list.scrollTop === top && list.scrollHeight > height
    },
    [SCROLLED_ROWS * ROW_PIXELS, KNOWN_ROWS_THEN * ROW_PIXELS] as const,
  )
  const size = await sizeOf(opened)
  const searches: Search[] = []
  for (const word of SEARCHES) searches.push(await search(opened, word))
  return { ...size, searches }
}

/** Types a word and waits for the groups that it finds. Everything is taken by the frame's own clock. */
async function search(opened: Opened, word: string): Promise<Search> {
  const { configuration, page } = opened
  const frame = appFrame(opened)
  await configuration.groupSearch.fill('')
  await configuration.menu.evaluate((list) => list.scrollTo(0, 0))
  await configuration.option('acme').waitFor()
  const measuring = await frame.evaluateHandle((text) => {
    const isResponse = ({ name }: PerformanceEntry) =>
      name.includes('/api/v4/groups?') && new URL(name).searchParams.get('search') === text
    performance.clearResourceTimings()
    let pressedAt = 0
    const press = (event: KeyboardEvent) => {
      pressedAt = event.timeStamp
    }
    addEventListener('keydown', press, { capture: true })
    const result = new Promise<Search>((resolve) => {
      function look(): void {
        const response = performance.getEntriesByType('resource').find(isResponse)
        const first = document.querySelector('[role="option"]')?.textContent ?? ''
        if (!response || !first.toLowerCase().includes(text)) {
          requestAnimationFrame(look)
          return
        }
        const { startTime, responseEnd } = response as PerformanceResourceTiming
        // Once the frame is drawn.
        setTimeout(() => {
          removeEventListener('keydown', press, { capture: true })
          const shownAt = performance.now()
          resolve({
            responseToRowsMs: shownAt - responseEnd,
            ownMs: shownAt - pressedAt - (responseEnd - startTime),
          })
        })
      }
      requestAnimationFrame(look)
    })
    return { result }
  }, word)
  await page.keyboard.insertText(word.slice(0, -1))
  await page.keyboard.press(word.slice(-1))
  return measuring.evaluate(({ result }) => result)
}

/** @returns the bar of what must be as small with many groups as with few; none for the few themselves */
function flat(few: number): { atMost?: number } {
  return few === 0 ? {} : { atMost: few * FLAT }
}
