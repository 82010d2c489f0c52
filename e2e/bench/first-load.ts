import type { Browser, CDPSession } from 'playwright'
import type { Figure, Part } from './figures.ts'
import type { Opened } from './world.ts'
import { appFrame, LATENCY_MS, withLocal, withWindow } from './world.ts'

/** How much slower than this machine and its network the browser is made. */
export interface Conditions {
  readonly cpuSlowdown?: number
  readonly network?: { readonly bytesPerSecond: number; readonly latencyMs: number }
}

const SLOW_NETWORK = { bytesPerSecond: 1_600_000 / 8, latencyMs: 150 }
const CONDITIONS: readonly { readonly name: string; readonly conditions: Conditions }[] = [
  { name: 'this machine', conditions: {} },
  { name: 'CPU 4 times slower', conditions: { cpuSlowdown: 4 } },
  { name: 'slow network (1.6 Mbit/s, 150 ms)', conditions: { network: SLOW_NETWORK } },
  { name: 'both', conditions: { cpuSlowdown: 4, network: SLOW_NETWORK } },
]

/** What the administrator waits for until the linked groups show. */
export function firstLoad(browser: Browser): Part {
  return {
    name: 'first-load',
    title: `First load, each response of GitLab after ${LATENCY_MS} ms`,
    measure: (runs) =>
      withLocal({}, async (local) => {
        const figures: Figure[] = []
        for (const { name, conditions } of CONDITIONS) {
          const loads: Load[] = []
          for (let run = 0; run < runs; run++)
            loads.push(await withWindow(browser, local, (opened) => load(opened, conditions)))
          if (figures.length === 0)
            figures.push(
              { name: 'requests of the frame', unit: 'count', runs: loads.map(({ requests }) => requests) },
              { name: 'the page’s own files (brotli)', unit: 'bytes', runs: loads.map(({ bytes }) => bytes) },
            )
          figures.push({
            name: `linked groups show: ${name}`,
            unit: 'ms',
            runs: loads.map(({ shownMs }) => shownMs),
          })
        }
        return figures
      }),
  }
}

interface Load {
  /** From the moment at which the frame begins to load until the first linked group is painted. */
  readonly shownMs: number
  readonly requests: number
  /** Of the page's own scripts and style sheets, without Atlassian's. */
  readonly bytes: number
}

/** Opens Jira with nothing cached, under conditions that hold from the frame's first request on. */
export async function load(opened: Opened, conditions: Conditions = {}): Promise<Load> {
  const { page, local, configuration } = opened
  local.gitlab.settings.latencyMs = LATENCY_MS
  local.app.settings.latencyMs = LATENCY_MS
  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('li[aria-posinset]')) return
      observer.disconnect()
      const { dataset } = document.documentElement
      dataset.listedAt = String(performance.now())
      // Once the frame is drawn.
      requestAnimationFrame(() =>
        setTimeout(() => {
          dataset.shownAt = String(performance.now())
        }),
      )
    }).observe(document, { childList: true, subtree: true })
  })
  const session = await page.context().newCDPSession(page)
  await emulateInFrames(session, conditions)
  await configuration.open()
  await configuration.frame.locator('html[data-shown-at]').waitFor()
  return appFrame(opened).evaluate(() => {
    const { listedAt, shownAt } = document.documentElement.dataset
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const before = entries.filter(({ startTime }) => startTime <= Number(listedAt))
    const own = before.filter(({ name }) => /\/assets\/.*\.(js|css)$/.test(name))
    return {
      shownMs: Number(shownAt),
      // The document comes on top.
      requests: before.length + 1,
      bytes: own.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }
  })
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
