import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_TIMEOUT_MS = 20_000
/** Debian's user and group without rights. */
const NOBODY = { uid: 65_534, gid: 65_534 }

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The port on which it listens once it's ready. */
  readonly port: number
  /** Runs it as a user without any rights. */
  readonly asNobody?: boolean
  /** The most files and connections it can have open; default: no limit of ours. */
  readonly mostDescriptors?: number
}

/**
 * Starts a web server and waits until it listens. What it prints goes to `<logs>/<name>.output.log`.
 * @returns what ends it
 * @throws {Error} it ends, or doesn't listen in time
 */
export async function startWebServer(
  name: string,
  { command, args, env, port, asNobody, mostDescriptors }: Command,
  logs: string,
): Promise<() => Promise<unknown>> {
  const log = join(logs, `${name}.output.log`)
  const output = openSync(log, 'a')
  const limited =
    mostDescriptors === undefined ? [] : ['sh', '-c', `ulimit -n ${mostDescriptors}; exec "$0" "$@"`]
  const [first = '', ...rest] = [...limited, command, ...args]
  const child = spawn(first, rest, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
    ...(asNobody && process.getuid?.() === 0 && NOBODY),
  })
  const ended = once(child, 'exit')
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await isListening(port))) {
    if (hasEnded(child) || Date.now() > deadline) {
      child.kill()
      throw new Error(`${name} does not start: ${await readFile(log, 'utf8')}`)
    }
    await sleep(20)
  }
  return () => {
    child.kill()
    return hasEnded(child) ? Promise.resolve() : ended
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
