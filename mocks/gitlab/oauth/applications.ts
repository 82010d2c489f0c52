import type { Instance } from '#mocks/gitlab/instance.ts'
import type { OAuthApplication } from '#mocks/gitlab/world/store.ts'

/** All OAuth applications of the instance: the one that the settings describe, and those created since. */
export function applicationsOf({ store, settings }: Instance): OAuthApplication[] {
  const { redirectUri, confidential, scopes } = settings
  const initial = settings.applicationMissing
    ? []
    : [{ ...store.oauthApplication, redirectUri, confidential, scopes }]
  return [...initial, ...store.createdApplications.values()]
}

/** @returns the application with this client ID; undefined: there is none */
export function applicationOf(instance: Instance, clientId: unknown): OAuthApplication | undefined {
  return applicationsOf(instance).find((application) => application.clientId === clientId)
}

/** What "Jira Connect Application ID" holds; blank: nothing. */
export function applicationIdSetting({ store, settings }: Instance): string {
  const isBlank =
    settings.applicationIdBlank || (settings.applicationMissing && settings.applicationIdMistyped === null)
  return isBlank ? '' : (settings.applicationIdMistyped ?? store.oauthApplication.clientId)
}
