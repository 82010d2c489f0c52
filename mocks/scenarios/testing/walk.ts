import { authorizationParameters, openBrowser, VERIFIER } from '#mocks/gitlab/testing/browser.ts'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import type { MockWorld } from '#mocks/world.ts'

/** How long to wait for a response that a scenario delays by more than half a minute. */
const SHORT_PATIENCE_MS = 1000
const PATIENCE_MS = 20_000

/** What goes wrong on the way. */
class Obstacle extends Error {}

/**
 * Sends the requests of the page up to the stage where the scenario fails, through a `fetch` with a browser's restrictions.
 * @returns the first thing that goes wrong, such as `403: …` with the body; `nothing` if everything works
 */
export async function walk(world: MockWorld, scenario: Scenario): Promise<string> {
  try {
    await walkOrThrow(world, scenario)
    return 'nothing'
  } catch (error) {
    if (error instanceof Obstacle) return error.message
    throw error
  }
}

async function walkOrThrow(world: MockWorld, scenario: Scenario): Promise<void> {
  const { when, failure } = scenario
  const appUrl = world.app.publicUrl
  const gitlabUrl = world.gitlab.publicUrl
  const installations = `${appUrl}/-/jira_connect/installations`
  const jwt = await contextToken(world)
  const installation = await ask(`${installations}?jwt=${jwt}`)
  if (when === 'saving-instance') {
    await ask(installations, 'PUT', { jwt, installation: { instance_url: gitlabUrl } })
  }
  const chosen = when === 'saving-instance' ? gitlabUrl : (installation.instance_url ?? appUrl)
  if (chosen !== gitlabUrl && chosen !== appUrl) throw new Obstacle(`address ${chosen}`)
  const gitlab = chosen === appUrl ? world.app : world.gitlab
  const listUrl = `${chosen}/-/jira_connect/subscriptions.json?jwt=${jwt}`
  const patienceMs = failure === 'gitlab-too-slow' ? SHORT_PATIENCE_MS : PATIENCE_MS
  const list = await ask(listUrl, 'GET', undefined, undefined, patienceMs)
  const clientId =
    chosen === appUrl
      ? gitlab.store.oauthApplication.clientId
      : (await ask(`${chosen}/-/jira_connect/oauth_application_id`)).application_id
  if (when === 'opening' || when === 'saving-instance') return
  if (when === 'unlinking') {
    const id = /\d+$/.exec(list.subscriptions[0].unlink_path)?.[0]
    await ask(`${chosen}/-/jira_connect/subscriptions/${id}?jwt=${jwt}`, 'DELETE')
    return
  }
  const redirectUri = `${appUrl}/-/jira_connect/oauth_callbacks`
  const code = await authorize(gitlab, clientId, redirectUri)
  const tokens = await ask(`${chosen}/oauth/token`, 'POST', {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code_verifier: VERIFIER,
    code,
  })
  await ask(`${chosen}/api/v4/user`, 'GET', undefined, tokens.access_token)
  if (when === 'signing-in') return
  const groups = await ask(
    `${chosen}/api/v4/groups?min_access_level=40`,
    'GET',
    undefined,
    tokens.access_token,
  )
  if (when === 'searching') return
  const linkUrl = `${chosen}/api/v4/integrations/jira_connect/subscriptions`
  const notYetLinked = groups.find(
    ({ full_name }: { full_name: string }) =>
      !list.subscriptions.some(
        ({ group }: { group: { full_name: string } }) => group.full_name === full_name,
      ),
  )
  await ask(linkUrl, 'POST', { jwt, namespace_path: notYetLinked.full_path }, tokens.access_token)
}

async function contextToken({ jira }: MockWorld): Promise<string> {
  const result = await (await jira.handle(new Request(`${jira.publicUrl}/context-token`))).json()
  if (result.outcome !== 'answers') throw new Obstacle(`context token: ${result.outcome}`)
  return result.token
}

/** Signs in as Amira and presses "Authorize"; returns the code. */
async function authorize(
  gitlab: MockWorld['gitlab'],
  clientId: string,
  redirectUri: string,
): Promise<string> {
  const browser = openBrowser(gitlab)
  const request = { ...authorizationParameters(gitlab), client_id: clientId, redirect_uri: redirectUri }
  await browser.go(`/oauth/authorize?${new URLSearchParams(request)}`)
  let end = await browser.press('Sign in as Amira Haddad')
  if (browser.page().includes('>Authorize</button>')) end = await browser.press('Authorize')
  const code = end.startsWith(redirectUri) ? new URL(end).searchParams.get('code') : null
  if (code === null) throw new Obstacle(`window stays: ${/<h1>([^<]*)/.exec(browser.page())?.[1]}`)
  return code
}

// biome-ignore lint/suspicious/noExplicitAny: test code reads responses of any shape
type Body = any

async function ask(
  url: string,
  method = 'GET',
  data?: Record<string, unknown>,
  accessToken?: string,
  patienceMs = PATIENCE_MS,
) {
  const isForm = url.endsWith('/oauth/token')
  let response: Response
  try {
    response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        Accept: 'application/json',
        ...(data && !isForm && { 'Content-Type': 'application/json' }),
        ...(accessToken !== undefined && { Authorization: `Bearer ${accessToken}` }),
      },
      ...(data && {
        body: isForm ? new URLSearchParams(data as Record<string, string>) : JSON.stringify(data),
      }),
    })
  } catch (error) {
    throw new Obstacle(error instanceof TypeError ? `opaque: ${new URL(url).pathname}` : 'too late')
  }
  const text = await response.text()
  if (!response.ok) throw new Obstacle(`${response.status}: ${text}`)
  try {
    return JSON.parse(text) as Body
  } catch {
    throw new Obstacle(`no JSON: ${text}`)
  }
}
