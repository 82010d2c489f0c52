// Whether Jira would accept the descriptor that we serve or print, checked in full and without a network before anything
// starts. `mocks/jira/installable-descriptor.ts` is how the mock Jira decides it; it must not use this one, because a mock
// must not share our mistakes.
import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv'
import * as v from 'valibot'

/** Atlassian publishes its module schemas in the package that its Forge tools validate manifests with. */
interface ManifestSchema {
  definitions: { ModuleSchema: { properties: Record<string, object> } }
}

const KEY = /^[a-zA-Z0-9._-]+$/
const path = v.pipe(v.string(), v.startsWith('/', 'must be a path that starts with "/"'))
const text = v.pipe(v.string(), v.nonEmpty('must not be empty'))
const yes = v.literal(true, 'must be true')

/** No package has a schema for the top level of a descriptor: these are Jira's rules, and what GitLab needs in addition. */
const topLevel = v.object({
  key: v.pipe(
    v.string(),
    v.regex(KEY, 'may hold letters, digits, ".", "_" and "-" only'),
    v.maxLength(64, 'may have no more than 64 characters'),
  ),
  name: text,
  description: v.optional(text),
  baseUrl: v.pipe(v.string(), v.url('must be a URL')),
  vendor: v.optional(v.object({ name: text, url: v.pipe(v.string(), v.url('must be a URL')) })),
  links: v.optional(v.record(v.string(), v.string())),
  authentication: v.object({ type: v.literal('jwt', 'must be "jwt"') }),
  apiVersion: v.optional(v.pipe(v.number(), v.integer())),
  scopes: v.array(
    v.picklist(
      ['READ', 'WRITE', 'DELETE', 'PROJECT_ADMIN', 'ADMIN', 'ACT_AS_USER'],
      'must be one of Jira’s scopes',
    ),
  ),
  apiMigrations: v.object({ 'context-qsh': yes, 'signed-install': yes, gdpr: yes }),
  lifecycle: v.object({ installed: path, uninstalled: path }),
  modules: v.record(v.string(), v.union([v.record(v.string(), v.unknown()), v.array(v.unknown())])),
})

/**
 * Validates the top level of a descriptor by Jira's rules, and its modules by Atlassian's published schema. That schema
 * accepts unknown properties and unknown names of conditions.
 * @returns one line for each problem, such as `key: may have …`; empty: none
 */
export function descriptorProblems(descriptor: unknown): string[] {
  const result = v.safeParse(topLevel, descriptor)
  if (!result.success) {
    return result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`)
  }
  return moduleProblems(result.output.modules)
}

function moduleProblems(modules: Record<string, unknown>): string[] {
  const schemas = moduleSchemas()
  const names = Object.keys(modules)
  const unknown = names.filter((name) => !schemas.has(name))
  const validate = compile(names.filter((name) => schemas.has(name)))
  // A descriptor can have a single module where the schema, which is for manifests, requires a list.
  const lists = Object.fromEntries(names.map((name) => [name, [modules[name]].flat()]))
  validate(lists)
  return [
    ...unknown.map((name) => `modules.${name}: Jira has no such module`),
    ...(validate.errors ?? []).map(
      ({ instancePath, message }) => `modules${instancePath.replaceAll('/', '.')}: ${message}`,
    ),
  ]
}

const require = createRequire(import.meta.url)
const PREFIX = 'connect-jira:'

function manifestSchema(): ManifestSchema {
  return require('@forge/manifest/schema.json')
}

function moduleSchemas(): Map<string, object> {
  const { properties } = manifestSchema().definitions.ModuleSchema
  return new Map(
    Object.entries(properties)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, schema]) => [name.slice(PREFIX.length), schema]),
  )
}

const compiled = new Map<string, ValidateFunction>()

/** Compiles only the schemas of these modules: all of them would take seconds. */
function compile(names: string[]): ValidateFunction {
  const known = compiled.get(names.join())
  if (known) return known
  // Loaded here so that servers without a descriptor of their own don't wait for it.
  const { Ajv }: typeof import('ajv') = require('ajv')
  const schemas = moduleSchemas()
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false })
  const validate = ajv.compile({
    definitions: manifestSchema().definitions,
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, schemas.get(name)])),
  })
  compiled.set(names.join(), validate)
  return validate
}
