import type { Browser } from 'playwright'
import { words } from '#e2e/configuration-page.ts'
import type { Figure, Part } from './figures.ts'
import { median } from './figures.ts'
import { timeToHeading } from './linking.ts'
import { load } from './load.ts'
import type { Opened } from './world.ts'
import { addGroups, appFrame, askToUnlink, LATENCY_MS, sizeOf, withLocal, withWindow } from './world.ts'

const LINKED = 1000
const UNLINKED = 100
/** Linked in every world. */
const USUAL = 3
const PIXELS_PER_SECOND = 8000
const LONGEST_FRAME_MS = 50
/** Enough to get to the end. */
const MOST_GESTURES = 5

/** A long list of linked groups: showing it, scrolling through it, and unlinking many of it. */
export function linkedGroups(browser: Browser): Part {
  return {
    name: 'linked-groups',
    title: `${LINKED} linked groups, each response of GitLab after ${LATENCY_MS} ms`,
    measure: (runs) =>
      withLocal({ linked: LINKED - UNLINKED - USUAL }, async (local) => {
        const measured: Measured[] = []
        for (let run = 0; run < runs; run++) {
          await local.reset()
          for (const path of addGroups(local.gitlab.store, 'bench', UNLINKED))
            local.gitlab.store.linkGroup(path)
          measured.push(await withWindow(browser, local, measureWindow))
        }
        const figure = (
          name: string,
          unit: Figure['unit'],
          of: (one: Measured) => number,
          atMost?: number,
        ): Figure => ({ name, unit, runs: measured.map(of), ...(atMost !== undefined && { atMost }) })
        return [
          figure('the first of them show', 'ms', ({ shownMs }) => shownMs),
          figure('scrolling: usual frame', 'ms', ({ frames }) => median(frames)),
          figure('scrolling: longest frame', 'ms', ({ frames }) => Math.max(...frames), LONGEST_FRAME_MS),
          figure(
            'scrolling: longest work of the page for one frame',
            'ms',
            ({ longestWorkMs }) => longestWorkMs,
          ),
          figure(
            'scrolling: frames longer than that',
            'count',
            ({ frames }) => frames.filter((ms) => ms > LONGEST_FRAME_MS).length,
          ),
          figure('elements once all is scrolled through', 'count', ({ elements }) => elements),
          figure('heap then', 'bytes', ({ heapBytes }) => heapBytes),
          figure(`unlinking ${UNLINKED}`, 'ms', ({ unlinkingMs }) => unlinkingMs),
        ]
      }),
  }
}

interface Measured {
  readonly shownMs: number
  /** Milliseconds from one frame to the next. */
  readonly frames: readonly number[]
  /** Of the frames for which the page itself needed more than 50 ms; 0 where there is none. */
  readonly longestWorkMs: number
  readonly heapBytes: number
  readonly elements: number
  readonly unlinkingMs: number
}

async function measureWindow(opened: Opened): Promise<Measured> {
  const { configuration } = opened
  const { shownMs } = await load(opened)
  await configuration.waitForFrameToFit()
  const scrolling = await scrollThrough(opened)
  const size = await sizeOf(opened)
  await askToUnlink(opened, 'bench')
  const unlinkingMs = await timeToHeading(appFrame(opened), words.unlinked(UNLINKED), () =>
    configuration.confirmButton.click(),
  )
  return { shownMs, ...scrolling, ...size, unlinkingMs }
}

/** Scrolls Jira’s page from top to bottom. @returns how the frame with the page keeps up with it */
async function scrollThrough(opened: Opened): Promise<Pick<Measured, 'frames' | 'longestWorkMs'>> {
  const { page } = opened
  const frame = appFrame(opened)
  const recording = await frame.evaluateHandle(() => {
    const frames: number[] = []
    const state = { frames, longestWorkMs: 0, isOver: false }
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        state.longestWorkMs = Math.max(state.longestWorkMs, duration)
    }).observe({ type: 'long-animation-frame' })
    let last = 0
    function note(now: number): void {
      if (last > 0) frames.push(now - last)
      last = now
      if (!state.isOver) requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
    return state
  })
  const session = await page.context().newCDPSession(page)
  const scroll = (pixels: number) =>
    session.send('Input.synthesizeScrollGesture', {
      x: 600,
      y: 500,
      yDistance: -pixels,
      speed: PIXELS_PER_SECOND,
      gestureSourceType: 'mouse',
    })
  const left = () =>
    page.evaluate(() => document.documentElement.scrollHeight - innerHeight - Math.ceil(scrollY))
  // The browser loses a whole gesture now and then, most often the first.
  for (let gesture = 0; (await left()) > 0; gesture++) {
    if (gesture === MOST_GESTURES) throw new Error('The end of the list is not reached by scrolling.')
    await scroll(gesture === 0 ? 200 : await left())
  }
  await session.detach()
  return recording.evaluate((state) => {
    state.isOver = true
    return { frames: state.frames, longestWorkMs: state.longestWorkMs }
  })
}
