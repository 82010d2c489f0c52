import { readAppUrl, readPort, readSettings, readUrl, SettingsError } from './settings.ts'

export interface DevSettings {
  /** The URL by which Jira and browsers know this server; no trailing slash. */
  appUrl: string
  /** URL of the GitLab behind this server; no trailing slash. undefined: a mock. */
  gitlabUrl: string | undefined
  /** Port of this server, on 127.0.0.1. */
  port: number
  /** Whether all of that GitLab can be reached through a public URL, not only what the page needs. */
  exposesGitLab: boolean
}

const DEFAULT_PORT = 4701

/**
 * Reads the environment of `npm run dev`: APP_URL, GITLAB_URL, APP_PORT, and EXPOSE_GITLAB.
 * @throws {SettingsError} with one line for each invalid setting
 */
export function parseDevSettings(env: Record<string, string | undefined>): DevSettings {
  const { port, gitlabUrl, givenAppUrl, exposesGitLab } = readSettings({
    port: () => readPort('APP_PORT', env.APP_PORT, DEFAULT_PORT),
    gitlabUrl: () => (env.GITLAB_URL ? readUrl('GITLAB_URL', env.GITLAB_URL) : undefined),
    exposesGitLab: () => readExposure(env.EXPOSE_GITLAB),
    givenAppUrl: () => (env.APP_URL ? readAppUrl('APP_URL', env.APP_URL) : undefined),
  })
  const gitlabPath = gitlabUrl === undefined ? '' : pathOf(gitlabUrl)
  const appUrl = givenAppUrl ?? `http://app.localhost:${port}${gitlabPath}`
  if (gitlabUrl !== undefined) {
    const { origin } = new URL(appUrl)
    if (origin === new URL(gitlabUrl).origin) {
      throw new SettingsError([
        `APP_URL and GITLAB_URL are both at ${origin}. GITLAB_URL is the GitLab behind, APP_URL is the URL of this server.`,
      ])
    }
    // GitLab's responses and pages contain paths with its own sub-path, which no proxy can rewrite reliably.
    if (pathOf(appUrl) !== gitlabPath) {
      throw new SettingsError([
        `APP_URL must have the path of GITLAB_URL, because GitLab's own links contain it: ${origin}${gitlabPath}, not ${appUrl}.`,
      ])
    }
  }
  return { appUrl, gitlabUrl, port, exposesGitLab }
}

/** @throws {Error} with one line */
function readExposure(value: string | undefined): boolean {
  if (value === undefined || value === '') return false
  if (value !== 'all') throw new Error(`EXPOSE_GITLAB must be "all" or left out, not "${value}".`)
  return true
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, '')
}
