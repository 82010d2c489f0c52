import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const COMMAND_TIMEOUT_MS = 2 * 60_000
const CHECK_TIMEOUT_MS = 30_000

export const isRoot = process.getuid?.() === 0

/** @returns whether the command runs on this machine, and ends well */
export function canRun(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): boolean {
  const env = { ...process.env, ...environment }
  return spawnSync(command, args, { stdio: 'ignore', timeout: CHECK_TIMEOUT_MS, env }).status === 0
}

/** @returns whether this is a system whose packages come by apt-get */
export const hasAptGet = () => process.platform === 'linux' && canRun('apt-get', ['--version'])

function run(
  command: string,
  args: readonly string[],
  cwd?: string,
  timeout: number = COMMAND_TIMEOUT_MS,
): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { cwd, timeout, env }
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 2], ...options }).status === 0
}

/**
 * Runs apt-get; when that fails, once more with new lists of packages, which only an administrator may fetch.
 * @returns whether it ended well; what it complains of goes to this command's error output
 */
export function aptGet(args: readonly string[], cwd?: string, timeout?: number): boolean {
  // As an administrator, it would else warn that its own user may not write into this folder.
  const options = isRoot ? ['-o', 'APT::Sandbox::User=root'] : []
  const attempt = () => run('apt-get', [...options, ...args], cwd, timeout)
  return attempt() || (isRoot && run('apt-get', ['update']) && attempt())
}

/**
 * Unpacks the distribution's packages into a folder of this project, without what they depend on: the system stays
 * as it is, and no server is started.
 * @returns whether all of them are there; those that could be got are unpacked in any case
 */
export function unpackPackages(folder: string, names: readonly string[]): boolean {
  mkdirSync(folder, { recursive: true })
  const isComplete = names.map((name) => aptGet(['download', name], folder)).every(Boolean)
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
    run('dpkg-deb', ['--extract', join(folder, name), folder])
  }
  return isComplete
}
