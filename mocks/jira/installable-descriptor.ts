// Whether Jira would install an app, as the mock Jira decides it when it reads a descriptor: Jira's own rules, reduced to
// what an installation depends on. `server/descriptor/published-schema.ts` validates our descriptor in full before it is
// served. The two are written independently, because a mock must not share our mistakes.
import * as v from 'valibot'

/** The parts of the descriptor that Jira uses once the app is installed. */
export interface InstalledApp {
  key: string
  /** No trailing slash. */
  baseUrl: string
  installedPath: string
  module: { key: string; name: string; path: string }
}

const path = v.pipe(v.string(), v.startsWith('/', 'must be a path from the base URL, starting with "/"'))

// Atlassian's own schema can only be fetched from the network. These are its top-level rules, and the migrations that the
// app needs, such as a signed `installed` event and a hash in every context token.
const descriptorSchema = v.object({
  key: v.pipe(
    v.string(),
    v.regex(/^[a-zA-Z0-9._-]+$/, 'may hold letters, digits, ".", "_" and "-" only'),
    v.maxLength(64, 'may be no longer than 64 characters'),
  ),
  name: v.pipe(v.string(), v.nonEmpty()),
  baseUrl: v.pipe(v.string(), v.url()),
  authentication: v.object({ type: v.literal('jwt') }),
  apiVersion: v.optional(v.number()),
  scopes: v.array(v.picklist(['READ', 'WRITE', 'DELETE', 'PROJECT_ADMIN', 'ADMIN', 'ACT_AS_USER'])),
  apiMigrations: v.object({
    'context-qsh': v.literal(true),
    'signed-install': v.literal(true),
    gdpr: v.literal(true),
  }),
  lifecycle: v.object({ installed: path, uninstalled: path }),
  modules: v.object({
    postInstallPage: v.object({
      key: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9-]+$/)),
      name: v.object({ value: v.pipe(v.string(), v.nonEmpty()) }),
      url: path,
    }),
  }),
})

/**
 * Validates a descriptor as Jira does before it installs an app.
 * @param descriptor the parsed JSON
 * @param appUrl where the descriptor was read; its `baseUrl` must have the same origin
 * @throws {Error} with the first field that Jira would refuse
 */
export function checkDescriptor(descriptor: unknown, appUrl: string): InstalledApp {
  const result = v.safeParse(descriptorSchema, descriptor)
  if (!result.success) {
    const [issue] = result.issues
    throw new Error(
      `Jira refuses the app's descriptor: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
    )
  }
  const { key, baseUrl, lifecycle, modules } = result.output
  if (new URL(baseUrl).origin !== new URL(appUrl).origin) {
    throw new Error(
      `Jira refuses the app's descriptor: baseUrl: ${baseUrl} is not on the app's origin ${appUrl}`,
    )
  }
  const page = modules.postInstallPage
  return {
    key,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    installedPath: lifecycle.installed,
    module: { key: page.key, name: page.name.value, path: page.url },
  }
}
