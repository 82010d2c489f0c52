import { parseDocument, stringify } from 'yaml'
import type { Descriptor } from './descriptor.ts'

/** A placeholder that `forge register` replaces. */
const NO_APP_ID = 'ari:cloud:ecosystem::app/00000000-0000-0000-0000-000000000000'
const REMOTE = 'connect'

/**
 * A Forge manifest that wraps a Connect descriptor, because Jira no longer installs descriptors by URL. Jira then frames
 * the same page, with the same bridge and the same tokens.
 * @param appId from `forge register`
 * @see https://developer.atlassian.com/platform/adopting-forge-from-connect/how-to-adopt/
 */
function forgeManifest({ key, baseUrl, scopes, lifecycle, modules }: Descriptor, appId = NO_APP_ID) {
  return {
    app: {
      id: appId,
      runtime: { name: 'nodejs22.x' },
      connect: { key, remote: REMOTE, authentication: 'jwt' },
    },
    remotes: [{ key: REMOTE, baseUrl }],
    connectModules: {
      'jira:lifecycle': [{ key: 'lifecycle-events', ...lifecycle }],
      ...Object.fromEntries(Object.entries(modules).map(([name, module]) => [`jira:${name}`, [module]])),
    },
    permissions: { scopes: scopes.map((scope) => `${scope.toLowerCase()}:connect-jira`) },
  }
}

/**
 * The text of `manifest.yml`.
 * @param previous the current text of that file; its app ID is kept unless another one is given
 */
export function forgeManifestFile(
  descriptor: Descriptor,
  { appId, previous }: { appId?: string | undefined; previous?: string | undefined } = {},
): string {
  const manifest = forgeManifest(descriptor, appId ?? (previous && appIdOf(previous)))
  return `# Written by \`npm run forge:manifest\`, which keeps nothing of this file but app.id.\n${stringify(manifest)}`
}

function appIdOf(manifest: string): string | undefined {
  const id = parseDocument(manifest).getIn(['app', 'id'])
  return typeof id === 'string' ? id : undefined
}
