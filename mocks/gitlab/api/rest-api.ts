import type { RequestHandler } from 'msw'
import { http } from 'msw'
import { DIALECTS } from '#mocks/gitlab/dialects.ts'
import type { Instance } from '#mocks/gitlab/instance.ts'
import type { ContextToken } from '#mocks/gitlab/jira-connect/context-token.ts'
import { ContextTokenError, verifyContextToken } from '#mocks/gitlab/jira-connect/context-token.ts'
import { fetchJiraRole } from '#mocks/gitlab/jira-connect/jira-user.ts'
import { readParameters, textParameter } from '#mocks/gitlab/web/requests.ts'
import { MAINTAINER } from '#mocks/gitlab/world/group-directory.ts'
import type { User } from '#mocks/gitlab/world/store.ts'
import { authenticate } from './bearer.ts'
import { listGroups } from './groups-endpoint.ts'

const READ_SCOPES = ['api', 'read_api']
const REVISION = 'ab12cd34ef0'

/** The part of GitLab's REST API that the app uses. */
export function restApiHandlers(instance: Instance): RequestHandler[] {
  const api = `${instance.publicUrl}/api/v4`

  return [
    http.get(`${api}/user`, ({ request }) => {
      const caller = authenticate(instance, request, [...READ_SCOPES, 'read_user'])
      return 'refusal' in caller ? caller.refusal : Response.json(userJson(instance, caller.user))
    }),

    http.get(`${api}/groups`, ({ request }) => {
      const caller = authenticate(instance, request, READ_SCOPES)
      return 'refusal' in caller ? caller.refusal : listGroups(instance, caller.user, new URL(request.url))
    }),

    http.get(`${api}/version`, ({ request }) => {
      const caller = authenticate(instance, request, [...READ_SCOPES, 'read_user'])
      return 'refusal' in caller ? caller.refusal : Response.json(versionOf(instance))
    }),

    http.get(`${api}/metadata`, ({ request }) => {
      const caller = authenticate(instance, request, [...READ_SCOPES, 'read_user'])
      if ('refusal' in caller) return caller.refusal
      const kas = { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null }
      return Response.json({ ...versionOf(instance), kas, enterprise: true })
    }),

    http.post(`${api}/integrations/jira_connect/subscriptions`, async ({ request }) => {
      const caller = authenticate(instance, request, ['api'])
      if ('refusal' in caller) return caller.refusal
      return linkGroup(instance, caller.user, await readParameters(request))
    }),
  ]
}

/** The checks in GitLab's order: parameters, context token, Jira user, role in the group, not linked yet. */
async function linkGroup(
  instance: Instance,
  user: User,
  parameters: Record<string, unknown>,
): Promise<Response> {
  const missing = ['jwt', 'namespace_path'].filter((name) => !(name in parameters))
  if (missing.length > 0) {
    return Response.json({ error: missing.map((name) => `${name} is missing`).join(', ') }, { status: 400 })
  }
  const { settings, store } = instance
  const ways = DIALECTS[settings.dialect]
  let token: ContextToken
  try {
    token = verifyContextToken(instance, parameters.jwt)
  } catch (error) {
    if (!(error instanceof ContextTokenError)) throw error
    return message(401, error.code === 'malformed' ? ways.malformedContextToken : JWT_FAILED)
  }
  if (token.queryStringHash !== 'context-qsh') return message(401, JWT_FAILED)

  const role = await fetchJiraRole(instance, token)
  if (role === 'unfetchable') return message(403, JIRA_USER_UNFETCHABLE)
  if (role === 'notAdmin') return message(403, ways.notAnAdministrator)

  const { groups } = store
  const group = groups.findByFullPath(textParameter(parameters, 'namespace_path') ?? '')
  const hasRole = settings.roles === 'kept' && group && groups.accessLevel(user.username, group) >= MAINTAINER
  if (!group || !(user.isAdmin || hasRole)) return message(401, ways.cannotFindNamespace)
  const { clientKey } = token.installation
  const isLinked = () => store.linkedGroups(clientKey).some((linked) => linked.group.id === group.id)
  if (settings.changedMeanwhile && !isLinked()) store.linkGroup(group.fullPath, { clientKey })
  if (isLinked()) {
    return message(422, 'Namespace has already been added')
  }
  store.linkGroup(group.fullPath, { clientKey })
  return Response.json({ success: true }, { status: 201 })
}

const JWT_FAILED = '401 Unauthorized - JWT authentication failed'
const JIRA_USER_UNFETCHABLE =
  'Could not fetch user information from Jira. Check the permissions in Jira and try again.'

function message(status: number, text: string): Response {
  return Response.json({ message: text }, { status })
}

function versionOf({ settings }: Instance) {
  return { version: settings.version, revision: REVISION }
}

/** `is_admin` is there only for administrators. */
function userJson(instance: Instance, user: User) {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: user.state,
    avatar_url: user.hasAvatar
      ? `${instance.publicUrl}/uploads/-/system/user/avatar/${user.id}/avatar.png`
      : null,
    web_url: `${instance.publicUrl}/${user.username}`,
    ...(user.isAdmin && { is_admin: true }),
  }
}
