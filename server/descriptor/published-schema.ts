import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv'
import * as v from 'valibot'

/** The module schemas that Atlassian publishes, in the package by which its Forge tools check manifests. */
interface ManifestSchema {
  definitions: { ModuleSchema: { properties: Record<string, object> } }
}

const KEY = /^[a-zA-Z0-9._-]+$/
const path = v.pipe(v.string(), v.startsWith('/', 'must be a path that starts with "/"'))
const text = v.pipe(v.string(), v.nonEmpty('must not be empty'))
const yes = v.literal(true, 'must be true')

/** Atlassian publishes no schema of the top level in any package: its rules, and what GitLab needs beyond them. */
const topLevel = v.object({
  key: v.pipe(
    v.string(),
    v.regex(KEY, 'may hold letters, digits, ".", "_" and "-" only'),
    v.maxLength(64, 'may have no more than 64 characters'),
  ),
  name: text,
  description: v.optional(text),
  baseUrl: v.pipe(v.string(), v.url('must be an address')),
  vendor: v.optional(v.object({ name: text, url: v.pipe(v.string(), v.url('must be an address')) })),
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
 * Checks a descriptor without a network: its top level by Jira's rules, its modules by Atlassian's published schema.
 * That schema lets unknown properties and unknown names of conditions pass.
 * @returns one line for each thing that Jira would refuse, such as `key: may have …`; empty: none
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
  // A descriptor may hold one module where the schema, made for manifests, wants a list.
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

/** Only what the descriptor uses: the whole schema would take seconds to compile. */
function compile(names: string[]): ValidateFunction {
  const known = compiled.get(names.join())
  if (known) return known
  // Loaded here, so that a page served without a descriptor of ours does not wait for it.
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
