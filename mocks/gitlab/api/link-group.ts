import { DIALECTS } from '#mocks/gitlab/dialects.ts'
import type { Instance } from '#mocks/gitlab/instance.ts'
import type { ContextToken } from '#mocks/gitlab/jira-connect/context-token.ts'
import { ContextTokenError, verifyContextToken } from '#mocks/gitlab/jira-connect/context-token.ts'
import { fetchJiraRole } from '#mocks/gitlab/jira-connect/jira-user.ts'
import { textParameter } from '#mocks/gitlab/web/requests.ts'
import { MAINTAINER } from '#mocks/gitlab/world/group-directory.ts'
import type { User } from '#mocks/gitlab/world/store.ts'

/**
 * Links a group: `POST /api/v4/integrations/jira_connect/subscriptions`. Checks in GitLab's order: parameters, context
 * token, Jira user, role in the group, not linked yet.
 *
 * The page's connection check relies on that order: it asks to link a path that no group can have, and that refusal
 * (401 "Cannot find namespace", since about 19.2 404 "Namespace not found") shows that everything before it is in order.
 * @param user to whom the access token belongs, which the caller has checked
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/api/integrations/jira_connect/subscriptions.rb
 */
export async function linkGroup(
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
  if (!role.isAdmin) return message(403, ways.notAnAdministrator(role.groups))

  const { groups } = store
  const group = groups.findByFullPath(textParameter(parameters, 'namespace_path') ?? '')
  const level = group && settings.roles === 'kept' ? groups.accessLevel(user.username, group) : 0
  const isAdmin = user.isAdmin && !settings.adminMode
  const isVisible = isAdmin || level > 0 || group?.visibility !== 'private'
  if (!group || !isVisible) return message(...ways.groupUnknown)
  if (!isAdmin && level < MAINTAINER) return message(...ways.roleTooLow)
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
