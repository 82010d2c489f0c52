/** Invalid settings, with one line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
  }
}

/**
 * Reads all settings before it throws, so that all invalid ones are reported.
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
 * @param setting its name for the user, such as `APP_PORT`
 * @throws {Error} with one line that names the setting
 */
export function readPort(setting: string, value: string | undefined, initially: number): number {
  if (value === undefined || value === '') return initially
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (port < 1 || port > 65_535) throw new Error(`${setting} must be a port from 1 to 65535, not "${value}".`)
  return port
}

/**
 * The URL of a host, its sub-path included.
 * @param setting its name for the user, such as `APP_URL` or `--app-url`
 * @returns the URL without a trailing slash
 * @throws {Error} with one line that names the setting
 */
export function readUrl(setting: string, value: string): string {
  const trimmed = value.trim()
  const url = /^https?:\/\/[^/]/i.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed) : undefined
  if (!url) {
    throw new Error(`${setting} must be a URL such as https://gitlab.example.com, not "${value}".`)
  }
  // The message must not repeat the password.
  if (url.username || url.password) throw new Error(`${setting} must not contain a user name or password.`)
  if (url.search || url.hash) throw new Error(`${setting} must end with its path, without "?" or "#".`)
  const result = url.origin + url.pathname.replace(/\/+$/, '')
  if (url.pathname.includes('/-/')) {
    throw new Error(`${setting} must be the URL of the instance, without "/-/…": ${result.split('/-/')[0]}.`)
  }
  return result
}

/**
 * The URL by which Jira and browsers know the app.
 * @throws {Error} with one line that names the setting
 */
export function readAppUrl(setting: string, value: string): string {
  const result = readUrl(setting, value)
  if (result.startsWith('http:') && !isLocalName(new URL(result).hostname)) {
    throw new Error(
      `${setting} must begin with https://, because Jira frames nothing else; http:// is only for *.localhost.`,
    )
  }
  return result
}

/** Names that every browser resolves to this machine, and that Node can't look up. */
export function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}
