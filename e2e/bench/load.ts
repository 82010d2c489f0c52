import type { CDPSession } from 'playwright'
import type { Opened } from './world.ts'
import { appFrame, LATENCY_MS } from './world.ts'

/** How much slower than this machine and its network the browser is made. */
export interface Conditions {
  readonly cpuSlowdown?: number
  readonly network?: { readonly bytesPerSecond: number; readonly latencyMs: number }
}

/** One first load. All times are from the moment at which the frame begins to load. */
export interface Load {
  /** Until the first linked group is painted. */
  readonly shownMs: number
  /** Until the first text is painted. */
  readonly firstTextMs: number
  /** Of the frame, until the list is there; the document and Atlassian's included. */
  readonly requests: number
  /** Of the page's own scripts and style sheets until then, without Atlassian's. */
  readonly bytes: number
  /** Until then; 0 if no task took 50 ms. */
  readonly longestTaskMs: number
  /** Also of what comes after the list. */
  readonly layoutShift: number
}

/** Opens Jira with nothing cached, under conditions that hold from the frame's first request on. */
export async function load(opened: Opened, conditions: Conditions = {}): Promise<Load> {
  const { page, local, configuration } = opened
  local.gitlab.settings.latencyMs = LATENCY_MS
  local.app.settings.latencyMs = LATENCY_MS
  await page.addInitScript(watchLoad)
  const session = await page.context().newCDPSession(page)
  await emulateInFrames(session, conditions)
  // Asking the frame itself would have Playwright run a script of 330 kB in it, in the middle of its load.
  const settled = page.waitForEvent('console', (message) => message.text() === 'settled')
  await configuration.open()
  await settled
  return appFrame(opened).evaluate(() => {
    const { listedAt, shownAt, layoutShift, longestTask } = document.documentElement.dataset
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const before = entries.filter(({ startTime }) => startTime <= Number(listedAt))
    const own = before.filter(({ name }) => /\/assets\/.*\.(js|css)$/.test(name))
    return {
      shownMs: Number(shownAt),
      firstTextMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      // The document comes on top.
      requests: before.length + 1,
      bytes: own.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      longestTaskMs: Number(longestTask),
      layoutShift: Number(layoutShift),
    }
  })
}

/** Runs in the frame before anything else does, and leaves on <html> what the browser alone knows. */
function watchLoad(): void {
  const tasks: PerformanceEntry[] = []
  const shifts: PerformanceEntry[] = []
  const keep = (type: string, entries: PerformanceEntry[]) => {
    const observer = new PerformanceObserver((list) => void entries.push(...list.getEntries()))
    observer.observe({ type, buffered: true })
    return () => void entries.push(...observer.takeRecords())
  }
  const takeTasks = keep('longtask', tasks)
  const takeShifts = keep('layout-shift', shifts)
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('li[aria-posinset]')) return
    observer.disconnect()
    const listedAt = performance.now()
    // Once the frame is drawn.
    requestAnimationFrame(() => setTimeout(() => settleAfter(listedAt, performance.now())))
  }).observe(document, { childList: true, subtree: true })

  function settleAfter(listedAt: number, shownAt: number): void {
    if (document.readyState === 'complete') settle(listedAt, shownAt)
    else addEventListener('load', () => settle(listedAt, shownAt))
  }

  function settle(listedAt: number, shownAt: number): void {
    // What comes after the list, such as Jira's theme, must not move it.
    setTimeout(() => {
      const { dataset } = document.documentElement
      takeTasks()
      takeShifts()
      const until = tasks.filter(({ startTime }) => startTime <= listedAt)
      dataset.listedAt = String(listedAt)
      dataset.shownAt = String(shownAt)
      dataset.longestTask = String(Math.max(0, ...until.map(({ duration }) => duration)))
      // Before the style sheet is there, the browser lays out what it doesn't paint yet.
      const paintedAt = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
      const seen = shifts.filter(({ startTime }) => startTime >= paintedAt)
      dataset.layoutShift = String(
        seen.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
      )
      console.log('settled')
    }, 1_000)
  }
}

/**
 * Sets the conditions for frames of another site, each of which is a target of its own, before they begin to load.
 * Jira's own page stays as fast as it is.
 */
async function emulateInFrames(session: CDPSession, { cpuSlowdown, network }: Conditions): Promise<void> {
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const commands = [
      ...(network
        ? [
            { method: 'Network.enable', params: {} },
            {
              method: 'Network.emulateNetworkConditions',
              params: {
                offline: false,
                latency: network.latencyMs,
                downloadThroughput: network.bytesPerSecond,
                uploadThroughput: network.bytesPerSecond,
              },
            },
          ]
        : []),
      ...(cpuSlowdown ? [{ method: 'Emulation.setCPUThrottlingRate', params: { rate: cpuSlowdown } }] : []),
      { method: 'Runtime.runIfWaitingForDebugger', params: {} },
    ]
    for (const [id, command] of commands.entries())
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: id + 1, ...command }),
      })
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: false,
  })
}
