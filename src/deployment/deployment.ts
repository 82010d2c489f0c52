import type { InferOutput } from 'valibot'
import {
  array,
  check,
  integer,
  maxValue,
  minValue,
  number,
  optional,
  parse,
  picklist,
  pipe,
  rawTransform,
  strictObject,
  string,
  transform,
  union,
} from 'valibot'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { displayName, InvalidInstanceUrlError, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'

const name = pipe(string(), check(hasText))
const httpUrl = pipe(string(), check(isHttpUrl))
const instanceUrl = pipe(
  string(),
  rawTransform<string, InstanceUrl>(({ dataset, addIssue, NEVER }) => {
    try {
      return parseInstanceUrl(dataset.value)
    } catch (error) {
      if (!(error instanceof InvalidInstanceUrlError)) throw error
      addIssue()
      return NEVER
    }
  }),
  // A policy can't name hosts like these: IPv6 addresses, and names with a dot at the end.
  check((url) => !/\[|\.(:|$)/.test(new URL(url).host)),
)

/**
 * What `config.json` may hold, and the values that the page makes of it. The page's own files are the same for every
 * deployment; everything that differs between deployments is in this file.
 *
 * To add a field, add it here with its default, and to the table in docs/operators.md. Type, validation and the value
 * for a missing file follow from this schema. `server/local.ts` and `src/testing/world.ts` write a file of their own;
 * they change only if the local world or the tests need another value than the default.
 */
export const deploymentSchema = strictObject({
  /** Client ID for signing in to the instance that serves this page. If missing, that instance is asked for it. */
  clientId: optional(name),
  /** Name of that instance. If missing, its host. */
  appName: optional(name),
  /** Which other instances administrators may choose: none, any, or these. */
  instances: optional(union([picklist(['none', 'any']), array(instanceUrl)]), 'none'),
  /** Base of the links to documentation, without a slash at the end. */
  docs: optional(pipe(httpUrl, transform(withoutTrailingSlashes)), 'https://docs.gitlab.com'),
  /** How many groups are linked or unlinked at once. */
  concurrency: optional(pipe(number(), integer(), minValue(1), maxValue(16)), 4),
})

/** What differs per deployment, as the page uses it. */
export type Deployment = InferOutput<typeof deploymentSchema>

/** The deployment without a `config.json`. */
export const defaultDeployment: Deployment = parse(deploymentSchema, {})

function hasText(text: string): boolean {
  return text.trim() !== ''
}

function isHttpUrl(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text)
}

function withoutTrailingSlashes(url: string): string {
  return url.replace(/\/+$/, '')
}

/** @returns the client ID that the deployment sets for an instance; undefined if the instance has to be asked */
export function knownClientIdOf(
  instance: InstanceUrl,
  app: InstanceUrl,
  deployment: Deployment,
): string | undefined {
  return instance === app ? deployment.clientId : undefined
}

/** @returns the name of the instance that serves this page */
export function appNameOf(app: InstanceUrl, deployment: Deployment): string {
  return deployment.appName ?? (displayName(app) === 'gitlab.com' ? 'GitLab.com' : displayName(app))
}
