import { setTimeout as pause } from 'node:timers/promises'

/** How often something is looked at again. */
const POLL_MS = 40
/** Generous, for machines under load. */
const PATIENCE_MS = 60_000
/** How long a browser may take to start: Firefox took 75 s on two cores that had other work to do. */
export const START_PATIENCE_MS = 240_000

/** The commands of W3C WebDriver that are used, and where their parameters belong over HTTP. */
export const COMMANDS = {
  Navigate: 'POST url',
  Refresh: 'POST refresh',
  ExecuteScript: 'POST execute/sync',
  SwitchToFrame: 'POST frame',
  SwitchToWindow: 'POST window',
  GetWindowHandle: 'GET window',
  GetWindowHandles: 'GET window/handles',
  CloseWindow: 'DELETE window',
  SetWindowRect: 'POST window/rect',
  PerformActions: 'POST actions',
  ReleaseActions: 'DELETE actions',
  ElementClick: 'POST element/:id/click',
  TakeScreenshot: 'GET screenshot',
} as const

export type Command = keyof typeof COMMANDS

/** A browser that is driven by W3C WebDriver. */
export interface Session {
  /**
   * @returns the `value` of the response
   * @throws {WebDriverError} the browser refuses
   */
  send(command: Command, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** @returns what the browser complained of since the last call, such as errors that nobody caught */
  complaints(): Promise<string[]>
  /** Ends the browser. */
  close(): Promise<void>
}

/** A command that the browser refused. */
export class WebDriverError extends Error {
  /** One of https://www.w3.org/TR/webdriver2/#errors */
  readonly code: string

  constructor(command: string, code: string, message: string) {
    super(`${command}: ${code}: ${message}`)
    this.name = 'WebDriverError'
    this.code = code
  }
}

/** What WebDriver calls an element that it passes on. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** What passes with time: the page is still loading, moving, or being rendered. */
const PASSING = new Set([
  'element click intercepted',
  'element not interactable',
  'javascript error',
  'move target out of bounds',
  'no such element',
  'no such frame',
  'no such window',
  'stale element reference',
])

/**
 * Waits until `attempt` gives a value, however often WebDriver refuses meanwhile because the page isn't ready.
 * @throws {Error} with what was wrong last, when it takes too long
 */
export async function until<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs
  let reason: unknown
  while (Date.now() < end) {
    try {
      const value = await attempt()
      if (value !== undefined) return value
      reason = undefined
    } catch (error) {
      if (!(error instanceof WebDriverError && PASSING.has(error.code))) throw error
      reason = error
    }
    await pause(POLL_MS)
  }
  throw new Error(`Waited in vain for ${what}.`, { cause: reason })
}
