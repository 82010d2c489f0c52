import { expect, onTestFinished, test, vi } from 'vitest'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { applyScenarioSettings } from '#mocks/scenarios/scenario.ts'
import { scenarioNamed, scenarios } from '#mocks/scenarios.ts'
import { createSession } from '#src/account/session.ts'
import { defaultDeployment } from '#src/deployment/deployment.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { JiraBridgeError } from '#src/jira/errors.ts'
import type { Verdicts } from '#src/pages/connection-check/check-details.ts'
import { checkDetails } from '#src/pages/connection-check/check-details.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import { mockGitLabPopup } from '#src/testing/gitlab-window.ts'
import { expectNoSecret } from '#src/testing/secrets.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import type { TestWorld } from '#src/testing/world.ts'
import { APP_URL, GITLAB_URL, startWorld } from '#src/testing/world.ts'
import type { CheckStep } from './connection-check.ts'
import { CHECK_STEPS, checkConnection } from './connection-check.ts'

const app = parseInstanceUrl(APP_URL)
const gitlabUrl = parseInstanceUrl(GITLAB_URL)

/** Two have time limits of ten and thirty seconds; in the third, Jira takes five seconds for a token. */
const SLOW = ['jira-silent', 'list-slow', 'jira-late']

const checkable = scenarios.filter(({ name, needsBrowser }) => !needsBrowser && !SLOW.includes(name))

test.each(checkable)(
  '$name: the check fails at the scenario’s step, and its text for a support ticket says so without a secret',
  async (scenario) => {
    const { verdicts, world } = await checkIn(scenario)
    expect(Object.keys(verdicts)).toEqual(CHECK_STEPS)
    expect(failedSteps(verdicts)).toEqual(scenario.check ?? {})
    const text = checkDetails(verdicts, factsAbout(gitlabUrl, app, defaultDeployment), 'app.localhost')
    for (const code of Object.values(scenario.check ?? {}))
      expect(text).toMatch(new RegExp(`Code: ${code}( \\([a-z-]+\\))?\n`))
    expect(text).toContain('build test')
    expectNoSecret(text, world)
  },
)

test('lists in the text for a support ticket every request with the status of its response', async () => {
  const { verdicts, world } = await checkIn(scenarioNamed('groups-limited'))
  const lines = checkDetails(verdicts, factsAbout(gitlabUrl, app, defaultDeployment), 'app.localhost').split(
    '\n',
  )
  const asked = lines.flatMap(
    (line) =>
      /^ {2}([A-Z]+ \S+): (status \d+|no readable answer) after \d+ ms, at 20/
        .exec(line)
        ?.slice(1)
        .join(' ') ?? [],
  )
  expect(asked).toEqual([
    `GET ${APP_URL}/-/jira_connect/installations status 200`,
    `GET ${GITLAB_URL}/-/jira_connect/oauth_application_id status 200`,
    `GET ${GITLAB_URL}/api/v4/version status 200`,
    `GET ${GITLAB_URL}/api/v4/user status 200`,
    `GET ${GITLAB_URL}/api/v4/version status 200`,
    `GET ${GITLAB_URL}/api/v4/groups status 429`,
    `GET ${GITLAB_URL}/-/jira_connect/subscriptions.json status 200`,
    `POST ${GITLAB_URL}/api/v4/integrations/jira_connect/subscriptions status 404`,
  ])
  expect(
    lines.filter((line) => line.includes('/api/')).every((line) => /request id [\w-]{36}$/.test(line)),
  ).toBe(true)
  expect(world.gitlab.settings.dialect, 'older builds show no request id').toBe('newest')
})

test('passes every step for a signed-in user, and reports what it found', async () => {
  const { verdicts, world } = await checkIn(scenarioNamed('healthy'))
  expect(Object.values(verdicts).map(({ status }) => status)).toEqual(CHECK_STEPS.map(() => 'passed'))
  expect(verdicts.app).toHaveProperty('detail', GITLAB_URL)
  expect(verdicts.user).toHaveProperty('detail', '@amira')
  expect(verdicts.version).toHaveProperty('detail', '19.3.0-ee')
  expect(verdicts.list).toHaveProperty('detail', '3')
  expect(world.gitlab.store.subscriptions.size).toBe(3)
})

test.each([
  ['legacy', '15.7.0-ee'],
  ['current', '17.11.2-ee'],
  ['before-19.2', '19.1.2-ee'],
  ['newest', '19.3.0-ee'],
] as const)('passes every step on a healthy %s GitLab', async (dialect, version) => {
  const { verdicts } = await checkIn({
    ...scenarioNamed('healthy'),
    settings: { jira: { adminGroup: 'site-admins' }, gitlab: { dialect, version } },
  })
  expect(failedSteps(verdicts)).toEqual({})
  expect(uncheckedSteps(verdicts)).toEqual([])
  expect(verdicts.version).toHaveProperty('detail', version)
})

test('leaves what needs a sign-in unchecked without one', async () => {
  const { verdicts } = await checkIn({ ...scenarioNamed('healthy'), when: 'opening' })
  expect(failedSteps(verdicts)).toEqual({})
  expect(uncheckedSteps(verdicts)).toEqual(['sign-in', 'user', 'version', 'groups', 'jira-user'])
})

test('leaves unchecked what depends on a failed step', async () => {
  const { verdicts } = await checkIn(scenarioNamed('gitlab-unreachable'))
  const first = CHECK_STEPS.indexOf('cors')
  expect(uncheckedSteps(verdicts)).toEqual(CHECK_STEPS.slice(first))
})

test.each([
  [
    'healthy',
    { 'sign-in': 'signed-out', user: 'signed-out', groups: 'signed-out', 'jira-user': 'signed-out' },
  ],
  ['gitlab-unreachable', { cors: 'earlier-failure', 'sign-in': 'earlier-failure', list: 'earlier-failure' }],
  // Without the application ID, no one can sign in.
  ['application-id-blank', { 'sign-in': 'earlier-failure', user: 'earlier-failure' }],
  // The list fails, but signing in is still possible.
  ['stale-secret', { 'sign-in': 'signed-out', 'jira-user': 'signed-out' }],
  ['app-unavailable', { 'sign-in': 'signed-out', list: 'earlier-failure', 'jira-user': 'earlier-failure' }],
])('%s, signed out: says whether a sign-in is missing or an earlier step failed', async (name, reasons) => {
  const { verdicts } = await checkIn({ ...scenarioNamed(name), when: 'opening' })
  for (const [step, because] of Object.entries(reasons))
    expect(verdicts[step as CheckStep], step).toEqual({ status: 'unchecked', because })
})

test('a step is not blamed on a missing sign-in if the sign-in failed', async () => {
  const { verdicts } = await checkIn(scenarioNamed('application-id-mistyped'))
  expect(failedSteps(verdicts)).toHaveProperty('sign-in')
  expect(verdicts.user).toEqual({ status: 'unchecked', because: 'earlier-failure' })
})

test('tries the instance even if Jira or the app host fails', async () => {
  const { verdicts } = await checkIn(scenarioNamed('jira-refuses'))
  expect(verdicts.reachable?.status).toBe('passed')
  expect(uncheckedSteps(verdicts)).toContain('list')
})

test('stops when it’s aborted, and goes no further', async () => {
  const world = await startWorld({ instance: 'gitlab' })
  const abort = new AbortController()
  const seen: CheckStep[] = []
  const running = checkConnection({
    backend: backendOf(world),
    instance: gitlabUrl,
    knownClientId: undefined,
    authorizedFetch: undefined,
    signal: abort.signal,
    onVerdict(step) {
      seen.push(step)
      if (step === 'app') abort.abort(new Error('stopped'))
    },
  })
  await expect(running).rejects.toThrow('stopped')
  expect(seen).toEqual(['bridge', 'app'])
})

test.each([
  ['Jira', 'token'],
  ['the app host', 'GET /-/jira_connect/installations'],
  ['the application ID', 'GET /-/jira_connect/oauth_application_id'],
  ['the version', 'GET /api/v4/version'],
  ['the user', 'GET /api/v4/user'],
  ['the groups', 'GET /api/v4/groups'],
  ['the list', 'GET /-/jira_connect/subscriptions.json'],
  ['the last step', 'POST /api/v4/integrations/jira_connect/subscriptions'],
])('stops at once while it waits for %s, and ends that request', async (_what, held) => {
  const { session, signIn, world } = await startSession()
  await signIn()
  const asked = world.asked(held).length
  const send = vi.spyOn(globalThis, 'fetch')
  if (held === 'token') world.jira.settings.getToken = 'silent'
  else world.hold(held)
  const abort = new AbortController()
  const running = checkConnection({
    backend: backendOf(world),
    instance: gitlabUrl,
    knownClientId: undefined,
    authorizedFetch: session.authorizedFetch,
    signal: abort.signal,
    onVerdict: () => undefined,
  })
  const outcome = expect(running).rejects.toThrow('stopped')
  if (held !== 'token') await vi.waitFor(() => expect(world.asked(held).length).toBeGreaterThan(asked))
  const lastSignal = send.mock.calls.at(-1)?.[1]?.signal
  abort.abort(new Error('stopped'))
  await outcome
  if (held !== 'token') expect(lastSignal?.aborted).toBe(true)
})

test('stops at once while it finds out why there was no response', async () => {
  const world = await startWorld({ instance: 'gitlab' })
  const application = 'GET /-/jira_connect/oauth_application_id'
  world.answer(application, () => Response.error())
  world.hold('HEAD /robots.txt')
  const send = vi.spyOn(globalThis, 'fetch')
  const abort = new AbortController()
  const running = checkConnection({
    backend: backendOf(world),
    instance: gitlabUrl,
    knownClientId: undefined,
    authorizedFetch: undefined,
    signal: abort.signal,
    onVerdict: () => undefined,
  })
  const outcome = expect(running).rejects.toThrow('stopped')
  await vi.waitFor(() => expect(world.asked('HEAD /robots.txt')).toHaveLength(1))
  abort.abort(new Error('stopped'))
  await outcome
  expect(send.mock.calls.map(([, init]) => init?.signal?.aborted)).not.toContain(false)
})

/** Runs the check in the state that the scenario leaves behind. */
async function checkIn(scenario: Scenario): Promise<{ verdicts: Verdicts; world: TestWorld }> {
  const { instance: saved, when } = scenario
  const world = await startWorld({ instance: saved })
  applyScenarioSettings(scenario, world)
  const backend = backendOf(world)
  if (when === 'saving-instance') await backend.saveInstance(gitlabUrl).catch(() => undefined)
  // As the page does: if it can't be read, the instance that serves the page.
  const instance: InstanceUrl = await backend.readInstance().catch(() => app)
  const used = instance === app ? world.app : world.gitlab
  const session = createSession(instance, app)
  if (when === 'signing-in' || when === 'searching' || when === 'linking') {
    // The page looks at intervals whether the window was closed.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const popup = mockGitLabPopup(world)
    const clientId = used.settings.applicationIdMistyped ?? used.store.oauthApplication.clientId
    const signedIn = session.signIn(Promise.resolve(clientId))
    if (popup.opened.length > 0) await popup.authorizeOrClose()
    await vi.advanceTimersByTimeAsync(1_000)
    await signedIn
    if (when === 'searching')
      await session.authorizedFetch(endpoint(instance, '/api/v4/groups')).catch(() => undefined)
  }
  const account = session.getAccount()
  const verdicts: Verdicts = {}
  await checkConnection({
    backend,
    instance,
    knownClientId: instance === app ? world.app.store.oauthApplication.clientId : undefined,
    authorizedFetch: account.status === 'signed-in' ? session.authorizedFetch : undefined,
    signInFailure: account.status === 'signed-out' ? account.failure : undefined,
    signal: new AbortController().signal,
    onVerdict(step, verdict) {
      expect(verdicts).not.toHaveProperty(step)
      verdicts[step] = verdict
    },
  })
  return { verdicts, world }
}

function backendOf({ jira }: TestWorld) {
  return createConnectBackend(app, async () => {
    const response = await jira.handle(new Request(`${jira.publicUrl}/context-token`))
    const { token }: { token?: string } = await response.json()
    if (token === undefined) throw new JiraBridgeError('jira-refused')
    return token
  })
}

function failedSteps(verdicts: Verdicts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(verdicts).flatMap(([step, verdict]) =>
      verdict.status === 'failed' ? [[step, codeOf(verdict.error)]] : [],
    ),
  )
}

function uncheckedSteps(verdicts: Verdicts): string[] {
  return Object.entries(verdicts).flatMap(([step, { status }]) => (status === 'unchecked' ? [step] : []))
}
