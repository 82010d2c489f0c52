import type { Command, Session } from './webdriver.ts'
import { ELEMENT, WebDriverError } from './webdriver.ts'

/** Tools that transpile functions may wrap names of theirs in this. */
const PREAMBLE = 'const __name = (named) => named;'

/** A browser with its windows: one command after the other, each in the window and frame it is for. */
export class RemoteBrowser {
  readonly session: Session
  private last: Promise<unknown> = Promise.resolve()
  private place: string | undefined

  constructor(session: Session) {
    this.session = session
  }

  /** Does something in a window, or in the frame in it, while nothing else is done. */
  async within<T>(window: string, isInFrame: boolean, act: (session: Session) => Promise<T>): Promise<T> {
    return this.alone(async () => {
      const place = `${window} ${isInFrame}`
      if (this.place !== place) await this.enter(window, isInFrame)
      this.place = place
      try {
        return await act(this.session)
      } catch (error) {
        // The frame may have been replaced.
        this.place = undefined
        throw error
      }
    })
  }

  windows(): Promise<string[]> {
    return this.alone(async () => (await this.session.send('GetWindowHandles')) as string[])
  }

  private async enter(window: string, isInFrame: boolean): Promise<void> {
    this.place = undefined
    await this.session.send('SwitchToWindow', { handle: window })
    await this.session.send('SwitchToFrame', { id: null })
    if (!isInFrame) return
    const script = 'return document.querySelector("iframe")'
    const frame = await this.session.send('ExecuteScript', { script, args: [] })
    if (frame === null) throw new WebDriverError('SwitchToFrame', 'no such frame', 'not there yet')
    await this.session.send('SwitchToFrame', { id: frame })
  }

  private alone<T>(act: () => Promise<T>): Promise<T> {
    const next = this.last.then(act, act)
    this.last = next.catch(() => undefined)
    return next
  }
}

/** The document of a window, or the one in its frame. */
export class RemotePlace {
  private readonly browser: RemoteBrowser
  private readonly window: string
  private readonly isInFrame: boolean

  constructor(browser: RemoteBrowser, window: string, isInFrame: boolean) {
    this.browser = browser
    this.window = window
    this.isInFrame = isInFrame
  }

  /** Sends a command there. @returns what it gives */
  send(command: Command, parameters?: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.browser.within(this.window, this.isInFrame, (session) => session.send(command, parameters))
  }

  /** @returns what a script gives there */
  execute(script: string, args: readonly unknown[]): Promise<unknown> {
    return this.send('ExecuteScript', { script: PREAMBLE + script, args })
  }

  /** Clicks on the element that a script gives. @returns undefined when it gives none */
  clickOn(script: string, args: readonly unknown[]): Promise<true | undefined> {
    return this.browser.within(this.window, this.isInFrame, async (session) => {
      const element = (await session.send('ExecuteScript', { script: PREAMBLE + script, args })) as Record<
        string,
        string
      > | null
      if (element === null) return undefined
      await session.send('ElementClick', { id: element[ELEMENT] })
      return true
    })
  }

  /** Presses and releases keys. */
  async perform(actions: readonly object[]): Promise<void> {
    await this.send('PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }
}
