import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Children, diesEarly } from './children.ts'
import type { Command, Session } from './webdriver.ts'
import { START_PATIENCE_MS, until, WebDriverError } from './webdriver.ts'

/** What differs from a new profile. Firefox turns off updates and telemetry by itself while it is driven. */
const PREFERENCES: Record<string, string | number | boolean> = {
  'marionette.port': 0,
  // As users have it.
  'dom.disable_open_during_load': true,
  'intl.accept_languages': 'en-GB, en',
}

/** Takes what pages have reported to Firefox's console, but for warnings. Runs in Firefox itself. */
const READ_ERRORS = `
  const messages = Services.console.getMessageArray()
  Services.console.reset()
  return messages
    .filter((message) => message instanceof Ci.nsIScriptError && message.isFromPrivateWindow !== undefined)
    .filter((error) => /^http/.test(error.sourceName) && (error.flags & Ci.nsIScriptError.warningFlag) === 0)
    .map((error) => error.errorMessage + ' (' + error.sourceName + ')')`

type Reply = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown]

/**
 * Starts Firefox without a screen. It speaks Marionette, which has the commands of W3C WebDriver in messages of its own:
 * https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export async function startFirefox(executable: string): Promise<Session> {
  const children = await Children.inNewFolder('firefox-')
  const profile = children.folder
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(profile, 'user.js'), lines.join('\n'))
  const args = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access']
  const env = { ...process.env, HOME: profile, TZ: 'Europe/London', MOZ_CRASHREPORTER_DISABLE: '1' }
  try {
    const browser = await children.start(executable, [...args, '--profile', profile], {
      stdio: 'ignore',
      env,
    })
    const portFile = join(profile, 'MarionetteActivePort')
    const readPort = async () =>
      existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) || undefined : undefined
    const port = await Promise.race([
      until('Firefox', readPort, START_PATIENCE_MS),
      diesEarly('Firefox', browser),
    ])
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const call = caller(socket)
    await call('WebDriver:NewSession', { unhandledPromptBehavior: 'accept' })
    return {
      send: async (command, parameters) =>
        unwrap(await call(`WebDriver:${command}`, named(command, parameters))),
      complaints: async () => {
        await call('Marionette:SetContext', { value: 'chrome' })
        try {
          return unwrap(await call('WebDriver:ExecuteScript', { script: READ_ERRORS, args: [] })) as string[]
        } finally {
          await call('Marionette:SetContext', { value: 'content' })
        }
      },
      close: async () => {
        await call('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined)
        socket.destroy()
        await children.end()
      },
    }
  } catch (error) {
    await children.end()
    throw error
  }
}

/** Marionette names two parameters otherwise. */
function named(command: Command, parameters: Readonly<Record<string, unknown>> = {}): object {
  if (command === 'TakeScreenshot') return { full: false }
  if (command === 'SwitchToFrame' && parameters.id) {
    const [element] = Object.values(parameters.id as Record<string, string>)
    return { element }
  }
  return parameters
}

/** Marionette wraps most values, but not lists. */
function unwrap(result: unknown): unknown {
  return typeof result === 'object' && result !== null && 'value' in result ? result.value : result
}

/** @returns a function that sends a command and gives its result; messages have their length in front, in bytes */
function caller(socket: Socket): (command: string, parameters: object) => Promise<unknown> {
  const waiting = new Map<number, (reply: Reply) => void>()
  let received = Buffer.alloc(0)
  let lastId = 0
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    for (;;) {
      const colon = received.indexOf(':')
      if (colon < 0) return
      const end = colon + 1 + Number(received.subarray(0, colon))
      if (received.length < end) return
      const message = JSON.parse(received.subarray(colon + 1, end).toString()) as Reply | object
      received = received.subarray(end)
      if (!Array.isArray(message)) continue
      waiting.get(message[1])?.(message as Reply)
      waiting.delete(message[1])
    }
  })
  socket.on('close', () => {
    for (const [id, settle] of waiting)
      settle([1, id, { error: 'unknown error', message: 'Firefox has ended.' }, null])
  })
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, ([, , error, result]) => {
        if (error) reject(new WebDriverError(command, error.error, error.message))
        else resolve(result)
      })
      const body = Buffer.from(JSON.stringify([0, lastId, command, parameters]))
      socket.write(`${body.length}:`)
      socket.write(body)
    })
}
