// Run before the end-to-end tests: makes sure that there is a browser, or says in one line that there is none.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findBrowser, findTestBrowser, UNPACKED_SHELL } from './find-browser.ts'
import { canRun, hasAptGet, isRoot, unpackPackages } from './unpack-packages.ts'

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000
const PACKAGE_TIMEOUT_MS = 5 * 60_000

/** @returns whether the command ran and ended well; its output goes to this command's error output */
function run(
  command: string,
  args: readonly string[],
  timeout: number,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout, env }).status === 0
}

/** A browser may lack system libraries; asking for its version shows that. */
function hasWorkingBrowser(): boolean {
  const path = findBrowser()
  if (path === undefined) return false
  // On Windows, Chrome opens a window when asked for its version.
  return process.platform === 'win32' || canRun(path, ['--version'])
}

function download(): boolean {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const install = (command: 'install' | 'install-deps') =>
    run(process.execPath, [cli, command, 'chromium'], DOWNLOAD_TIMEOUT_MS)
  if (!install('install')) return false
  if (hasWorkingBrowser()) return true
  // System libraries come from the distribution, which needs an administrator and would else ask for a password.
  return process.platform === 'linux' && isRoot && install('install-deps') && hasWorkingBrowser()
}

function installPackage(): boolean {
  if (!hasAptGet()) return false
  const [command, ...prefix] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  if (!command || (!isRoot && !canRun('sudo', ['-n', 'true']))) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // An old list may still name a package that is there, so a failed update is no reason to stop.
  run(command, [...prefix, 'update'], PACKAGE_TIMEOUT_MS, env)
  // What it recommends brings a printer system along, but also the one font that a minimal system needs.
  const packages = ['--no-install-recommends', 'chromium', 'fonts-liberation']
  return run(command, [...prefix, 'install', '-y', ...packages], PACKAGE_TIMEOUT_MS, env)
}

function ensureBrowser(): boolean {
  if (hasWorkingBrowser()) return true
  console.error('No Chrome or Chromium found; installing one for the end-to-end tests.')
  return download() || (installPackage() && hasWorkingBrowser())
}

/** A distribution's Chromium has a headless shell beside it, which is left out where it can't be got or won't run. */
function ensureHeadlessShell(): void {
  const browser = findBrowser()
  if (process.env.CHROMIUM || !browser?.startsWith('/usr/bin/chromium') || !hasAptGet()) return
  const hasWorkingShell = () => {
    const found = findTestBrowser()
    return found !== undefined && found !== browser && canRun(found, ['--version'])
  }
  const remove = () => rmSync(UNPACKED_SHELL, { recursive: true, force: true })

  if (hasWorkingShell()) return
  // What an interrupted run left.
  remove()
  const isComplete = unpackPackages(UNPACKED_SHELL, ['chromium-common', 'chromium-headless-shell'])
  if (!isComplete || !hasWorkingShell()) remove()
}

try {
  if (!ensureBrowser()) {
    throw new Error('The end-to-end tests need Chrome or Chromium: install one, or set CHROMIUM to its path.')
  }
  ensureHeadlessShell()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
