import type { GitLab } from '../gitlab/create-gitlab.ts'
import type { GitLabSettings } from '../gitlab/settings.ts'
import type { Jira } from '../jira/create-jira.ts'
import type { JiraSettings } from '../jira/settings.ts'

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
  /** What GitLab's own page says, or what shows, and what the browser sees; undefined where nothing fails. */
  readonly symptom?: string
  /** The instance that is saved when the scenario begins: GitLab.com (`app`) or the self-managed one. */
  readonly instance: 'app' | 'gitlab'
  /** Text may contain `{app}` and `{gitlab}`, which stand for the URLs of the two. */
  readonly settings: ScenarioSettings
  /** Where the failure shows; where there is none, up to which point everything works. */
  readonly when: 'opening' | 'saving-instance' | 'signing-in' | 'searching' | 'linking' | 'unlinking'
  /** Code of the failure that the page must show; undefined: nothing fails. */
  readonly failure?: string
  /** GitLab's own words, which the page quotes; undefined where it says none, or the page cannot read them. */
  readonly gitlabSays?: string
  /** It takes a real browser to see it: no mock network restricts a page as a browser does. */
  readonly needsBrowser?: true
  /**
   * The failed steps of the connection check, by the code of their failure, when it is run in the state that `when`
   * leaves behind. Steps that need what failed are unchecked; all others pass. Undefined: no step fails.
   */
  readonly check?: Readonly<Partial<Record<CheckStep, string>>>
}

interface ScenarioSettings {
  readonly jira?: Partial<JiraSettings>
  readonly app?: Partial<GitLabSettings>
  readonly gitlab?: Partial<GitLabSettings>
}

/** Who takes part: what is set on them changes at once. */
interface Parties {
  readonly jira: Pick<Jira, 'settings'>
  readonly app: Pick<GitLab, 'settings' | 'publicUrl'>
  readonly gitlab: Pick<GitLab, 'settings' | 'publicUrl'>
}

/**
 * Sets what a scenario says. Data (links, tokens, sign-ins) stays as it is.
 * @returns a function that mends it: it puts back the settings that were there before, and again keeps the data
 */
export function applyScenarioSettings({ settings }: Scenario, parties: Parties): () => void {
  const urls = { app: parties.app.publicUrl, gitlab: parties.gitlab.publicUrl }
  const mends = [
    assign(parties.jira.settings, settings.jira, urls),
    assign(parties.app.settings, settings.app, urls),
    assign(parties.gitlab.settings, settings.gitlab, urls),
  ]
  return () => {
    for (const mend of mends) mend()
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
