import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { applicationIdSetting, applicationsOf } from '#mocks/gitlab/oauth/applications.ts'
import { readParameters } from '#mocks/gitlab/web/requests.ts'
import type { OAuthApplication } from '#mocks/gitlab/world/store.ts'
import { authenticate } from './bearer.ts'

/** GitLab's longest values in these settings. */
const LONGEST_CHARACTERS = 255

/**
 * What the API lets administrators set up: OAuth applications and the settings of the instance.
 * @see https://docs.gitlab.com/api/applications/
 * @see https://docs.gitlab.com/api/settings/
 */
export function administrationHandlers(instance: Instance): RequestHandler[] {
  const api = `${instance.publicUrl}/api/v4`

  return [
    http.get(`${api}/applications`, ({ request }) => {
      const refusal = refuseOthers(instance, request, ['api', 'read_api'])
      return refusal ?? Response.json(applicationsOf(instance).map(applicationJson))
    }),

    http.post(`${api}/applications`, async ({ request }) => {
      const refusal = refuseOthers(instance, request, ['api'])
      return refusal ?? createApplication(instance, await readParameters(request))
    }),

    http.get(`${api}/application/settings`, ({ request }) => {
      const refusal = refuseOthers(instance, request, ['api', 'read_api'])
      return refusal ?? Response.json(settingsJson(instance))
    }),

    http.put(`${api}/application/settings`, async ({ request }) => {
      const refusal = refuseOthers(instance, request, ['api'])
      return refusal ?? changeSettings(instance, await readParameters(request))
    }),
  ]
}

/** With Admin Mode on, a token must also have the scope for it. */
function refuseOthers(instance: Instance, request: Request, scopes: readonly string[]): Response | undefined {
  const caller = authenticate(instance, request, scopes)
  if ('refusal' in caller) return caller.refusal
  const isInAdminMode = !instance.settings.adminMode || caller.token.scopes.includes('admin_mode')
  if (caller.user.isAdmin && isInAdminMode) return undefined
  return Response.json({ message: '403 Forbidden' }, { status: 403 })
}

function createApplication(instance: Instance, parameters: Record<string, unknown>): Response {
  const missing = ['name', 'redirect_uri', 'scopes'].filter((name) => !(name in parameters))
  if (missing.length > 0) return badRequest(missing.map((name) => `${name} is missing`).join(', '))
  const [name, redirectUri, scopes, confidential = 'true'] = [
    ...['name', 'redirect_uri', 'scopes'].map((field) => String(parameters[field])),
    parameters.confidential === undefined ? undefined : String(parameters.confidential),
  ]
  if (confidential !== 'true' && confidential !== 'false') return badRequest('confidential is invalid')
  if (!name) return invalid({ name: ["can't be blank"] })
  if (!URL.canParse(redirectUri ?? '')) return invalid({ redirect_uri: ['must be an absolute URI.'] })
  const names = (scopes ?? '').split(/[\s,+]+/).filter(Boolean)
  if (names.length === 0) return invalid({ scopes: ["can't be blank"] })
  const application: OAuthApplication = {
    clientId: randomBytes(32).toString('hex'),
    name,
    redirectUri: redirectUri ?? '',
    confidential: confidential === 'true',
    scopes: names,
  }
  instance.store.createdApplications.set(application.clientId, application)
  const secret = `gloas-${randomBytes(32).toString('hex')}`
  return Response.json(
    { ...applicationJson(application, applicationsOf(instance).length), secret },
    { status: 201 },
  )
}

/** GitLab doesn't say which scopes an application has. */
function applicationJson({ clientId, name, redirectUri, confidential }: OAuthApplication, index: number) {
  return {
    id: index + 1,
    application_id: clientId,
    application_name: name,
    callback_url: redirectUri,
    confidential,
  }
}

/** Parameters that GitLab doesn't know change nothing; there must be one that it does. */
function changeSettings(instance: Instance, parameters: Record<string, unknown>): Response {
  const { settings, store } = instance
  const given = Object.fromEntries(
    Object.keys(settingsJson(instance))
      .filter((name) => name in parameters)
      .map((name) => [name, String(parameters[name] ?? '')]),
  )
  const names = Object.keys(given)
  if (names.length === 0) return badRequest('at least one parameter must be provided')
  for (const [name, value] of Object.entries(given)) {
    if (value.length > LONGEST_CHARACTERS)
      return invalid({ [name]: ['is too long (maximum is 255 characters)'] })
    if (name.endsWith('_url') && value !== '' && !/^https?:\/\/[^/]/.test(value)) {
      return invalid({ [name]: ['is blocked: Only allowed schemes are http, https'] })
    }
  }
  const {
    jira_connect_application_key: key,
    jira_connect_proxy_url: proxyUrl,
    jira_connect_additional_audience_url: audienceUrl,
  } = given
  if (key !== undefined) {
    settings.applicationIdBlank = key === ''
    const isInitial = key === store.oauthApplication.clientId && !settings.applicationMissing
    settings.applicationIdMistyped = key === '' || isInitial ? null : key
  }
  if (proxyUrl !== undefined) settings.proxyUrl = proxyUrl
  if (audienceUrl !== undefined) settings.additionalAudienceUrl = audienceUrl
  return Response.json(settingsJson(instance))
}

/** Blank settings are null until they have been set for the first time; afterwards they may be empty. */
function settingsJson(instance: Instance) {
  const { proxyUrl, additionalAudienceUrl, dialect } = instance.settings
  return {
    jira_connect_application_key: applicationIdSetting(instance) || null,
    jira_connect_public_key_storage_enabled: instance.publicUrl === instance.appUrl,
    jira_connect_proxy_url: proxyUrl || null,
    // Since GitLab 17.7.
    ...(dialect !== 'legacy' && { jira_connect_additional_audience_url: additionalAudienceUrl || null }),
  }
}

const badRequest = (error: string) => Response.json({ error }, { status: 400 })
const invalid = (message: object) => Response.json({ message }, { status: 400 })
