import { queryOptions } from '@tanstack/react-query'
import { safeParse } from 'valibot'
import { readBody } from '#src/http/read-body.ts'
import { requestConfig } from './config-request.ts'
import type { Deployment } from './deployment.ts'
import { defaultDeployment, deploymentSchema } from './deployment.ts'

export type ConfigFailureCode = 'config-unreadable' | 'config-invalid'

/** The deployment's `config.json` can't be read, or isn't what docs/operators.md describes. */
class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code: ConfigFailureCode

  constructor(code: ConfigFailureCode, options?: ErrorOptions) {
    super('There is something wrong with config.json.', options)
    this.code = code
  }
}

/**
 * The settings of this deployment, read once. A missing file means the defaults.
 * @throws {ConfigError} `config-unreadable`: no response, or none within ten seconds; `config-invalid`: there is a
 * file, but it is wrong
 */
export const configOptions = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => readConfig(requestConfig(signal)),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  // A request by `early.ts` that failed isn't repeated.
  retryOnMount: false,
})

/** The same, with a response that was asked for before. */
export function requestedConfigOptions(response: Promise<Response>) {
  return { ...configOptions, queryFn: () => readConfig(response) }
}

async function readConfig(arriving: Promise<Response>): Promise<Deployment> {
  let status: number
  let content: unknown
  try {
    const response = await arriving
    status = response.status
    content = (await readBody(response)).json
  } catch (cause) {
    throw new ConfigError('config-unreadable', { cause })
  }
  if (status === 404) return defaultDeployment
  if (status !== 200) throw new ConfigError('config-unreadable')
  const parsed = safeParse(deploymentSchema, content)
  // valibot takes an empty list for an object without fields.
  if (!parsed.success || Array.isArray(content)) throw new ConfigError('config-invalid')
  return parsed.output
}
