/** Settings that cannot be used, one line for each. */
export class SettingsError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'SettingsError'
  }
}

/**
 * Reads all settings before it complains, so that somebody with two wrong ones learns of both.
 * @throws {SettingsError} with the lines of all readers that threw an Error
 */
export function readSettings<T extends object>(readers: { [K in keyof T]: () => T[K] }): T {
  const problems: string[] = []
  const settings = Object.entries<() => unknown>(readers).map(([name, read]) => {
    try {
      return [name, read()]
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
      return [name, undefined]
    }
  })
  if (problems.length > 0) throw new SettingsError(problems)
  return Object.fromEntries(settings) as T
}

/**
 * @param setting what the person called it, such as `APP_PORT`
 * @throws {Error} with one line that names the setting
 */
export function readPort(setting: string, value: string | undefined, initially: number): number {
  if (value === undefined || value === '') return initially
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (port < 1 || port > 65_535) throw new Error(`${setting} must be a port from 1 to 65535, not "${value}".`)
  return port
}

/**
 * The address of a host, its sub-path included.
 * @param setting what the person called it, such as `APP_URL` or `--app-url`
 * @returns the address without trailing slash
 * @throws {Error} with one line that names the setting
 */
export function readAddress(setting: string, value: string): string {
  const typed = value.trim()
  const url = /^https?:\/\/[^/]/i.test(typed) && URL.canParse(typed) ? new URL(typed) : undefined
  if (!url) {
    throw new Error(`${setting} must be an address such as https://gitlab.example.com, not "${value}".`)
  }
  // Whoever typed a password must not find it in the log.
  if (url.username || url.password) throw new Error(`${setting} must hold no user name and no password.`)
  if (url.search || url.hash) throw new Error(`${setting} must end with its path: no "?" and no "#".`)
  const address = url.origin + url.pathname.replace(/\/+$/, '')
  if (url.pathname.includes('/-/')) {
    throw new Error(
      `${setting} must be the address of the instance, without "/-/…": ${address.split('/-/')[0]}.`,
    )
  }
  return address
}

/**
 * The address by which Jira and browsers know the app.
 * @throws {Error} with one line that names the setting
 */
export function readAppUrl(setting: string, value: string): string {
  const address = readAddress(setting, value)
  if (address.startsWith('http:') && !isLocalName(new URL(address).hostname)) {
    throw new Error(
      `${setting} must begin with https://, as Jira frames nothing else; http:// is for *.localhost only.`,
    )
  }
  return address
}

/** Names that mean this very machine in every browser, and that Node cannot look up. */
export function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}
