import { findFirefox, findWebKit } from '#e2e/setup/find-engines.ts'
import { startFirefox } from './firefox.ts'
import { RemoteBrowser } from './remote-browser.ts'
import { RemotePage } from './remote-page.ts'
import type { Session } from './webdriver.ts'
import { startWebKit } from './webkit.ts'

/** The engines that Playwright doesn't drive here. */
export const remoteEngines = ['Firefox', 'WebKit'] as const

export type RemoteEngine = (typeof remoteEngines)[number]

/** The page is in a frame as tall as its content, and WebKit's driver doesn't scroll the window around that frame. */
const TALL = { width: 1280, height: 1500 }

/** @returns whether that browser is on this machine */
export const hasEngine = (engine: RemoteEngine) => !!{ Firefox: findFirefox, WebKit: findWebKit }[engine]()

/**
 * Starts that browser.
 * @throws {Error} when there is none
 */
export async function startEngine(engine: RemoteEngine): Promise<Session> {
  const firefox = engine === 'Firefox' && findFirefox()
  if (firefox) return startFirefox(firefox)
  const webkit = engine === 'WebKit' && findWebKit()
  if (webkit) return startWebKit(webkit)
  throw new Error(`There is no ${engine}.`)
}

/** @returns the browser's first window with an empty page; all others are closed */
export async function emptyWindow(session: Session): Promise<RemotePage> {
  const browser = new RemoteBrowser(session)
  const [first = '', ...others] = await browser.windows()
  for (const other of others) await new RemotePage(browser, other).close()
  const page = new RemotePage(browser, first)
  await page.setViewportSize(TALL)
  await page.goto('about:blank')
  return page
}
