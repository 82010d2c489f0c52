import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** Jira identifies the app by this key; a proxy that rewrites host names must not change it. */
export function appKeyOf(app: InstanceUrl): string {
  return `gitlab-jira-connect-${new URL(app).hostname}`.slice(0, 64)
}

/**
 * An nginx server block for a GitLab that has a different host name internally.
 * @param instance its public URL; an example is used if it isn't known
 * @see https://docs.gitlab.com/administration/settings/jira_cloud_app/#external-nginx
 */
export function serverBlock(instance: InstanceUrl | undefined): string {
  const { hostname, host } = new URL(instance ?? 'https://gitlab.example.com')
  return `server {
  listen 443 ssl;
  server_name ${hostname};
  ssl_certificate     /etc/ssl/${hostname}/fullchain.pem;
  ssl_certificate_key /etc/ssl/${hostname}/privkey.pem;
  location / {
    proxy_pass https://gitlab.internal; # the name of GitLab inside your network
    proxy_set_header Host ${host};
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto https;
  }
}`
}
