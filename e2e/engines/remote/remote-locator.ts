import type { Step, TextPattern } from './in-page.ts'
import { findElements } from './in-page.ts'
import { pressActions } from './keys.ts'
import type { RemotePlace } from './remote-browser.ts'
import { until } from './webdriver.ts'

export type Text = string | RegExp

export interface RoleOptions {
  readonly name?: Text
  readonly exact?: boolean
  readonly level?: number
}

const patternOf = (text: Text, exact = false): TextPattern =>
  typeof text === 'string' ? { text, exact } : { source: text.source, flags: text.flags }

/** Leads to elements, with as much of Playwright's `Locator` as the page objects use. Looks them up again each time. */
export class RemoteLocator {
  private readonly place: RemotePlace
  private readonly steps: readonly Step[]

  constructor(place: RemotePlace, steps: readonly Step[]) {
    this.place = place
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
      await this.place.clickOn('return document.querySelector("h1")', [])
      return undefined
    })
  }

  async click(): Promise<void> {
    const script = `const [element] = (${findElements})(arguments[0])
      return !element || element.disabled || element.ariaDisabled === 'true' ? null : element`
    await until(`a click on ${this}`, () => this.place.clickOn(script, [this.steps]))
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
    await this.place.perform(text === '' ? pressActions('Backspace') : [...text].flatMap(pressActions))
  }

  async press(keys: string): Promise<void> {
    await this.focus()
    await this.place.perform(pressActions(keys))
  }

  toString(): string {
    return JSON.stringify(this.steps)
  }

  private with(step: Step): RemoteLocator {
    return new RemoteLocator(this.place, [...this.steps, step])
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
      return ((await this.place.execute(script, args)) ?? undefined) as { value: T } | undefined
    })
    return value
  }

  private on<T>(look: (elements: Element[]) => T): Promise<T> {
    const script = `return { value: (${look})((${findElements})(arguments[0])) }`
    return this.run(script, undefined)
  }
}
