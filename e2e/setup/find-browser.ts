import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'

/** Where the end-to-end tests unpack a headless shell, laid out as in the root of a system. */
export const UNPACKED_SHELL = fileURLToPath(
  new URL('../../node_modules/.cache/headless-shell', import.meta.url),
)

const SHELL = join(UNPACKED_SHELL, 'usr/lib/chromium/chromium-headless-shell')

/** Where Chrome and Chromium usually are, per platform; what is closest to Playwright's own comes first. */
function usualPlaces(): string[] {
  const { platform, env } = process
  if (platform === 'darwin') {
    const applications = ['/Applications', join(homedir(), 'Applications')]
    const names = ['Chromium', 'Google Chrome']
    return applications.flatMap((folder) =>
      names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    )
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    return folders.flatMap((folder) =>
      folder
        ? [
            join(folder, 'Chromium/Application/chrome.exe'),
            join(folder, 'Google/Chrome/Application/chrome.exe'),
          ]
        : [],
    )
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return names.map((name) => `/usr/bin/${name}`)
}

/**
 * Finds the browser for the end-to-end tests: the one that CHROMIUM names, else the unpacked headless shell (Chromium
 * without its own window, which needs a third less time), else what `findBrowser` finds.
 * @returns the path of its executable, or undefined when there is none
 * @throws {Error} when CHROMIUM names a file that does not exist
 */
export function findTestBrowser(): string | undefined {
  return !process.env.CHROMIUM && existsSync(SHELL) ? SHELL : findBrowser()
}

/**
 * Finds a whole browser, as people use it: the one that CHROMIUM names, else Playwright's own, else an
 * installed Chromium or Chrome.
 * @returns the path of its executable, or undefined when there is none
 * @throws {Error} when CHROMIUM names a file that does not exist
 */
export function findBrowser(): string | undefined {
  const { CHROMIUM } = process.env
  if (CHROMIUM) {
    if (!existsSync(CHROMIUM)) throw new Error(`CHROMIUM names a file that does not exist: ${CHROMIUM}`)
    return CHROMIUM
  }
  return [chromium.executablePath(), ...usualPlaces()].find((path) => path !== '' && existsSync(path))
}
