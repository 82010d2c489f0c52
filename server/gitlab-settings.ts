import { appBaseUrl } from './descriptor/descriptor.ts'
import type { DevSettings } from './dev-settings.ts'
import { NEEDED_PATHS } from './gitlab-proxy.ts'
import { isLocalName } from './settings.ts'

/** @returns lines that say how much of the GitLab anyone with the public URL can reach; none if the URL is local */
export function exposureOf({ appUrl, gitlabUrl, exposesGitLab }: DevSettings): string[] {
  if (gitlabUrl === undefined || isLocalName(new URL(appUrl).hostname)) return []
  const whole = `Anyone who knows ${appUrl} can reach all of ${gitlabUrl} through it, and sign in there.`
  if (exposesGitLab) return [whole, '']
  return [
    `Anyone who knows ${appUrl} can reach this of ${gitlabUrl} through it, and sign in there:`,
    ...NEEDED_PATHS.map((path) => `  ${path}`),
    'EXPOSE_GITLAB=all passes on everything, if your sign-in needs more.',
    '',
  ]
}

/**
 * The settings that a GitLab behind another public URL needs for the page to work.
 * @param appUrl the URL that Jira knows; no trailing slash
 * @param gitlabUrl the GitLab's own URL; no trailing slash
 * @returns lines to print
 * @see https://docs.gitlab.com/administration/settings/jira_cloud_app/
 */
export function gitlabSettings(appUrl: string, gitlabUrl: string): string[] {
  const { origin } = new URL(appUrl)
  return [
    `${gitlabUrl}/admin/applications, a new application:`,
    `  Redirect URI                          ${appBaseUrl(appUrl)}/oauth_callbacks`,
    '  Trusted, Confidential                 cleared',
    '  Scopes                                api, and no other',
    `${gitlabUrl}/admin/application_settings/general, "GitLab for Jira App":`,
    '  Jira Connect Application ID           the Application ID of that application',
    `  Jira Connect Additional Audience URL  ${appUrl}    (GitLab 17.7 and newer; older ones refuse the installation)`,
    '  Jira Connect Proxy URL                blank',
    // GitLab compares this setting with the origin of requests, character by character, so a URL with a sub-path never matches.
    ...(origin === appUrl
      ? [
          'On each other instance that may be chosen on the page (config.json), there too:',
          `  Jira Connect Proxy URL                ${appUrl}`,
          `  and on ${gitlabUrl}: "Enable public key storage"`,
        ]
      : []),
  ]
}
