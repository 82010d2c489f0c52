import { object, string } from 'valibot'
import type { AuthorizedFetch } from '#src/gitlab/client/client.ts'
import { requestGitLab } from '#src/gitlab/client/client.ts'
import { plainText } from '#src/gitlab/client/plain-text.ts'
import type { InstanceUrl } from './instance-url.ts'
import { endpoint } from './instance-url.ts'

/** The first version with which the app works on a self-managed instance. */
const OLDEST = [15, 7] as const

const versionSchema = object({ version: string() })

/**
 * @returns the instance's version, such as `17.11.2-ee`. GitLab gives it to signed-in users only.
 * @throws what {@link requestGitLab} throws
 * @see https://docs.gitlab.com/api/version/
 */
export async function readVersion(
  instance: InstanceUrl,
  authorizedFetch: AuthorizedFetch,
  signal?: AbortSignal,
): Promise<string> {
  const { data } = await requestGitLab(endpoint(instance, '/api/v4/version'), {
    schema: versionSchema,
    send: authorizedFetch,
    signal,
  })
  return plainText(data.version)
}

/** @returns whether the app works with that version; true if it can't be parsed */
export function isSupportedVersion(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (Number.isNaN(major) || Number.isNaN(minor)) return true
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
