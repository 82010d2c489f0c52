import { afterAll, beforeAll, expect, test } from 'vitest'
import { mockNetwork } from './node.ts'
import { applyScenarioSettings, CHECK_STEPS } from './scenarios/scenario.ts'
import { walk } from './scenarios/testing/walk.ts'
import { scenarioNamed, scenarios } from './scenarios.ts'
import { createWorld } from './world.ts'

/** What the page sees over HTTP, by the failure that it must show. */
const OBSTACLES: Record<string, RegExp> = {
  'jira-silent': /^context token: silent/,
  'jira-refused': /^context token: rejects/,
  'context-token-refused': /^(403: $|401: .*JWT authentication failed)/,
  'gitlab-broken': /^50[023]: /,
  'answer-unexpected': /^no JSON: <!doctype html>/,
  'instance-url-invalid': /^address our GitLab$/,
  'gitlab-unreachable': /^opaque/,
  'cors-refused': /^opaque: (?!\/oauth\/)/,
  'application-id-missing': /^404: $/,
  'gitlab-too-slow': /^too late$/,
  'too-many-requests': /^429: (Retry later\n|\{"message":\{"error":)/,
  'installation-refused': /^422: .*Error response code 401"/,
  'installation-blocked': /^422: .*Error response code (403|404|422|503)"/,
  'installation-unreachable': /^422: .*Network error"/,
  'instance-url-refused': /^422: \{"errors":\{"instance_url":\["is blocked: /,
  'jira-user-not-administrator':
    /^403: (.*The Jira user (is not a site (or organization )?administrator|must be in one of these Jira groups)|\{"error":"[Ff]orbidden"\})/,
  'popup-closed': /^window stays: (An error has occurred|Redirecting…|Welcome)$/,
  'client-refused': /^401: \{"error":"invalid_client"/,
  'token-endpoint-unreachable': /^(opaque: \/oauth\/token$|401: \{"error":"invalid_token")/,
  'token-request-failed': /^400: \{"error":"invalid_grant"/,
  'token-endpoint-busy': /^503: \{"error":"temporarily_unavailable"/,
  'access-token-missing': /^401: \{"message":"401 Unauthorized"\}$/,
  'gitlab-account-refused': /^403: .*Your account has been blocked/,
  'session-expired': /^401: \{("error":"invalid_token"|"message":"401 Unauthorized")/,
  'scope-missing': /^403: \{"error":"insufficient_scope"/,
  'jira-user-unreadable': /^403: .*Could not fetch user information from Jira/,
  'group-not-linkable':
    /^(401: .*(Cannot find|Invalid) namespace|403: .*permission to link|404: .*Namespace not found)/,
  'gitlab-read-only': /^403: .*read-only instance/,
  'refused-in-front': /^403: <html>/,
  redirected: /^(301|302|opaque)/,
  'not-found': /^404: \{"error":"404 Not Found"\}$/,
}
/** Refusals that aren't failures, because the result is the wanted one. */
const HARMLESS: Record<string, RegExp> = {
  'linked-meanwhile': /^422: .*already been added/,
  'unlinked-meanwhile': /^404: $/,
  'no-group-to-link': /^nothing$/,
}
/** Not visible over HTTP: one is only slow, the other is about windows. */
const BEYOND_HTTP = ['jira-late', 'popup-blocked']

const APP_URL = 'http://app.localhost:8000'
const GITLAB_URL = 'http://gitlab.localhost:9000'
const world = createWorld({ jiraUrl: 'http://jira.localhost:7000', appUrl: APP_URL, gitlabUrl: GITLAB_URL })
const network = mockNetwork(APP_URL, [
  { origin: APP_URL, handle: (request) => world.app.handle(request) },
  { origin: GITLAB_URL, handle: (request) => world.gitlab.handle(request) },
])
beforeAll(() => network.listen())
afterAll(() => network.close())

test('names are unique and in kebab-case, and sentences are sentences', () => {
  expect(scenarios[0]?.name).toBe('healthy')
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
  expect(new Set(scenarios.map(({ sentence }) => sentence)).size).toBe(scenarios.length)
  for (const { name, sentence } of scenarios) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(sentence).toMatch(/^[A-Z][^\n]*[^.\n]\.$/)
  }
})

test('every scenario is plain data', () => {
  for (const scenario of scenarios) {
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario)
    for (const step of Object.keys(scenario.check ?? {})) expect(CHECK_STEPS).toContain(step)
  }
})

test('an unknown name is refused in one line', () => {
  expect(() => scenarioNamed('nothing-like-it')).toThrow(/^There is no scenario "nothing-like-it"; .*$/)
})

test.each(scenarios.filter(({ name, needsBrowser }) => !needsBrowser && !BEYOND_HTTP.includes(name)))(
  '$name: the responses match its failure, and without the scenario the same requests work',
  async (scenario) => {
    await world.applyScenario(scenario.name)
    const expected = HARMLESS[scenario.name] ?? OBSTACLES[scenario.failure ?? ''] ?? /^nothing$/
    if (scenario.failure) expect(OBSTACLES).toHaveProperty(scenario.failure)
    expect(await walk(world, scenario)).toMatch(expected)
    world.mend()
    expect(await walk(world, scenario)).toBe('nothing')
  },
)

test('ending a scenario, or starting another one, restores all settings', async () => {
  await world.reset()
  const healthy = settings()
  for (const scenario of scenarios) {
    const mend = applyScenarioSettings(scenario, world)
    if (Object.keys(scenario.settings).length > 0) expect(settings(), scenario.name).not.toEqual(healthy)
    mend()
    expect(settings(), scenario.name).toEqual(healthy)
    applyScenarioSettings(scenario, world)
    for (const party of [world.jira, world.app, world.gitlab]) party.reset()
    expect(settings(), scenario.name).toEqual(healthy)
  }
})

test('saving the instance again replaces its old secret', async () => {
  await world.applyScenario('stale-secret')
  const list = () => {
    const url = `${GITLAB_URL}/-/jira_connect/subscriptions.json?jwt=${world.jira.contextToken()}`
    return world.gitlab.handle(new Request(url))
  }
  expect((await list()).status).toBe(403)
  await walk(world, { ...scenarioNamed('healthy'), when: 'saving-instance' })
  expect((await list()).status).toBe(200)
})

function settings() {
  return structuredClone([world.jira, world.app, world.gitlab].map((party) => party.settings))
}
