import { pressActions } from './keys.ts'
import type { RemoteBrowser } from './remote-browser.ts'
import { RemotePlace } from './remote-browser.ts'
import type { RoleOptions, Text } from './remote-locator.ts'
import { RemoteLocator } from './remote-locator.ts'
import { until } from './webdriver.ts'

/** A window of the browser, with as much of Playwright's `Page` as the page objects use. */
export class RemotePage {
  private readonly browser: RemoteBrowser
  private readonly window: string
  private readonly document: RemotePlace
  /** The document in its frame, of which it has at most one. */
  readonly frame: RemotePlace
  /** Where keys go: once the frame has been looked for, to the frame. */
  private typedIn: RemotePlace

  readonly keyboard = {
    press: (keys: string) => this.typedIn.perform(pressActions(keys)),
    type: (text: string) => this.typedIn.perform([...text].flatMap(pressActions)),
  }

  constructor(browser: RemoteBrowser, window: string) {
    this.browser = browser
    this.window = window
    this.document = new RemotePlace(browser, window, false)
    this.frame = new RemotePlace(browser, window, true)
    this.typedIn = this.document
  }

  frameLocator(_selector: 'iframe'): RemoteLocator {
    this.typedIn = this.frame
    return new RemoteLocator(this.frame, [])
  }

  getByRole(role: string, options?: RoleOptions): RemoteLocator {
    return new RemoteLocator(this.document, []).getByRole(role, options)
  }

  getByText(text: Text, options?: { exact?: boolean }): RemoteLocator {
    return new RemoteLocator(this.document, []).getByText(text, options)
  }

  locator(css: string): RemoteLocator {
    return new RemoteLocator(this.document, [{ css }])
  }

  async goto(url: string): Promise<void> {
    await this.document.send('Navigate', { url })
  }

  async reload(): Promise<void> {
    await this.document.send('Refresh')
  }

  /** Waits for the next window that is opened. */
  async waitForEvent(_event: 'popup'): Promise<RemotePage> {
    const before = new Set(await this.browser.windows())
    return until('another window', async () => {
      const opened = (await this.browser.windows()).find((window) => !before.has(window))
      return opened === undefined ? undefined : new RemotePage(this.browser, opened)
    })
  }

  async isClosed(): Promise<boolean> {
    return !(await this.browser.windows()).includes(this.window)
  }

  async close(): Promise<void> {
    await this.document.send('CloseWindow')
  }

  async setViewportSize(size: { width: number; height: number }): Promise<void> {
    await this.document.send('SetWindowRect', size)
  }

  /** @returns a picture of the window, as a PNG */
  async screenshot(): Promise<Buffer> {
    const taken = await this.document.send('TakeScreenshot')
    return Buffer.from(String(taken), 'base64')
  }

  /** @returns what a function of the page gives for its document */
  evaluate<T, A>(run: (argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    return this.document.execute(`return (${run})(...arguments)`, [argument]) as Promise<T>
  }
}
