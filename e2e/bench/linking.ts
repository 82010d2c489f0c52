import type { Browser, Frame } from 'playwright'
import { words } from '#e2e/configuration-page.ts'
import type { Figure, Part } from './figures.ts'
import type { Opened } from './world.ts'
import { addGroups, appFrame, LATENCY_MS, withLocal, withWindow } from './world.ts'

const GROUPS = 100
/** The page's default: `concurrency` in src/deployment/deployment.ts, which only src may import. */
const CONCURRENCY = 4
const BOUND_MS = Math.ceil(GROUPS / CONCURRENCY) * LATENCY_MS
const MOST_TIMES_THE_BOUND = 1.25

/** Linking many groups by one click. */
export function linking(browser: Browser): Part {
  return {
    name: 'linking',
    title: `Linking ${GROUPS} groups, ${CONCURRENCY} at once, each response of GitLab after ${LATENCY_MS} ms: the bound is ${BOUND_MS} ms`,
    measure: (runs) =>
      withLocal({}, async (local) => {
        const measured: { ms: number; requests: readonly string[] }[] = []
        for (let run = 0; run < runs; run++) {
          await local.reset()
          measured.push(await withWindow(browser, local, linkAll))
        }
        const count = (method: string): Figure => ({
          name: `requests sent: ${method}`,
          unit: 'count',
          runs: measured.map(({ requests }) => requests.filter((one) => one === method).length),
        })
        return [
          {
            name: 'from the click to the end',
            unit: 'ms',
            runs: measured.map(({ ms }) => ms),
            atMost: MOST_TIMES_THE_BOUND * BOUND_MS,
          },
          count('POST'),
          count('OPTIONS'),
          count('GET'),
        ]
      }),
  }
}

async function linkAll(opened: Opened): Promise<{ ms: number; requests: readonly string[] }> {
  const { configuration, local } = opened
  addGroups(local.gitlab.store, 'bench', GROUPS)
  await configuration.open()
  await configuration.signIn()
  await configuration.chooseAll('bench')
  await configuration.linkButton.scrollIntoViewIfNeeded()
  local.gitlab.settings.latencyMs = LATENCY_MS
  // What the mock asks Jira for each group would take time besides.
  local.gitlab.settings.jiraUserCheck = 'admin'
  const { requests } = local.gitlab
  const before = requests.length
  const ms = await timeToHeading(appFrame(opened), words.linked(GROUPS), () =>
    configuration.linkButton.click(),
  )
  return { ms, requests: requests.slice(before).map(({ method }) => method) }
}

/** @returns milliseconds from the click in the frame until a heading is painted, by the frame's own clock */
export async function timeToHeading(
  frame: Frame,
  heading: string,
  click: () => Promise<void>,
): Promise<number> {
  const measuring = await frame.evaluateHandle((text) => {
    let clickedAt = 0
    addEventListener(
      'click',
      (event) => {
        clickedAt = event.timeStamp
      },
      { capture: true, once: true },
    )
    return {
      result: new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (![...document.querySelectorAll('h2')].some(({ textContent }) => textContent === text)) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clickedAt)))
        })
        observer.observe(document, { childList: true, subtree: true, characterData: true })
      }),
    }
  }, heading)
  await click()
  return measuring.evaluate(({ result }) => result)
}
