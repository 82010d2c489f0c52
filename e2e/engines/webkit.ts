import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { freePort } from '#e2e/free-port.ts'
import type { WebKit } from '#e2e/setup/find-engines.ts'
import type { Session } from './webdriver.ts'
import { COMMANDS, until, WebDriverError } from './webdriver.ts'

const SCREEN = '1400x1600x24'

/** Starts WebKitGTK's small browser on a screen of its own. It speaks W3C WebDriver: https://www.w3.org/TR/webdriver2/ */
export async function startWebKit({ driver: command, browser, screen: xvfb }: WebKit): Promise<Session> {
  const home = await mkdtemp(join(tmpdir(), 'webkit-'))
  const screen = spawn(xvfb, ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const children: ChildProcess[] = [screen]
  const end = async () => {
    for (const child of children.toReversed()) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill()
        await ended
      }
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const [display] = (await once(createInterface(screen.stdio[3] as Readable), 'line')) as [string]
    const port = await freePort()
    const env = {
      ...process.env,
      DISPLAY: `:${display}`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      // Without this, each start looks for plug-ins that play sound and films.
      GST_PLUGIN_SYSTEM_PATH_1_0: '',
      LANG: 'C.UTF-8',
      TZ: 'Europe/London',
    }
    const driver = spawn(command, [`--port=${port}`], { stdio: ['ignore', 'pipe', 'ignore'], env })
    children.push(driver)
    const complaints: string[] = []
    // The browser writes into the output of its driver.
    createInterface(driver.stdout).on('line', (line) => {
      if (/^CONSOLE (JS|SECURITY) ERROR/.test(line)) complaints.push(line)
    })
    const base = `http://127.0.0.1:${port}/session`
    const capabilities = {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        unhandledPromptBehavior: 'accept',
        'webkitgtk:browserOptions': {
          binary: browser,
          args: ['--automation', '--enable-write-console-messages-to-stdout=true'],
        },
      },
    }
    const { sessionId } = (await until('WebKit', () =>
      call('POST', base, 'NewSession', { capabilities }).catch((error) => {
        if (error instanceof WebDriverError) throw error
        return undefined
      }),
    )) as { sessionId: string }
    return {
      send: (command, { id, ...parameters } = {}) => {
        const [method = '', path = ''] = COMMANDS[command].split(' ')
        const isPartOfPath = path.includes(':id')
        const body =
          method === 'POST' ? { ...parameters, ...(!isPartOfPath && id !== undefined && { id }) } : undefined
        return call(method, `${base}/${sessionId}/${path.replace(':id', String(id))}`, command, body)
      },
      complaints: async () => complaints.splice(0),
      close: async () => {
        await call('DELETE', `${base}/${sessionId}`, 'DeleteSession').catch(() => undefined)
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function call(method: string, url: string, command: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (response.ok) return value
  const { error = 'unknown error', message = '' } = value as { error?: string; message?: string }
  throw new WebDriverError(command, error, message)
}
