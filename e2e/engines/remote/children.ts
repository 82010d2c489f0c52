import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A shell script that reads the numbers of process groups. Once its input closes, it ends these groups, and removes a
 * folder. Its input also closes when this process is interrupted or killed. What doesn't end in time is killed.
 */
const GUARD = `
  groups=
  while read -r group; do groups="$groups -$group"; done
  are_there() { for group in $groups; do kill -s 0 -- "$group" 2>&- && return 0; done; return 1; }
  for group in $groups; do kill -s TERM -- "$group" 2>&-; done
  tries=0
  while are_there && [ $tries -lt "$2" ]; do sleep 0.1; tries=$((tries + 1)); done
  for group in $groups; do kill -s KILL -- "$group" 2>&-; done
  rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }`

/** The processes of a browser and their folder. They don't outlive this process, however it ends. */
export class Children {
  /** What the browser writes goes here. */
  readonly folder: string
  private readonly guard: ChildProcess
  private readonly guardEnded: Promise<unknown>

  private constructor(folder: string, patienceSeconds: number) {
    this.folder = folder
    // In a group of its own, so that an interruption from the terminal doesn't end it.
    this.guard = spawn('sh', ['-c', GUARD, 'guard', folder, String(patienceSeconds * 10)], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    this.guardEnded = once(this.guard, 'exit')
  }

  /**
   * @param patienceSeconds what is asked to end is killed after this time
   * @returns a family without children, with a new folder
   */
  static async inNewFolder(prefix: string, patienceSeconds = 5): Promise<Children> {
    return new Children(await mkdtemp(join(tmpdir(), prefix)), patienceSeconds)
  }

  /**
   * Starts a program, with all that it starts itself in one process group.
   * @throws {Error} when it can't be started
   */
  async start(command: string, args: readonly string[], options: SpawnOptions): Promise<ChildProcess> {
    const child = spawn(command, args, { ...options, detached: true })
    if (child.pid) this.guard.stdin?.write(`${child.pid}\n`)
    await once(child, 'spawn')
    return child
  }

  /** Ends all that still run, and removes the folder. */
  async end(): Promise<void> {
    this.guard.stdin?.end()
    await this.guardEnded
  }
}

/** @returns never; throws as soon as the program ends, to be raced with what is expected of it */
export async function diesEarly(name: string, child: ChildProcess): Promise<never> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  throw new Error(`${name} ended at its start, with ${child.signalCode ?? child.exitCode}.`)
}
