// `npm start`: a stand-in for Jira, the app, and two mock GitLab instances.
import { spawn } from 'node:child_process'
import { scenarios } from '#mocks/scenarios.ts'
import type { Local } from './local.ts'
import { PortInUseError, startLocal } from './local.ts'
import type { StartOptions } from './start-options.ts'
import { PORT_SETTINGS, parseStartOptions } from './start-options.ts'

/** Closing never takes longer; whatever still hangs then isn't worth waiting for. */
const CLOSE_TIMEOUT_MS = 2000

function fail(error: unknown): never {
  console.error(oneLine(error))
  process.exit(1)
}

function oneLine(error: unknown): string {
  if (error instanceof PortInUseError) {
    return `Port ${error.port} is already in use. Set ${PORT_SETTINGS[error.server]} to another one.`
  }
  return error instanceof Error ? error.message : String(error)
}

/** Opens the URL if there is a desktop to open it on; failures are ignored. */
function openBrowser(url: string): void {
  const { platform, env } = process
  const hasDesktop = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
  if (env.CI || env.BROWSER === 'none' || !hasDesktop) return
  const [command, ...args] =
    platform === 'darwin'
      ? ['open', url]
      : platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  if (!command) return
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

let starting: Promise<Local> | undefined
let stopping = false

function stop(): void {
  // A second Ctrl-C doesn't wait.
  if (stopping) process.exit(0)
  stopping = true
  // On SIGTERM, Vite ends the process itself, with this code if it is set.
  process.exitCode = 0
  setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS)
  const closing = starting?.then((local) => local.close())
  Promise.resolve(closing).then(
    () => process.exit(0),
    () => process.exit(0),
  )
}

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

async function start({ scenario, listScenarios: _, ...options }: StartOptions): Promise<void> {
  starting = startLocal({ mode: 'dev', ...options })
  const local = await starting
  if (scenario !== undefined) await local.applyScenario(scenario)
  console.log(`\n  Jira (stand-in)      ${local.jiraUrl}/`)
  console.log(`  App and GitLab.com   ${local.appUrl}`)
  console.log(`  Self-managed GitLab  ${local.gitlabUrl}`)
  if (scenario !== undefined) console.log(`  Scenario             ${scenario}`)
  console.log('\n  Open the first address. Ctrl-C ends everything.\n')
  openBrowser(`${local.jiraUrl}/`)
}

function printScenarios(): void {
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  console.log(scenarios.map(({ name, sentence }) => `${name.padEnd(width)}  ${sentence}`).join('\n'))
}

try {
  const options = parseStartOptions(process.argv.slice(2), process.env)
  if (options.listScenarios) printScenarios()
  else await start(options)
} catch (error) {
  if (!stopping) fail(error)
}
