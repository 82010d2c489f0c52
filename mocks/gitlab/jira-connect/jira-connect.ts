import { html } from 'hono/html'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import { groupAvatarPath } from '#mocks/gitlab/api/group-json.ts'
import { DIALECTS } from '#mocks/gitlab/dialects.ts'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { jiraConnectUrl, relativeRoot } from '#mocks/gitlab/instance.ts'
import { applicationIdSetting } from '#mocks/gitlab/oauth/applications.ts'
import { htmlPage } from '#mocks/gitlab/web/html.ts'
import { acceptsJsonOnly, pageError, readParameters } from '#mocks/gitlab/web/requests.ts'
import type { Installation } from '#mocks/gitlab/world/store.ts'
import { appDescriptorJson } from './app-descriptor.ts'
import type { ContextToken } from './context-token.ts'
import { ContextTokenError, contextTokenOf, queryStringHashOf, verifyContextToken } from './context-token.ts'
import { judgeInstanceUrl } from './instance-url.ts'
import type { JiraRole } from './jira-user.ts'
import { fetchJiraRole } from './jira-user.ts'
import { sendLifecycleEvent } from './lifecycle.ts'

/** What GitLab serves below `/-/jira_connect` besides lifecycle events. */
export function jiraConnectHandlers(instance: Instance): RequestHandler[] {
  const base = jiraConnectUrl(instance.publicUrl)
  const { store, settings } = instance

  return [
    http.get(`${base}/app_descriptor.json`, () => Response.json(appDescriptorJson(instance))),

    http.get(`${base}/installations`, async ({ request }) => {
      const token = await tokenOf(instance, request, await readParameters(request))
      return token ? Response.json(installationJson(token.installation)) : pageError(instance, request, 403)
    }),

    http.put(`${base}/installations`, async ({ request }) => {
      const parameters = await readParameters(request)
      const token = await tokenOf(instance, request, parameters)
      if (!token) return pageError(instance, request, 403)
      const { changingInstanceNeedsAdministrator, notAnAdministrator } = DIALECTS[settings.dialect]
      if (changingInstanceNeedsAdministrator) {
        const { isAdmin, groups } = await jiraRoleOf(instance, token)
        if (!isAdmin) return Response.json({ errors: notAnAdministrator(groups) }, { status: 403 })
      }
      const wanted = parameters.installation
      if (typeof wanted !== 'object' || wanted === null || !('instance_url' in wanted)) {
        return pageError(instance, request, 400)
      }
      return changeInstance(instance, token.installation, wanted.instance_url)
    }),

    http.get(`${base}/oauth_application_id`, () => {
      const id = applicationIdSetting(instance)
      if (settings.saas || id === '') return new Response(null, { status: 404 })
      return Response.json({ application_id: id })
    }),

    http.get(`${base}/subscriptions.json`, async ({ request }) => {
      const token = await tokenForList(instance, request)
      return token ? listOf(instance, token) : pageError(instance, request, 403)
    }),

    // GitLab's own page, which the built page replaces. With only JSON accepted, it's the list as well.
    http.get(`${base}/subscriptions`, async ({ request }) => {
      const token = await tokenForList(instance, request)
      if (token && acceptsJsonOnly(request)) return listOf(instance, token)
      if (!token || token.queryStringHash === 'context-qsh') return pageError(instance, request, 403)
      return htmlPage(instance, { title: 'GitLab for Jira configuration', body: html`` })
    }),

    http.delete(`${base}/subscriptions/:id`, async ({ request, params }) => {
      const token = await tokenOf(instance, request, await readParameters(request))
      if (!token) return pageError(instance, request, 403)
      if (settings.changedMeanwhile) store.subscriptions.delete(Number(params.id))
      const subscription = store.subscriptions.get(Number(params.id))
      if (subscription?.clientKey !== token.installation.clientKey) return pageError(instance, request, 404)
      if (!(await jiraRoleOf(instance, token)).isAdmin) {
        return Response.json({ error: DIALECTS[settings.dialect].unlinkForbidden }, { status: 403 })
      }
      store.subscriptions.delete(subscription.id)
      return Response.json({ success: true })
    }),

    http.get(`${base}/oauth_callbacks`, () => {
      return new Response(STOCK_CALLBACK_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
    }),
  ]
}

/** Null when there is no token, or one that can't be verified: GitLab responds with 403. */
async function tokenOf(
  instance: Instance,
  request: Request,
  parameters: Record<string, unknown>,
): Promise<ContextToken | null> {
  try {
    return verifyContextToken(instance, contextTokenOf(request, parameters))
  } catch (error) {
    if (error instanceof ContextTokenError) return null
    throw error
  }
}

/** As `tokenOf`; also null for the token of another URL. A context token isn't for any particular one. */
async function tokenForList(instance: Instance, request: Request): Promise<ContextToken | null> {
  const token = await tokenOf(instance, request, await readParameters(request))
  const hashes = ['context-qsh', queryStringHashOf(instance, 'GET', request.url)]
  return token?.queryStringHash != null && hashes.includes(token.queryStringHash) ? token : null
}

function listOf(instance: Instance, token: ContextToken): Response {
  return Response.json(subscriptionsJson(instance, token.installation.clientKey))
}

async function jiraRoleOf(instance: Instance, token: ContextToken): Promise<JiraRole> {
  const role = await fetchJiraRole(instance, token).catch(() => 'unfetchable' as const)
  return role === 'unfetchable' ? { isAdmin: false, groups: [] } : role
}

function installationJson({ instanceUrl }: Installation) {
  return { gitlab_com: instanceUrl === null, instance_url: instanceUrl }
}

/**
 * Saves the instance and sends it an `installed` event. When a new instance refuses, GitLab restores the previous value;
 * when the same instance is saved again, GitLab ignores a refusal. The old instance gets an `uninstalled` event only when
 * the value is cleared.
 */
async function changeInstance(
  instance: Instance,
  installation: Installation,
  wanted: unknown,
): Promise<Response> {
  const previous = installation.instanceUrl
  if (wanted === null || wanted === '') {
    installation.instanceUrl = null
    if (previous) instance.inBackground(sendLifecycleEvent(instance, installation, 'uninstalled', previous))
    return Response.json(installationJson(installation))
  }
  const { completesScheme, invalidUrl } = DIALECTS[instance.settings.dialect]
  const { instanceUrlBlockedBecause } = instance.settings
  const judged =
    instanceUrlBlockedBecause === null
      ? judgeInstanceUrl(String(wanted), instance.publicHosts, completesScheme)
      : { blockedBecause: instanceUrlBlockedBecause }
  if ('blockedBecause' in judged) {
    const isNoUrl = /^(URI|Only allowed schemes)/.test(judged.blockedBecause)
    const reason = `is blocked: ${judged.blockedBecause}`
    return unprocessable({ instance_url: isNoUrl ? [reason, ...invalidUrl] : [reason] })
  }
  const { instanceUrl } = judged
  installation.instanceUrl = instanceUrl
  const status = await sendLifecycleEvent(instance, installation, 'installed', instanceUrl)
  if (status === 200 || instanceUrl === previous) return Response.json(installationJson(installation))
  installation.instanceUrl = previous
  const reason = status === null ? 'Network error' : `Error response code ${status}`
  return unprocessable(`Could not be installed on the instance. ${reason}`)
}

function unprocessable(errors: string | Record<string, string[]>): Response {
  return Response.json({ errors }, { status: 422 })
}

/** All paths start with the relative URL root. The IDs of linked groups are only in `groups_path`, in the same order. */
function subscriptionsJson(instance: Instance, clientKey: string) {
  const root = relativeRoot(instance.publicUrl)
  const linked = instance.store.linkedGroups(clientKey)
  const ids = linked.map(({ group }) => group.id)
  const skipGroups = DIALECTS[instance.settings.dialect].repeatsSkipGroups
    ? ids.map((id) => `skip_groups%5B%5D=${id}`).join('&')
    : `skip_groups=${encodeURIComponent(ids.join(','))}`
  return {
    groups_path: `${root}/api/v4/groups?min_access_level=40&${skipGroups}`,
    subscriptions: linked.map(({ subscription, group }) => ({
      created_at: new Date(subscription.createdAt).toISOString(),
      unlink_path: `${root}/-/jira_connect/subscriptions/${subscription.id}`,
      group: {
        name: group.name,
        avatar_url: group.hasAvatar ? groupAvatarPath(instance, group) : null,
        full_name: group.fullName,
        description: group.description,
      },
    })),
    subscriptions_path: `${root}/-/jira_connect/subscriptions`,
  }
}

/** The callback page that GitLab ships: on failure it passes on neither the state nor a reason. */
const STOCK_CALLBACK_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>GitLab for Jira</title></head>
<body>
<main><h1>GitLab for Jira</h1><p>You can close this window.</p></main>
<script>
const parameters = new URLSearchParams(window.location.search)
const code = parameters.get('code')
const state = parameters.get('state')
const opener = window.opener
const message = code && state ? { success: true, code, state } : { success: false }
opener.postMessage({ ...message, type: 'jiraConnectOauthCallback' }, opener.location.origin + opener.location.pathname)
window.close()
</script>
</body>
</html>
`
