import { parseArgs } from 'node:util'
import { scenarioNamed } from '#mocks/scenarios.ts'
import type { LocalPorts } from './local.ts'
import { readPort } from './settings.ts'

export interface StartOptions {
  ports: LocalPorts
  instance: 'app' | 'gitlab'
  /** Relative URL root of the self-managed instance, such as `/gitlab`; empty: none. */
  gitlabPath: string
  /** Number of additional groups in each GitLab. */
  groups: number
  /** Number of additional linked groups. */
  linked: number
  /** Delay of every response of each GitLab. */
  latencyMs: number
  /** Name of the scenario to start with. */
  scenario?: string
  /** Only print the scenarios. */
  listScenarios: boolean
}

/** The environment variable that sets each port. */
export const PORT_SETTINGS = { jira: 'JIRA_PORT', app: 'APP_PORT', gitlab: 'GITLAB_PORT' } as const
const DEFAULT_PORTS: LocalPorts = { jira: 4700, app: 4701, gitlab: 4702 }

/**
 * Reads the command line and the environment of `npm start`.
 * @param args what follows `npm start --`
 * @throws {Error} with one line that names the invalid argument or setting
 */
export function parseStartOptions(args: string[], env: Record<string, string | undefined>): StartOptions {
  const options = parseArguments(args)
  const ports = {
    jira: portOf('jira', env),
    app: portOf('app', env),
    gitlab: portOf('gitlab', env),
  }
  const names = Object.keys(ports) as (keyof LocalPorts)[]
  const twin = names.find((name, index) =>
    names.slice(0, index).some((other) => ports[other] === ports[name]),
  )
  if (twin)
    throw new Error(
      `${PORT_SETTINGS[twin]} is ${ports[twin]}, a port that another server of this command takes.`,
    )
  return { ports, ...options }
}

function parseArguments(args: string[]): Omit<StartOptions, 'ports'> {
  const values = valuesOf(args)
  const { instance, 'gitlab-path': gitlabPath, scenario, 'list-scenarios': listScenarios } = values
  if (instance !== 'app' && instance !== 'gitlab') {
    throw new Error(`--instance must be "app" or "gitlab", not "${instance}".`)
  }
  if (!/^(\/[\w.-]+)*$/.test(gitlabPath)) {
    throw new Error(`--gitlab-path must be a path such as "/gitlab", not "${gitlabPath}".`)
  }
  if (scenario !== undefined) scenarioNamed(scenario)
  const groups = wholeNumber('--groups', values.groups, 1_000_000)
  const linked = wholeNumber('--linked', values.linked, 100_000)
  const latencyMs = wholeNumber('--latency', values.latency, 60_000)
  return {
    instance,
    gitlabPath,
    groups,
    linked,
    latencyMs,
    listScenarios,
    ...(scenario !== undefined && { scenario }),
  }
}

function valuesOf(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        instance: { type: 'string', default: 'app' },
        'gitlab-path': { type: 'string', default: '' },
        groups: { type: 'string', default: '0' },
        linked: { type: 'string', default: '0' },
        latency: { type: 'string', default: '0' },
        scenario: { type: 'string' },
        'list-scenarios': { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    // The rest of Node's message is advice about "--" that doesn't apply here.
    throw new Error(String(error instanceof Error ? error.message : error).split('. ')[0])
  }
}

function wholeNumber(name: string, value: string, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= most)) throw new Error(`${name} must be a number from 0 to ${most}, not "${value}".`)
  return number
}

function portOf(server: keyof LocalPorts, env: Record<string, string | undefined>): number {
  const setting = PORT_SETTINGS[server]
  return readPort(setting, env[setting], DEFAULT_PORTS[server])
}
