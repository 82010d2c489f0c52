import { queryOptions } from '@tanstack/react-query'
import {
  array,
  check,
  integer,
  maxValue,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  safeParse,
  strictObject,
  string,
  union,
} from 'valibot'
import { readJson } from '#src/gitlab/client/client.ts'
import { InvalidInstanceUrlError, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** The page goes on with the defaults meanwhile, and says so when this has passed. */
const REQUEST_TIMEOUT_MS = 10_000

/** What differs per deployment. The page's files hold none of it. */
export interface DeploymentConfig {
  /** Client id for signing in to the instance that serves this page; asked from that instance where missing. */
  readonly clientId?: string | undefined
  /** What that instance is called; its host where missing. */
  readonly appName?: string | undefined
  /** Which other instances may be chosen: none, any, or those with these addresses. */
  readonly instances?: 'none' | 'any' | readonly string[] | undefined
  /** Base of the links to documentation; GitLab's own where missing. */
  readonly docs?: string | undefined
  /** How many groups are linked or unlinked at once, from 1 to 16; 4 where missing. */
  readonly concurrency?: number | undefined
}

export type ConfigFailureCode = 'config-unreadable' | 'config-invalid'

/** The deployment's `config.json` cannot be read, or is not what docs/operators.md describes. */
class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code: ConfigFailureCode

  constructor(code: ConfigFailureCode, options?: ErrorOptions) {
    super('There is something wrong with config.json.', options)
    this.code = code
  }
}

const someText = pipe(string(), check(hasText))
const instance = pipe(string(), check(isInstanceUrl))
const link = pipe(string(), check(isLink))

const configSchema = strictObject({
  clientId: optional(someText),
  appName: optional(someText),
  instances: optional(union([picklist(['none', 'any']), array(instance)])),
  docs: optional(link),
  concurrency: optional(pipe(number(), integer(), minValue(1), maxValue(16))),
})

function hasText(text: string): boolean {
  return text.trim() !== ''
}

function isLink(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text)
}

function isInstanceUrl(text: string): boolean {
  try {
    return parseInstanceUrl(text) !== ''
  } catch (error) {
    if (error instanceof InvalidInstanceUrlError) return false
    throw error
  }
}

/**
 * The settings of this deployment, read once. A missing file means the defaults.
 * @throws {ConfigError} `config-unreadable`: no answer, or none within ten seconds; `config-invalid`: there is a file, but it is wrong
 */
export const configOptions = queryOptions({
  queryKey: ['config'],
  queryFn: async ({ signal }): Promise<DeploymentConfig> => {
    const url = new URL('./config.json', document.baseURI)
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
    let status: number
    let content: unknown
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, timeout]),
        cache: 'no-cache',
        credentials: 'omit',
      })
      status = response.status
      content = await readJson(response)
    } catch (cause) {
      throw new ConfigError('config-unreadable', { cause })
    }
    if (status === 404) return {}
    const parsed = safeParse(configSchema, content)
    if (status !== 200 || !parsed.success || Array.isArray(content)) throw new ConfigError('config-invalid')
    return parsed.output
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})
