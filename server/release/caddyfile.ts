import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { pageHeaders } from '#server/page-headers.ts'
import { ROOT } from './apache.ts'

const BASE = '/-/jira_connect'

/** What Caddy needs to serve the page: a snippet for the site of a GitLab, and one that keeps queries out of logs. */
export function caddyfile(): string {
  const headers = Object.entries(pageHeaders(contentSecurityPolicy({ connectTo: 'none' })))
  const page = (name: string, path: string, file: string) => `    @gitlab_for_jira_${name} {
        method GET HEAD
        path ${BASE}/${path}${path === 'subscriptions' ? '\n        not header Accept application/json' : ''}
        file {
            root ${ROOT}/current/page
            try_files /${file}
        }
    }
    handle @gitlab_for_jira_${name} {
        root * ${ROOT}/current/page
        rewrite * /${file}
        header {
${headers.map(([header, value]) => `            ${header} "${value}"`).join('\n')}
            Content-Type "text/html; charset=utf-8"
        }
        file_server
    }`
  return `# GitLab for Jira: the configuration page, for the site that is in front of GitLab. In the Caddyfile:
#
#   import ${ROOT}/current/Caddyfile
#   {
#       import gitlab_for_jira_log
#   }
#   gitlab.example.com {
#       import gitlab_for_jira
#       reverse_proxy …
#   }
#
# To see which page is live (only this one's policy begins like that):
#   curl -sI https://gitlab.example.com${BASE}/subscriptions | grep "default-src 'none'"

# Caddy logs whole URLs when GitLab is down, and these contain secrets (jwt, code). If you have an access log, import
# gitlab_for_jira_log_format in its log block, too.
(gitlab_for_jira_log_format) {
    format filter {
        wrap json
        fields {
            request>uri regexp \\?.* ""
            request>headers>Referer delete
            resp_headers>Location delete
        }
    }
}
(gitlab_for_jira_log) {
    log default {
        import gitlab_for_jira_log_format
    }
}

(gitlab_for_jira) {
    # The page. Other methods are for GitLab, and so is its list of linked groups, which has the same URL.
    # If a file is missing, GitLab's own page is served.
${page('page', 'subscriptions', 'index.html')}

    # The redirect URI.
${page('callback', 'oauth_callbacks', 'callback.html')}

    # Settings of this deployment. If the file is missing, the response is 404, and the page uses its defaults.
    handle ${BASE}/config.json {
        root * ${ROOT}
        rewrite * /config.json
        header {
            Cache-Control no-store
            X-Content-Type-Options nosniff
        }
        file_server
    }

    # The names of these files change with their content. Those of earlier releases stay: open pages load them.
    @gitlab_for_jira_assets {
        method GET HEAD
        path ${BASE}/assets/*
    }
    handle @gitlab_for_jira_assets {
        root * ${ROOT}
        header X-Content-Type-Options nosniff
        @gitlab_for_jira_exists file
        # In this order: the file is looked for without the prefix.
        route {
            uri strip_prefix ${BASE}
            header @gitlab_for_jira_exists Cache-Control "public, max-age=31536000, immutable"
            file_server {
                precompressed br gzip
            }
        }
    }

    @gitlab_for_jira_icon {
        method GET HEAD
        path ${BASE}/app-icon.svg
        file {
            root ${ROOT}/current/page
            try_files /app-icon.svg
        }
    }
    handle @gitlab_for_jira_icon {
        root * ${ROOT}/current/page
        rewrite * /app-icon.svg
        header {
            Cache-Control "public, max-age=86400"
            X-Content-Type-Options nosniff
        }
        file_server
    }
}
`
}
