export interface DescriptorOptions {
  /** The base of the app's paths on the app host: `https://gitlab.example.com/-/jira_connect`. No trailing slash. */
  baseUrl: string
  /**
   * Host name of the GitLab that serves the app; it makes the key and the names unique for each instance. GitLab signs
   * its requests to Jira with the key that it derives from its own host: with another host in the descriptor, such as a
   * tunnel's, Jira doesn't tell GitLab who is an administrator, and no one can link a group.
   */
  gitlabHost: string
}

export type Descriptor = ReturnType<typeof appDescriptor>

/** @returns the base of the app's paths on a host, sub-path included */
export function appBaseUrl(hostUrl: string): string {
  return `${hostUrl}/-/jira_connect`
}

/** Jira refuses longer app keys. */
const MAX_KEY_LENGTH = 64

/**
 * The Connect descriptor, with the fields of GitLab's own `/-/jira_connect/app_descriptor.json`. GitLab forces `https`; here
 * the base URL keeps its scheme, or a page on `http://*.localhost` couldn't be framed.
 * @see https://developer.atlassian.com/cloud/jira/platform/connect-app-descriptor/
 */
export function appDescriptor({ baseUrl, gitlabHost }: DescriptorOptions) {
  const key = `gitlab-jira-connect-${gitlabHost}`.slice(0, MAX_KEY_LENGTH)
  const toolName = `GitLab (${gitlabHost})`
  const home = {
    homeUrl: 'https://gitlab.com',
    logoUrl: `${baseUrl}/app-icon.svg`,
    documentationUrl: 'https://docs.gitlab.com/integration/jira/connect-app/',
  }
  return {
    key,
    name: `GitLab for Jira (${gitlabHost})`,
    description:
      'Shows branches, commits, merge requests, builds, and deployments from GitLab on Jira issues.',
    baseUrl,
    vendor: { name: 'GitLab', url: 'https://gitlab.com' },
    links: { documentation: home.documentationUrl },
    authentication: { type: 'jwt' },
    apiVersion: 1,
    scopes: ['READ', 'WRITE', 'DELETE'],
    // Context tokens have a hash claim, lifecycle events are signed with Atlassian's key, and users are identified only by
    // their account ID.
    apiMigrations: { 'context-qsh': true, 'signed-install': true, gdpr: true },
    lifecycle: { installed: '/events/installed', uninstalled: '/events/uninstalled' },
    modules: {
      postInstallPage: {
        key: 'gitlab-configuration',
        name: { value: 'GitLab Configuration' },
        url: '/subscriptions',
        conditions: [{ condition: 'user_is_admin', invert: false }],
      },
      jiraDevelopmentTool: {
        key: 'gitlab-development-tool',
        application: { value: toolName },
        name: { value: toolName },
        url: home.homeUrl,
        logoUrl: home.logoUrl,
        capabilities: ['branch', 'commit', 'pull_request'],
        // Absolute, unlike the paths above. Jira replaces the placeholders in braces.
        actions: {
          createBranch: {
            templateUrl: `${baseUrl}/branches/route?issue_key={issue.key}&issue_summary={issue.summary}&jwt={jwt}&addonkey=${key}`,
          },
          searchConnectedWorkspaces: { templateUrl: `${baseUrl}/workspaces/search` },
          searchRepositories: { templateUrl: `${baseUrl}/repositories/search` },
          associateRepository: { templateUrl: `${baseUrl}/repositories/associate` },
        },
      },
      jiraBuildInfoProvider: { key: 'gitlab-ci', name: { value: 'GitLab CI' }, actions: {}, ...home },
      jiraDeploymentInfoProvider: {
        key: 'gitlab-deployments',
        name: { value: 'GitLab Deployments' },
        actions: {},
        ...home,
      },
      jiraFeatureFlagInfoProvider: {
        key: 'gitlab-feature-flags',
        name: { value: 'GitLab Feature Flags' },
        actions: {},
        ...home,
      },
    },
  }
}
