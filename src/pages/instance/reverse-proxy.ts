import { template } from 'virtual:nginx-server-block'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** Jira identifies the app by this key; a proxy that rewrites host names must not change it. */
export function appKeyOf(app: InstanceUrl): string {
  return `gitlab-jira-connect-${new URL(app).hostname}`.slice(0, 64)
}

/**
 * An nginx server block for a GitLab that has a different host name internally: the one that operators print, without the
 * page. It passes bodies of any size and WebSockets, and logs no queries.
 * @param instance its public URL
 * @see https://docs.gitlab.com/administration/settings/jira_cloud_app/#external-nginx
 */
export function serverBlock(instance: InstanceUrl): string {
  const { hostname, port, pathname } = new URL(instance)
  return template
    .replaceAll('{hostname}', hostname)
    .replaceAll('{port}', port || '443')
    .replace('location / {', `location ${pathname} {`)
}
