import * as v from 'valibot'
import type { Network } from '#mocks/network.ts'
import { reasonOf } from '#server/gitlab-proxy.ts'
import { appBaseUrl } from './descriptor.ts'

const descriptorSchema = v.looseObject({ key: v.string(), baseUrl: v.string() })

/**
 * The descriptor that a GitLab serves, with another base URL: its key, names and modules are the ones that this GitLab
 * relies on.
 * @param appUrl replaces the GitLab's own URL; no trailing slash
 * @returns undefined if the GitLab doesn't serve one
 * @throws {Error} with one line when the GitLab can't be reached
 */
export async function servedDescriptor(
  gitlabUrl: string,
  appUrl: string,
  network: Network,
): Promise<object | undefined> {
  const url = `${appBaseUrl(gitlabUrl)}/app_descriptor.json`
  let response: Response
  try {
    response = await network(new Request(url, { headers: { accept: 'application/json' } }))
  } catch (error) {
    throw new Error(`GITLAB_URL can't be reached at ${gitlabUrl}: ${reasonOf(error)}.`)
  }
  if (response.status !== 200) return undefined
  const parsed = v.safeParse(descriptorSchema, await response.json().catch(() => undefined))
  if (!parsed.success) return undefined
  const { baseUrl } = parsed.output
  return replaceStart(parsed.output, baseUrl.replace(/\/+$/, ''), appBaseUrl(appUrl)) as object
}

/** Replaces the start of every string in a JSON value, if it is followed by a path, a query or nothing. */
function replaceStart(value: unknown, start: string, replacement: string): unknown {
  if (typeof value === 'string') {
    const rest = value.startsWith(start) ? value.slice(start.length) : undefined
    return rest !== undefined && /^([/?]|$)/.test(rest) ? replacement + rest : value
  }
  if (Array.isArray(value)) return value.map((item) => replaceStart(item, start, replacement))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, replaceStart(item, start, replacement)]),
    )
  }
  return value
}
