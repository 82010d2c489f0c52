import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { freePort } from '#e2e/free-port.ts'
import type { WebKit } from '#e2e/setup/find-engines.ts'
import { Children, diesEarly } from './children.ts'
import type { Session } from './webdriver.ts'
import { COMMANDS, START_PATIENCE_MS, until, WebDriverError } from './webdriver.ts'

const SCREEN = '1400x1600x24'

/** Starts WebKitGTK's small browser on a screen of its own. It speaks W3C WebDriver: https://www.w3.org/TR/webdriver2/ */
export async function startWebKit({ driver: command, browser, screen: xvfb }: WebKit): Promise<Session> {
  const children = await Children.inNewFolder('webkit-')
  const home = children.folder
  try {
    const screen = await children.start(
      xvfb,
      ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    )
    const [display] = (await Promise.race([
      once(createInterface(screen.stdio[3] as Readable), 'line'),
      diesEarly('Xvfb', screen),
    ])) as [string]
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
    const driver = await children.start(command, [`--port=${port}`], { stdio: 'ignore', env })
    const base = `http://127.0.0.1:${port}/session`
    const capabilities = {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        unhandledPromptBehavior: 'accept',
        'webkitgtk:browserOptions': {
          binary: browser,
          args: ['--automation'],
        },
      },
    }
    const newSession = () =>
      call('POST', base, 'NewSession', { capabilities }).catch((error) => {
        if (error instanceof WebDriverError) throw error
        return undefined
      })
    const { sessionId } = (await Promise.race([
      until('WebKit', newSession, START_PATIENCE_MS),
      diesEarly('WebKit’s driver', driver),
    ])) as { sessionId: string }
    return {
      send: (command, { id, ...parameters } = {}) => {
        const [method = '', path = ''] = COMMANDS[command].split(' ')
        const isPartOfPath = path.includes(':id')
        const body =
          method === 'POST' ? { ...parameters, ...(!isPartOfPath && id !== undefined && { id }) } : undefined
        return call(method, `${base}/${sessionId}/${path.replace(':id', String(id))}`, command, body)
      },
      // Its console can't be read: what its driver starts can't write anywhere. `watched-build.ts` makes up for it.
      complaints: async () => [],
      close: async () => {
        await call('DELETE', `${base}/${sessionId}`, 'DeleteSession').catch(() => undefined)
        await children.end()
      },
    }
  } catch (error) {
    await children.end()
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
