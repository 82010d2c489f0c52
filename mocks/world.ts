import type { GitLab } from './gitlab/create-gitlab.ts'
import { createGitLab } from './gitlab/create-gitlab.ts'
import type { GitLabSettings } from './gitlab/settings.ts'
import type { Jira } from './jira/create-jira.ts'
import { createJira } from './jira/create-jira.ts'
import type { Network } from './network.ts'
import { memoryNetwork } from './network.ts'
import { addScenarioGroups, applyScenarioSettings } from './scenarios/scenario.ts'
import { scenarioNamed, scenarios } from './scenarios.ts'

/** What the page and the mock itself call the GitLab that serves the app. */
export const APP_NAME = 'GitLab.com'

/** Public URLs, without trailing slash. */
interface WorldUrls {
  jiraUrl: string
  appUrl: string
  /** Can have a relative URL root such as `/gitlab`. */
  gitlabUrl: string
}

interface GitLabsOptions extends WorldUrls {
  network: Network
  /** Initial settings that differ from those of a correctly configured instance. */
  settings?: { app?: Partial<GitLabSettings>; gitlab?: Partial<GitLabSettings> }
  /** Milliseconds since the epoch. */
  now?: () => number
}

export interface WorldOptions extends Omit<GitLabsOptions, 'network'> {
  /** How the three reach each other; default: in memory. */
  network?: Network
  /** The instance that the Jira site uses after a reset; default `app`. */
  instance?: 'app' | 'gitlab'
}

/** One Jira site and the two GitLab instances it can choose from. */
export interface MockWorld {
  readonly jira: Jira
  /** The GitLab that serves the app; plays GitLab.com. */
  readonly app: GitLab
  /** A self-managed instance. */
  readonly gitlab: GitLab
  /**
   * Saves the instance of the Jira site, as the page does for an administrator.
   * @throws {Error} when the app host refuses
   */
  presetInstance(which: 'app' | 'gitlab'): Promise<void>
  /** Restores initial data and settings, installs the app and presets the initial instance. */
  reset(): Promise<void>
  /**
   * Resets everything, presets the scenario's instance, and then applies its settings. Calls run one after the other.
   * @throws {Error} with one line when there is no scenario of that name
   */
  applyScenario(name: string): Promise<void>
  /** Puts back the settings that the scenario changed. All data is kept: links, sign-ins, what is on the page. */
  mend(): void
}

/**
 * The local world of `npm start`, of the scenarios and of the page's tests. The app is not installed before the first
 * `reset()`. Who listens on which port, and who serves the page, is up to the caller.
 */
export function createWorld({ instance = 'app', ...options }: WorldOptions): MockWorld {
  const { jiraUrl, appUrl, gitlabUrl } = options
  const network = options.network ?? memoryNetwork(() => [jira, app, gitlab])
  const { app, gitlab } = createGitLabs({ ...options, network })
  const jira = createJira({
    publicUrl: jiraUrl,
    appUrl,
    gitlabUrl,
    network,
    onReset: reset,
    scenarios: {
      all: scenarios,
      current: () => current?.name ?? null,
      choose: (name) => (name === null ? reset() : applyScenario(name)),
      mend,
    },
    ...(options.now && { now: options.now }),
  })

  let current: { readonly name: string; readonly mend: () => void } | undefined
  let changes: Promise<void> = Promise.resolve()

  /** Two resets at once would install the app twice and mix up their settings. */
  function oneAtATime(change: () => Promise<void>): Promise<void> {
    const done = changes.then(change)
    changes = done.catch(() => undefined)
    return done
  }

  async function startOver(which: 'app' | 'gitlab'): Promise<void> {
    current = undefined
    // An event still on its way from one to the other would arrive after the reset.
    await Promise.all([app.idle(), gitlab.idle()])
    for (const party of [jira, app, gitlab]) party.reset()
    await jira.install()
    if (which === 'gitlab') await presetInstance('gitlab')
  }

  async function presetInstance(which: 'app' | 'gitlab'): Promise<void> {
    const response = await network(
      new Request(`${appUrl}/-/jira_connect/installations`, {
        method: 'PUT',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify({
          jwt: jira.contextToken(),
          installation: { instance_url: which === 'gitlab' ? gitlabUrl : null },
        }),
      }),
    )
    if (!response.ok) {
      throw new Error(`The instance was not saved: HTTP ${response.status}: ${await response.text()}`)
    }
  }

  function reset(): Promise<void> {
    return oneAtATime(() => startOver(instance))
  }

  async function applyScenario(name: string): Promise<void> {
    const scenario = scenarioNamed(name)
    await oneAtATime(async () => {
      await startOver(scenario.instance)
      addScenarioGroups(scenario, { app, gitlab })
      current = { name, mend: applyScenarioSettings(scenario, { jira, app, gitlab }) }
    })
  }

  function mend(): void {
    current?.mend()
    current = undefined
  }

  return { jira, app, gitlab, presetInstance, reset, applyScenario, mend }
}

/** The two instances alone, for tests that play Jira themselves. */
export function createGitLabs({ jiraUrl, appUrl, gitlabUrl, network, settings, now }: GitLabsOptions) {
  const common = {
    appUrl,
    network,
    installKeysUrl: installKeysUrl(jiraUrl),
    publicHosts: hostsOf(jiraUrl, appUrl, gitlabUrl),
    ...(now && { now }),
  }
  return {
    app: createGitLab({ ...common, name: APP_NAME, publicUrl: appUrl, settings: settings?.app ?? {} }),
    gitlab: createGitLab({ ...common, publicUrl: gitlabUrl, settings: settings?.gitlab ?? {} }),
  }
}

export interface SiteOptions {
  jiraUrl: string
  /** The URL by which Jira and browsers know the app. */
  appUrl: string
  /** The URL that this GitLab takes for its own; default `appUrl`. */
  gitlabUrl?: string
  network: Network
  settings?: Partial<GitLabSettings>
}

/** One Jira site and one GitLab, which serves the app; nothing is installed yet. */
export function createSite({ jiraUrl, appUrl, gitlabUrl = appUrl, network, settings = {} }: SiteOptions) {
  const gitlab = createGitLab({
    publicUrl: gitlabUrl,
    appUrl: gitlabUrl,
    network,
    installKeysUrl: installKeysUrl(jiraUrl),
    publicHosts: hostsOf(jiraUrl, appUrl, gitlabUrl),
    settings,
  })
  return { gitlab, jira: createJira({ publicUrl: jiraUrl, appUrl, network }) }
}

const installKeysUrl = (jiraUrl: string) => `${jiraUrl}/install-keys`

/** All hosts of the world count as public: they are local, so GitLab would block them as instance URLs. */
const hostsOf = (...urls: string[]) => urls.map((url) => new URL(url).host)
