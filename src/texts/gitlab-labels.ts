/**
 * Labels in GitLab, in English in every language: in which language a GitLab administrator uses GitLab, this page doesn't
 * know, and English is GitLab's default.
 */
export const gitlabLabels = {
  redirectUri: 'Redirect URI',
  trusted: 'Trusted',
  confidential: 'Confidential',
  scopes: 'Scopes',
  applicationId: 'Application ID',
  jiraApplicationId: 'Jira Connect Application ID',
  proxyUrl: 'Jira Connect Proxy URL',
  audience: 'Jira Connect Additional Audience URL',
}
