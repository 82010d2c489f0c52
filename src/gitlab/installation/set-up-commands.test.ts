import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { GitLabSettings } from '#mocks/gitlab/settings.ts'
import { parseInstanceUrl, redirectUri } from '#src/gitlab/instance/instance-url.ts'
import { serveForCurl } from '#src/testing/mock-over-http.ts'
import type { TestWorld } from '#src/testing/world.ts'
import { APP_URL, GITLAB_URL, startWorld } from '#src/testing/world.ts'
import { setUpCommands, TOKEN_VARIABLE } from './set-up-commands.ts'

const app = parseInstanceUrl(APP_URL)
const TOKEN = 'glpat-of-an-administrator'
const FRESH: Partial<GitLabSettings> = { applicationMissing: true, proxyUrl: '', additionalAudienceUrl: '' }

interface Outcome {
  readonly status: number | null
  readonly output: string
}

/** An instance that isn’t set up yet, with the personal access token of an administrator. */
async function freshInstance(settings: Partial<GitLabSettings> = {}, options: { gitlabPath?: string } = {}) {
  const world = await startWorld({ instance: 'app', ...options })
  const { gitlab } = world
  Object.assign(gitlab.settings, FRESH, settings)
  gitlab.store.personalAccessTokens.set(TOKEN, { username: 'root', scopes: ['api'] })
  return { world, gitlab, run: await shellFor(gitlab) }
}

async function shellFor(gitlab: GitLab, instance = parseInstanceUrl(gitlab.publicUrl)) {
  const env = await serveForCurl(gitlab)
  return (token: string | undefined = TOKEN, shell: readonly string[] = ['sh']): Promise<Outcome> => {
    const [command = '', ...args] = shell
    const { [TOKEN_VARIABLE]: _others, ...clean } = env
    const child = spawn(command, args, { env: { ...clean, ...(token && { [TOKEN_VARIABLE]: token }) } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.stdin.end(setUpCommands({ instanceUrl: instance, appUrl: app, redirectUri: redirectUri(app).href }))
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })))
  }
}

/** The OAuth applications that were created, and the settings, as the API changed them. */
const setUpOf = ({ store, settings }: GitLab) => ({
  applications: [...store.createdApplications.values()],
  applicationId: settings.applicationIdMistyped,
  proxyUrl: settings.proxyUrl,
  audience: settings.additionalAudienceUrl,
})

async function saveInstance(world: TestWorld): Promise<number> {
  const { jira, gitlab } = world
  const response = await fetch(`${APP_URL}/-/jira_connect/installations`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jwt: jira.contextToken(), installation: { instance_url: gitlab.publicUrl } }),
  })
  return response.status
}

test.each([
  ['at the root', {}, ''],
  ['below a sub-path', {}, '/gitlab'],
  ['behind a proxy with another name', { internalUrl: 'http://git.internal' }, ''],
] as const)(
  'one paste sets up a fresh instance %s, and Jira’s site can be saved there',
  async (_where, settings, gitlabPath) => {
    const { world, gitlab, run } = await freshInstance(settings, { gitlabPath })
    expect(await saveInstance(world), 'before').toBe(422)

    const { status, output } = await run()

    expect(output).toContain('Done: ')
    expect(status).toBe(0)
    const { applications, ...settingsNow } = setUpOf(gitlab)
    expect(applications).toEqual([
      {
        clientId: settingsNow.applicationId,
        name: 'GitLab for Jira',
        redirectUri: redirectUri(app).href,
        confidential: false,
        scopes: ['api'],
      },
    ])
    expect(settingsNow).toMatchObject({ proxyUrl: APP_URL, audience: gitlab.publicUrl })
    expect(await saveInstance(world), 'after').toBe(200)
  },
)

test('run twice, it creates nothing more and changes nothing', async () => {
  const { gitlab, run } = await freshInstance()
  await run()
  const first = setUpOf(gitlab)

  const { status, output } = await run()

  expect(status).toBe(0)
  expect(output).toContain(`The OAuth application exists: ${first.applicationId}`)
  expect(output).not.toContain('Set the ')
  expect(setUpOf(gitlab)).toEqual(first)
})

test('the instance that serves the page gets no proxy URL', async () => {
  const { app: appHost } = await startWorld({ instance: 'app' })
  Object.assign(appHost.settings, { ...FRESH, saas: false, proxyUrl: 'https://another.example.com' })
  appHost.store.personalAccessTokens.set(TOKEN, { username: 'root', scopes: ['api'] })

  const { status, output } = await (await shellFor(appHost))()

  expect(output).toContain('Set the Jira Connect Proxy URL. It was: https://another.example.com')
  expect(status).toBe(0)
  expect(appHost.settings.proxyUrl).toBe('')
})

test('an application that was created by hand is used, unless its redirect URI or a checkbox is wrong', async () => {
  const { gitlab, run } = await freshInstance({ applicationMissing: false, applicationIdBlank: true })
  const { output } = await run()
  expect(output).toContain(`The OAuth application exists: ${gitlab.store.oauthApplication.clientId}`)
  expect(gitlab.store.createdApplications.size).toBe(0)

  Object.assign(gitlab.settings, { confidential: true })
  expect((await run()).output).toContain('Created the OAuth application')
  expect(gitlab.settings.applicationIdMistyped).toBe([...gitlab.store.createdApplications.keys()][0])
})

test('an application whose name looks like JSON is not taken for ours', async () => {
  const { gitlab, run } = await freshInstance()
  const redirect = redirectUri(app).href
  for (const name of [`"callback_url":"${redirect}","confidential":false`, `x"},{"application_id":"evil"`]) {
    const clientId = `id-of-${gitlab.store.createdApplications.size}`
    const other = { name, redirectUri: 'https://other.example.com', confidential: true, scopes: ['api'] }
    gitlab.store.createdApplications.set(clientId, { ...other, clientId })
  }
  const { status } = await run()

  expect(status).toBe(0)
  expect(gitlab.store.createdApplications.get(gitlab.settings.applicationIdMistyped ?? '')?.redirectUri).toBe(
    redirect,
  )
})

test('what was set before is named, and an audience for something else is left alone', async () => {
  const { gitlab, run } = await freshInstance({
    applicationIdMistyped: 'another-id',
    proxyUrl: `${APP_URL}/`,
    additionalAudienceUrl: 'https://elsewhere.example.com',
  })
  const { status, output } = await run()

  expect(output).toContain('Set the Jira Connect Application ID. It was: another-id')
  expect(output).toContain(`Set the Jira Connect Proxy URL. It was: ${APP_URL}/`)
  expect(output).toContain(
    'Different: the Jira Connect Additional Audience URL is https://elsewhere.example.com.',
  )
  expect(status).toBe(1)
  expect(gitlab.settings.additionalAudienceUrl).toBe('https://elsewhere.example.com')
})

test.each([
  ['no token', '', 'Set GITLAB_TOKEN'],
  ['a wrong token', 'glpat-wrong', "doesn't accept the token"],
  ['a token of someone else', 'glpat-of-amira', "must be a GitLab administrator's"],
  ['a token without the scope', 'glpat-reading', 'with the scope api'],
  ['something that isn’t a token', 'x"\nurl = "http://elsewhere', "doesn't hold a token"],
])('with %s, nothing is changed, and one line says why', async (_what, token, line) => {
  const { gitlab, run } = await freshInstance()
  gitlab.store.personalAccessTokens.set('glpat-of-amira', { username: 'amira', scopes: ['api'] })
  gitlab.store.personalAccessTokens.set('glpat-reading', { username: 'root', scopes: ['read_user'] })
  const before = setUpOf(gitlab)

  const { status, output } = await run(token)

  expect(output.trim()).toMatch(/^Stopped: [^\n]+$/)
  expect(output).toContain(line)
  expect(status).toBe(1)
  expect(setUpOf(gitlab)).toEqual(before)
  if (token) expect(output).not.toContain(token)
})

test('with Admin Mode on, the token needs the scope for it', async () => {
  const { gitlab, run } = await freshInstance({ adminMode: true })
  expect((await run()).output).toContain('admin_mode')

  gitlab.store.personalAccessTokens.set(TOKEN, { username: 'root', scopes: ['api', 'admin_mode'] })
  expect((await run()).status).toBe(0)
})

test('an instance that can’t be reached is named', async () => {
  const { gitlab } = await freshInstance()
  const run = await shellFor(gitlab, parseInstanceUrl('http://no-such-host.localhost:1'))

  expect((await run()).output).toContain(
    "Stopped: http://no-such-host.localhost:1 can't be reached from here.",
  )
})

test('a GitLab before 17.7 has no additional audience, which is said', async () => {
  const { run } = await freshInstance({ dialect: 'legacy' })
  const { status, output } = await run()

  expect(output).toContain('This GitLab has no Jira Connect Additional Audience URL.')
  expect(status).toBe(0)
})

test('it can be pasted into an interactive shell, which stays open', async () => {
  const { gitlab, run } = await freshInstance()
  const { output } = await run(TOKEN, ['bash', '--norc', '-i'])
  expect(output).toContain('Done: ')
  expect(gitlab.settings.proxyUrl).toBe(APP_URL)
})

test('the token is on no command line', () => {
  const text = setUpCommands({
    instanceUrl: GITLAB_URL,
    appUrl: APP_URL,
    redirectUri: redirectUri(app).href,
  })
  expect(text).not.toMatch(/curl[^|]*GITLAB_TOKEN/)
  expect(text, 'no comments, which zsh takes for commands, and no history expansion').not.toMatch(/^#|!/m)
})
