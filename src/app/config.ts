import { queryOptions } from '@tanstack/react-query'
import { array, optional, picklist, safeParse, strictObject, string, union } from 'valibot'

/** What differs per deployment. The page's files hold none of it. */
export interface DeploymentConfig {
  /** Client id for signing in to the instance that serves this page; asked from that instance where missing. */
  readonly clientId?: string | undefined
  /** What that instance is called; its host where missing. */
  readonly appName?: string | undefined
}

/** The deployment's `config.json` is not what README describes. */
class ConfigInvalidError extends Error {
  override readonly name = 'ConfigInvalidError'
  readonly code = 'config-invalid'
}

const configSchema = strictObject({
  clientId: optional(string()),
  appName: optional(string()),
  instances: optional(union([picklist(['none', 'any']), array(string())])),
  docs: optional(string()),
})

/**
 * The settings of this deployment, read once. A missing file means the defaults.
 * @throws {ConfigInvalidError} there is a file, but it is wrong
 */
export const configOptions = queryOptions({
  queryKey: ['config'],
  queryFn: async ({ signal }): Promise<DeploymentConfig> => {
    const url = new URL('./config.json', document.baseURI)
    const response = await fetch(url, { signal, cache: 'no-cache', credentials: 'omit' })
    if (response.status === 404) return {}
    const parsed = safeParse(configSchema, await response.json().catch(() => undefined))
    if (!response.ok || !parsed.success) throw new ConfigInvalidError('config.json is wrong.')
    return parsed.output
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})
