import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import { createGitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { Jira } from '#mocks/jira/create-jira.ts'
import { createJira } from '#mocks/jira/create-jira.ts'
import type { Network } from '#mocks/network.ts'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { applyScenarioSettings } from '#mocks/scenarios/scenario.ts'

const JIRA_URL = 'http://jira.localhost:7000'
export const APP_URL = 'http://app.localhost:8000'
export const GITLAB_URL = 'http://gitlab.localhost:9000'
export const INSTALLATIONS = `${APP_URL}/-/jira_connect/installations`

const baseUrl = `${APP_URL}/-/jira_connect`
const descriptor = {
  key: 'gitlab-jira-connect-app.localhost',
  name: 'GitLab for Jira (app.localhost)',
  baseUrl,
  authentication: { type: 'jwt' },
  scopes: ['READ', 'WRITE', 'DELETE'],
  apiMigrations: { 'context-qsh': true, 'signed-install': true, gdpr: true },
  lifecycle: { installed: '/events/installed', uninstalled: '/events/uninstalled' },
  modules: {
    postInstallPage: {
      key: 'gitlab-configuration',
      name: { value: 'GitLab Configuration' },
      url: '/subscriptions',
    },
  },
}

interface Site {
  readonly jira: Jira
  readonly app: GitLab
  readonly gitlab: GitLab
  /** Starts anew, with the scenario's instance chosen, and applies it; returns what mends it. */
  begin(scenario: Scenario): Promise<() => void>
}

/** The stand-in for Jira, the instance that serves the app and a self-managed one, joined in memory. */
export function createSite(): Site {
  const network: Network = async (request) => {
    if (request.url === `${baseUrl}/app_descriptor.json`) return Response.json(descriptor)
    const to = [jira, app, gitlab].find(({ publicUrl }) => new URL(request.url).origin === publicUrl)
    if (!to) throw new TypeError('unreachable')
    return to.handle(request)
  }
  const common = {
    appUrl: APP_URL,
    network,
    installKeysUrl: `${JIRA_URL}/install-keys`,
    publicHosts: [APP_URL, GITLAB_URL].map((url) => new URL(url).host),
  }
  const app = createGitLab({ ...common, publicUrl: APP_URL })
  const gitlab = createGitLab({ ...common, publicUrl: GITLAB_URL })
  const jira = createJira({ publicUrl: JIRA_URL, appUrl: APP_URL, network })

  return {
    jira,
    app,
    gitlab,
    async begin(scenario) {
      for (const party of [jira, app, gitlab]) party.reset()
      await jira.install()
      if (scenario.instance === 'gitlab') {
        const installation = { instance_url: GITLAB_URL }
        const saved = await app.handle(
          new Request(INSTALLATIONS, {
            method: 'PUT',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ jwt: jira.contextToken(), installation }),
          }),
        )
        if (saved.status !== 200) throw new Error(`The instance was not saved: status ${saved.status}.`)
      }
      return applyScenarioSettings(scenario, { jira, app, gitlab })
    },
  }
}
