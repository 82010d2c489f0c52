import { existsSync } from 'node:fs'

/** WebKitGTK with what drives it. */
export interface WebKit {
  readonly driver: string
  readonly browser: string
  /** Xvfb, an X server whose screen nobody sees. */
  readonly screen: string
}

const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/libexec']

/**
 * Finds the Firefox for the smoke journeys: the one that FIREFOX names, else Debian's.
 * @returns the path of its executable, or undefined when there is none
 * @throws {Error} when FIREFOX names a file that does not exist
 */
export function findFirefox(): string | undefined {
  const { FIREFOX } = process.env
  if (FIREFOX && !existsSync(FIREFOX)) throw new Error(`FIREFOX names a file that does not exist: ${FIREFOX}`)
  return [FIREFOX, '/usr/bin/firefox-esr'].find((path) => path && existsSync(path))
}

/** @returns WebKitGTK's driver and small browser; undefined without them, or without a screen to show it on */
export function findWebKit(): WebKit | undefined {
  const driver = '/usr/bin/WebKitWebDriver'
  const screen = '/usr/bin/Xvfb'
  const browser = LIBRARIES.map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`).find((path) =>
    existsSync(path),
  )
  return browser && [driver, screen].every((path) => existsSync(path))
    ? { driver, browser, screen }
    : undefined
}
