import { parseArgs } from 'node:util'
import { readAppUrl, readSettings, readUrl, SettingsError } from '#server/settings.ts'
import type { Descriptor } from './descriptor.ts'
import { appBaseUrl, appDescriptor } from './descriptor.ts'
import { descriptorProblems } from './published-schema.ts'

const FORGE_APP_ID = /^ari:cloud:ecosystem::app\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads the arguments of `npm run descriptor` and `npm run forge:manifest`.
 * @param args what follows `--`
 * @returns the validated descriptor; `appId` if the command accepts it and it was given
 * @throws {SettingsError} with one line for each invalid argument
 */
export function parseDescriptorOptions(
  args: string[],
  { takesAppId = false } = {},
): { descriptor: Descriptor; appId?: string } {
  const values = valuesOf(args, takesAppId)
  const { appUrl, gitlabUrl, appId } = readSettings({
    appUrl: () => {
      if (!values['app-url'])
        throw new Error('--app-url is missing: the URL that Jira knows, such as https://dev.example.com.')
      return readAppUrl('--app-url', values['app-url'])
    },
    gitlabUrl: () => (values['gitlab-url'] ? readUrl('--gitlab-url', values['gitlab-url']) : undefined),
    appId: () => {
      const id = values['app-id']
      if (id && !FORGE_APP_ID.test(id))
        throw new Error(
          `--app-id must be as "forge register" prints it, ari:cloud:ecosystem::app/…, not "${id}".`,
        )
      return id
    },
  })
  const descriptor = appDescriptor({
    baseUrl: appBaseUrl(appUrl),
    gitlabHost: new URL(gitlabUrl ?? appUrl).hostname,
  })
  const problems = descriptorProblems(descriptor)
  if (problems.length > 0)
    throw new SettingsError(problems.map((problem) => `Jira would refuse the descriptor: ${problem}.`))
  return { descriptor, ...(appId && { appId }) }
}

function valuesOf(args: string[], takesAppId: boolean) {
  const string = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args,
      options: { 'app-url': string, 'gitlab-url': string, 'app-id': string },
    })
    if (!takesAppId && values['app-id'] !== undefined) throw new Error("Unknown option '--app-id'")
    return values
  } catch (error) {
    // The rest of Node's message is advice about "--" that doesn't apply here.
    throw new SettingsError([String(error instanceof Error ? error.message : error).split('. ')[0] ?? ''])
  }
}
