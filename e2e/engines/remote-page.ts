import type { Step, TextPattern } from './in-page.ts'
import { findElements } from './in-page.ts'
import type { Session } from './webdriver.ts'
import { ELEMENT, until, WebDriverError } from './webdriver.ts'

type Text = string | RegExp

interface RoleOptions {
  readonly name?: Text
  readonly exact?: boolean
  readonly level?: number
}

/** Tools that transpile functions may wrap names of theirs in this. */
const PREAMBLE = 'const __name = (named) => named;'

/** What a key is to WebDriver, https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Record<string, string> = {
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Enter: '\uE007',
  Escape: '\uE00C',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
}

const patternOf = (text: Text, exact = false): TextPattern =>
  typeof text === 'string' ? { text, exact } : { source: text.source, flags: text.flags }

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

/** A window of the browser, with as much of Playwright's `Page` as the page objects use. */
export class RemotePage {
  private readonly browser: RemoteBrowser
  private readonly window: string
  readonly keyboard = {
    press: (keys: string) => this.perform(this.hasFrame, pressActions(keys)),
    type: (text: string) => this.perform(this.hasFrame, [...text].flatMap(pressActions)),
  }
  private hasFrame = false

  constructor(browser: RemoteBrowser, window: string) {
    this.browser = browser
    this.window = window
  }

  frameLocator(_selector: 'iframe'): RemoteLocator {
    this.hasFrame = true
    return new RemoteLocator(this, true, [])
  }

  private readonly document = new RemoteLocator(this, false, [])

  getByRole(role: string, options?: RoleOptions): RemoteLocator {
    return this.document.getByRole(role, options)
  }

  getByText(text: Text, options?: { exact?: boolean }): RemoteLocator {
    return this.document.getByText(text, options)
  }

  locator(css: string): RemoteLocator {
    return this.document.locator(css)
  }

  async goto(url: string): Promise<void> {
    await this.browser.within(this.window, false, (session) => session.send('Navigate', { url }))
  }

  async reload(): Promise<void> {
    await this.browser.within(this.window, false, (session) => session.send('Refresh'))
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
    await this.browser.within(this.window, false, (session) => session.send('CloseWindow'))
  }

  async setViewportSize(size: { width: number; height: number }): Promise<void> {
    await this.browser.within(this.window, false, (session) => session.send('SetWindowRect', size))
  }

  /** @returns a picture of the window, as a PNG */
  async screenshot(): Promise<Buffer> {
    const taken = await this.browser.within(this.window, false, (session) => session.send('TakeScreenshot'))
    return Buffer.from(String(taken), 'base64')
  }

  /** @returns what a function of the page gives for its document */
  evaluate<T, A>(run: (argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    const script = `return (${run})(...arguments)`
    return this.execute(false, script, [argument]) as Promise<T>
  }

  /** Runs a script in this window, or in the frame in it. */
  execute(isInFrame: boolean, script: string, args: readonly unknown[]): Promise<unknown> {
    return this.browser.within(this.window, isInFrame, (session) =>
      session.send('ExecuteScript', { script: PREAMBLE + script, args }),
    )
  }

  async clickOn(isInFrame: boolean, script: string, args: readonly unknown[]): Promise<true | undefined> {
    return this.browser.within(this.window, isInFrame, async (session) => {
      const element = (await session.send('ExecuteScript', { script: PREAMBLE + script, args })) as Record<
        string,
        string
      > | null
      if (element === null) return undefined
      await session.send('ElementClick', { id: element[ELEMENT] })
      return true
    })
  }

  async perform(isInFrame: boolean, actions: readonly object[]): Promise<void> {
    await this.browser.within(this.window, isInFrame, async (session) => {
      await session.send('PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
    })
  }
}

/** Keys such as `Shift+Tab`, down in their order and up in the reverse. */
function pressActions(keys: string): object[] {
  const values = (keys.length > 1 ? keys.split('+') : [keys]).map((key) => KEYS[key] ?? key)
  return [
    ...values.map((value) => ({ type: 'keyDown', value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp', value })),
  ]
}

/** Leads to elements, with as much of Playwright's `Locator` as the page objects use. Looks anew each time. */
export class RemoteLocator {
  private readonly page: RemotePage
  private readonly isInFrame: boolean
  private readonly steps: readonly Step[]

  constructor(page: RemotePage, isInFrame: boolean, steps: readonly Step[]) {
    this.page = page
    this.isInFrame = isInFrame
    this.steps = steps
  }

  locator(css: string, { has, hasText }: { has?: RemoteLocator; hasText?: Text } = {}): RemoteLocator {
    const found = this.with({ css })
    return has || hasText ? found.filter({ ...(has && { has }), ...(hasText && { hasText }) }) : found
  }

  getByRole(role: string, { name, exact, level }: RoleOptions = {}): RemoteLocator {
    const named = name === undefined ? {} : { name: patternOf(name, exact) }
    return this.with({ role, ...named, ...(level !== undefined && { level }) })
  }

  getByText(text: Text, { exact = false } = {}): RemoteLocator {
    return this.with({ byText: patternOf(text, exact) })
  }

  getByLabel(text: Text): RemoteLocator {
    return this.with({ label: patternOf(text) })
  }

  filter({ has, hasText }: { has?: RemoteLocator; hasText?: Text }): RemoteLocator {
    const holding = has ? this.with({ has: has.steps }) : this
    return hasText === undefined ? holding : holding.with({ hasText: patternOf(hasText) })
  }

  nth(index: number): RemoteLocator {
    return this.with({ nth: index })
  }

  first(): RemoteLocator {
    return this.nth(0)
  }

  last(): RemoteLocator {
    return this.nth(-1)
  }

  count(): Promise<number> {
    return this.on((elements) => elements.length)
  }

  isVisible(): Promise<boolean> {
    return this.on(([element]) => element !== undefined && element.getClientRects().length > 0)
  }

  async waitFor({ state = 'visible' }: { state?: 'visible' | 'attached' | 'detached' } = {}): Promise<void> {
    await until(`${this}, ${state}`, async () => {
      if (state === 'visible') return (await this.isVisible()) || undefined
      const count = await this.count()
      return (state === 'attached') === count > 0 || undefined
    })
  }

  textContent(): Promise<string> {
    return this.soon(([element]) => element && { value: element.textContent ?? '' })
  }

  getAttribute(name: string): Promise<string | null> {
    return this.soon(([element], name) => element && { value: element.getAttribute(name) }, name)
  }

  isChecked(): Promise<boolean> {
    return this.soon(([element]) => element && { value: (element as HTMLInputElement).checked })
  }

  /** @returns what the function gives for the element */
  evaluate<T, A>(run: (element: HTMLElement, argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    const script = `const found = (${findElements})(arguments[0])[0]
      return found ? Promise.resolve((${run})(found, arguments[1])).then((value) => ({ value })) : undefined`
    return this.run(script, argument)
  }

  async focus(): Promise<void> {
    const focus = () =>
      this.soon(([element]) => {
        ;(element as HTMLElement | undefined)?.focus()
        return element && { value: document.activeElement === element }
      })
    await until(`the focus on ${this}`, async () => {
      if (await focus()) return true
      // In WebKit, a frame of another site can't take the focus until a person has acted in it.
      await this.page.clickOn(this.isInFrame, 'return document.querySelector("h1")', [])
      return undefined
    })
  }

  async click(): Promise<void> {
    const script = `const [element] = (${findElements})(arguments[0])
      return !element || element.disabled || element.ariaDisabled === 'true' ? null : element`
    await until(`a click on ${this}`, () => this.page.clickOn(this.isInFrame, script, [this.steps]))
  }

  async check(): Promise<void> {
    if (!(await this.isChecked())) await this.click()
  }

  /** Replaces what is in the field, by keyboard. */
  async fill(text: string): Promise<void> {
    await this.focus()
    await this.on(([element]) => {
      ;(element as HTMLInputElement).select()
      return true
    })
    await this.page.perform(
      this.isInFrame,
      text === '' ? pressActions('Backspace') : [...text].flatMap(pressActions),
    )
  }

  async press(keys: string): Promise<void> {
    await this.focus()
    await this.page.perform(this.isInFrame, pressActions(keys))
  }

  toString(): string {
    return JSON.stringify(this.steps)
  }

  private with(step: Step): RemoteLocator {
    return new RemoteLocator(this.page, this.isInFrame, [...this.steps, step])
  }

  /** Runs a function in the page, as soon as it gives a value. */
  private soon<T, A>(
    look: (elements: Element[], argument: A) => { value: T } | undefined,
    argument?: A,
  ): Promise<T> {
    return this.run(`return (${look})((${findElements})(arguments[0]), arguments[1])`, argument)
  }

  private async run<T>(script: string, argument: unknown): Promise<T> {
    const { value } = await until(`${this}`, async () => {
      const args = [this.steps, argument ?? null]
      return ((await this.page.execute(this.isInFrame, script, args)) ?? undefined) as
        | { value: T }
        | undefined
    })
    return value
  }

  private on<T>(look: (elements: Element[]) => T): Promise<T> {
    const script = `return { value: (${look})((${findElements})(arguments[0])) }`
    return this.run(script, undefined)
  }
}
