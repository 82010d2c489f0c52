import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { GitLabSettings } from '#mocks/gitlab/settings.ts'
import { OWNER } from '#mocks/gitlab/world/group-directory.ts'
import type { Jira } from '#mocks/jira/create-jira.ts'
import type { JiraSettings } from '#mocks/jira/settings.ts'

/** The steps of the page's connection check, in their order. */
export const CHECK_STEPS = [
  'bridge',
  'app',
  'reachable',
  'cors',
  'application-id',
  'sign-in',
  'user',
  'version',
  'groups',
  'list',
  'jira-user',
] as const

type CheckStep = (typeof CHECK_STEPS)[number]

/**
 * One thing that an administrator meets, most often a misconfiguration. Plain data.
 *
 * A new scenario goes into the file of its stage (`when`) in this folder. Besides that:
 * - A failure code that no scenario had before needs an entry in `OBSTACLES` (`mocks/scenarios.test.ts`): what the
 *   browser sees over HTTP. One that HTTP alone can't show goes into `BEYOND_HTTP` there.
 * - With `needsBrowser` it needs a journey in `e2e/scenarios.spec.ts`, a test titled `<name>: …`.
 * - `npm run docs:scenarios` writes it into `docs/scenarios.md`; a test fails until then.
 */
export interface Scenario {
  /** Kebab-case. */
  readonly name: string
  /** One sentence for people. */
  readonly sentence: string
  /** The instance that is saved when the scenario begins: GitLab.com (`app`) or the self-managed one. */
  readonly instance: 'app' | 'gitlab'
  /** Text may contain `{app}` and `{gitlab}`, which stand for the URLs of the two. */
  readonly settings: ScenarioSettings
  /** Groups that the instance has in addition, parents before their subgroups; they stay when the scenario is fixed. */
  readonly groups?: readonly ScenarioGroup[]
  /** The stage in which the failure shows; without a failure, the stage up to which everything works. */
  readonly when: 'opening' | 'saving-instance' | 'signing-in' | 'searching' | 'linking' | 'unlinking'
  /** Code of the failure that the page must show; undefined: nothing fails. */
  readonly failure?: string
  /** Which of the situations with that code it is, as the page finds out; undefined: the code says it all. */
  readonly clue?: string
  /** GitLab's own words, which the page quotes; undefined if there are none, or the page can't read them. */
  readonly gitlabSays?: string
  /** Only a real browser shows it: the mock network doesn't restrict a page as a browser does. */
  readonly needsBrowser?: true
  /**
   * The steps of the connection check that fail after the stage of `when`, and their failure codes. Steps that depend on
   * a failed one are unchecked; all others pass. Undefined: no step fails.
   */
  readonly check?: Readonly<Partial<Record<CheckStep, string>>>
}

interface ScenarioGroup {
  /** Its parent exists, in the mock's data or earlier in the list. */
  readonly fullPath: string
  /** When GitLab deletes it for good, such as `2026-12-24`; undefined for most groups. */
  readonly markedForDeletionOn?: string
}

interface ScenarioSettings {
  readonly jira?: Partial<JiraSettings>
  readonly app?: Partial<GitLabSettings>
  readonly gitlab?: Partial<GitLabSettings>
}

/** Changes of their settings take effect immediately. */
interface Parties {
  readonly jira: Pick<Jira, 'settings'>
  readonly app: Pick<GitLab, 'settings' | 'publicUrl'>
  readonly gitlab: Pick<GitLab, 'settings' | 'publicUrl'>
}

/**
 * Applies the settings of a scenario. Data (links, tokens, sign-ins) doesn't change.
 * @returns a function that restores the previous settings, also without changing data
 */
export function applyScenarioSettings({ settings }: Scenario, parties: Parties): () => void {
  const urls = { app: parties.app.publicUrl, gitlab: parties.gitlab.publicUrl }
  const restores = [
    assign(parties.jira.settings, settings.jira, urls),
    assign(parties.app.settings, settings.app, urls),
    assign(parties.gitlab.settings, settings.gitlab, urls),
  ]
  return () => {
    for (const restore of restores) restore()
  }
}

/**
 * Adds the scenario's groups to its instance; Amira owns those without a parent, and so all below.
 * @throws {Error} a group exists already, or its parent doesn't
 */
export function addScenarioGroups(
  { instance, groups = [] }: Scenario,
  gitlabs: Readonly<Record<'app' | 'gitlab', Pick<GitLab, 'store'>>>,
): void {
  const directory = gitlabs[instance].store.groups
  for (const { fullPath, ...more } of groups) {
    const [path = '', ...parents] = fullPath.split('/').reverse()
    const parent = directory.findByFullPath(parents.reverse().join('/'))
    if (!parent && parents.length > 0) throw new Error(`The group ${fullPath} has no parent.`)
    const added = directory.add({
      ...more,
      parentId: parent?.id ?? null,
      name: path,
      path,
      description: '',
      visibility: 'private',
      hasAvatar: false,
      createdAt: Date.now(),
    })
    if (!parent) directory.setMember('amira', added.id, OWNER)
  }
}

function assign<Settings extends object>(
  target: Settings,
  changes: Partial<Settings> = {},
  urls: Record<'app' | 'gitlab', string>,
): () => void {
  const names = Object.keys(changes) as (keyof Settings)[]
  const before = names.map((name) => [name, target[name]] as const)
  Object.assign(target, withUrls(changes, urls))
  return () => {
    for (const [name, value] of before) target[name] = value
  }
}

function withUrls<Data>(data: Data, urls: Record<'app' | 'gitlab', string>): Data {
  return JSON.parse(JSON.stringify(data), (_name, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll('{app}', urls.app).replaceAll('{gitlab}', urls.gitlab)
      : value,
  )
}
