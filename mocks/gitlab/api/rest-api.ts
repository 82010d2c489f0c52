import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { readParameters } from '#mocks/gitlab/web/requests.ts'
import type { User } from '#mocks/gitlab/world/store.ts'
import { administrationHandlers } from './administration.ts'
import { authenticate } from './bearer.ts'
import { listGroups } from './groups-endpoint.ts'
import { linkGroup } from './link-group.ts'

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

    ...administrationHandlers(instance),
  ]
}

function versionOf({ settings }: Instance) {
  return { version: settings.version, revision: REVISION }
}

/** GitLab includes `is_admin` only for administrators. */
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
