import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'

/** Where releases are unpacked, as in the printed configurations of nginx. */
export const ROOT = '/var/www/gitlab-for-jira'
const BASE = '/-/jira_connect'

/**
 * What Apache needs to serve the page: to be included in the virtual host of a GitLab, before its own rules. Needs
 * mod_rewrite and mod_headers.
 */
export function apacheConfiguration(): string {
  const headers = pageHeaders(contentSecurityPolicy({ connectTo: 'none' }))
  const files: readonly [path: string, file: string][] = [
    ['subscriptions', 'current/page/index.html'],
    ['oauth_callbacks', 'current/page/callback.html'],
    ['app-icon\\.svg', 'current/page/app-icon.svg'],
    ['config\\.json', 'config.json'],
  ]
  return `# GitLab for Jira: the configuration page, for the VirtualHost that is in front of GitLab.
# Include this file before the ProxyPass and RewriteRule lines of that host. It needs mod_rewrite and mod_headers.
# To see which page is live (only this one's policy begins like that):
#   curl -sI https://gitlab.example.com${BASE}/subscriptions | grep "default-src 'none'"
#
# Apache logs whole URLs unless told otherwise, and these contain secrets (jwt, code). In that VirtualHost:
#   LogFormat "%h %t \\"%m %U %H\\" %>s %B \\"%{User-Agent}i\\"" gitlab_for_jira
#   CustomLog /var/log/apache2/gitlab.access.log gitlab_for_jira
#   LogLevel crit

RewriteEngine On

# A GET with exactly this header is for GitLab: its list of linked groups has the URL of the page.
RewriteCond %{REQUEST_URI} =${BASE}/subscriptions
RewriteCond %{HTTP:Accept} =application/json
RewriteRule ^ - [S=${files.length}]

# Other methods are for GitLab. If a file is missing, GitLab's own page is served.
${files
  .map(
    ([path, file]) => `RewriteCond %{REQUEST_METHOD} ^(GET|HEAD)$
RewriteCond ${ROOT}/${file} -f
RewriteRule ^${BASE}/${path}$ ${ROOT}/${file} [END]`,
  )
  .join('\n\n')}

# Without config.json, the page uses its defaults.
RewriteRule ^${BASE}/config\\.json$ - [R=404,L]

# The names of these files change with their content. Those of earlier releases stay: open pages load them.
RewriteCond %{HTTP:Accept-Encoding} \\bgzip\\b
RewriteCond ${ROOT}/assets/$1.gz -f
RewriteRule ^${BASE}/assets/([\\w.-]+\\.(?:js|css|svg))$ ${ROOT}/assets/$1.gz [E=gitlab_for_jira_gzip:1,E=no-gzip:1,END]
RewriteCond ${ROOT}/assets/$1 -f
RewriteRule ^${BASE}/assets/([\\w.-]+)$ ${ROOT}/assets/$1 [END]
RewriteRule ^${BASE}/assets/ - [R=404,L]

<Directory "${ROOT}">
    Require all granted
    AllowOverride None
    Options FollowSymLinks
    Header always set X-Content-Type-Options "nosniff"
    <FilesMatch "^(index|callback)\\.html$">
        ForceType "text/html; charset=utf-8"
${Object.entries(headers)
  .map(([name, value]) => `        Header always set ${name} "${value}"`)
  .join('\n')}
    </FilesMatch>
    <Files "config.json">
        ForceType application/json
        Header always set Cache-Control "no-store"
    </Files>
    <Files "app-icon.svg">
        ForceType image/svg+xml
        Header set Cache-Control "public, max-age=86400"
    </Files>
</Directory>

<Directory "${ROOT}/assets">
    Header set Cache-Control "public, max-age=31536000, immutable"
    Header merge Vary "Accept-Encoding"
    Header set Content-Encoding gzip "expr=reqenv('REDIRECT_gitlab_for_jira_gzip') == '1' || reqenv('gitlab_for_jira_gzip') == '1'"
    <FilesMatch "\\.js(\\.gz)?$">
        ForceType text/javascript
    </FilesMatch>
    <FilesMatch "\\.css(\\.gz)?$">
        ForceType text/css
    </FilesMatch>
    <FilesMatch "\\.svg(\\.gz)?$">
        ForceType image/svg+xml
    </FilesMatch>
    RemoveEncoding .gz
</Directory>
`
}
