import type { Instance } from '#mocks/gitlab/instance.ts'
import { jiraConnectUrl } from '#mocks/gitlab/instance.ts'

/** The descriptor as the newest GitLab serves it (the development tool of older ones is called just `GitLab`), except that GitLab forces https, which local servers don't have. */
export function appDescriptorJson({ publicUrl }: Instance) {
  const baseUrl = jiraConnectUrl(publicUrl)
  const { hostname } = new URL(publicUrl)
  const key = `gitlab-jira-connect-${hostname}`.slice(0, 64)
  const home = {
    homeUrl: 'https://gitlab.com',
    logoUrl: `${new URL(publicUrl).origin}/assets/gitlab_logo.png`,
    documentationUrl: 'https://docs.gitlab.com/integration/jira/connect-app/',
  }
  return {
    key,
    name: `GitLab for Jira (${hostname})`,
    description: 'Integrate commits, branches and merge requests from GitLab into Jira',
    baseUrl,
    lifecycle: { installed: '/events/installed', uninstalled: '/events/uninstalled' },
    vendor: { name: 'GitLab', url: 'https://gitlab.com' },
    links: { documentation: home.documentationUrl },
    authentication: { type: 'jwt' },
    apiVersion: 1,
    scopes: ['READ', 'WRITE', 'DELETE'],
    apiMigrations: { 'context-qsh': true, 'signed-install': true, gdpr: true },
    modules: {
      postInstallPage: {
        key: 'gitlab-configuration',
        name: { value: 'GitLab Configuration' },
        url: '/subscriptions',
        conditions: [{ condition: 'user_is_admin', invert: false }],
      },
      jiraDevelopmentTool: {
        key: 'gitlab-development-tool',
        application: { value: `GitLab (${hostname})` },
        name: { value: `GitLab (${hostname})` },
        url: home.homeUrl,
        logoUrl: home.logoUrl,
        capabilities: ['branch', 'commit', 'pull_request'],
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
