import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'

interface CorsRule {
  path: RegExp
  allowedOrigin: (instance: Instance) => string
  methods: readonly string[]
  /** Lower case; if missing, any header is allowed. */
  requestHeaders?: readonly string[]
  exposed?: readonly string[]
  /** Headers that only newer builds expose. */
  exposedByNewest?: readonly string[]
}

const API_HEADERS = [
  'Link',
  'X-Total',
  'X-Total-Pages',
  'X-Per-Page',
  'X-Page',
  'X-Next-Page',
  'X-Prev-Page',
  'X-Gitlab-Blob-Id',
  'X-Gitlab-Commit-Id',
  'X-Gitlab-Content-Sha256',
  'X-Gitlab-Encoding',
  'X-Gitlab-File-Name',
  'X-Gitlab-File-Path',
  'X-Gitlab-Last-Commit-Id',
  'X-Gitlab-Ref',
  'X-Gitlab-Size',
]
const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const anyOrigin = () => '*'
const proxyUrl = (instance: Instance) => instance.settings.proxyUrl

/** GitLab's rack-cors rules. Paths without a rule (installations, callbacks, events, pages) get no header at all. */
const RULES: readonly CorsRule[] = [
  {
    path: /^\/api\//,
    allowedOrigin: anyOrigin,
    methods: ALL_METHODS,
    exposed: API_HEADERS,
    exposedByNewest: ['X-Request-Id', 'ETag'],
  },
  {
    path: /^\/-\/jira_connect\/(oauth_application_id|subscriptions\.json)$/,
    allowedOrigin: proxyUrl,
    methods: ['GET', 'OPTIONS'],
  },
  { path: /^\/-\/jira_connect\/subscriptions\/./, allowedOrigin: proxyUrl, methods: ['DELETE', 'OPTIONS'] },
  {
    path: /^\/oauth\/(token|revoke)$/,
    allowedOrigin: anyOrigin,
    methods: ['POST', 'OPTIONS'],
    requestHeaders: [
      'accept',
      'accept-language',
      'content-language',
      'content-type',
      'authorization',
      'x-csrf-token',
      'x-requested-with',
    ],
  },
  {
    path: /^\/(\.well-known\/openid-configuration|oauth\/discovery\/keys)$/,
    allowedOrigin: anyOrigin,
    methods: ['GET', 'HEAD'],
  },
]

/**
 * The CORS headers of a response, errors included; empty when no rule allows the origin and method. The origin is
 * compared character by character, so a Jira Connect Proxy URL with a trailing slash or different case matches no origin.
 */
export function corsHeaders(instance: Instance, request: Request): Record<string, string> {
  const origin = request.headers.get('Origin')
  if (!origin) return {}
  const path = new URL(request.url).pathname.slice(relativeRoot(instance.publicUrl).length)
  const method = request.headers.get('Access-Control-Request-Method') ?? request.method
  const rule = RULES.find((candidate) => candidate.path.test(path) && candidate.methods.includes(method))
  const allowed = rule?.allowedOrigin(instance)
  if (!rule || (allowed !== '*' && allowed !== origin)) return {}
  const wanted = requestedHeaders(request)
  const isNewest = ['before-19.2', 'newest'].includes(instance.settings.dialect)
  const exposed = [...(rule.exposed ?? []), ...((isNewest && rule.exposedByNewest) || [])]
  if (rule.requestHeaders && !wanted.every((name) => rule.requestHeaders?.includes(name))) return {}
  return {
    'Access-Control-Allow-Origin': allowed,
    'Access-Control-Allow-Methods': rule.methods.join(', '),
    ...(exposed.length > 0 && { 'Access-Control-Expose-Headers': exposed.join(', ') }),
    'Access-Control-Max-Age': '7200',
    ...(wanted.length > 0 && { 'Access-Control-Allow-Headers': wanted.join(', ') }),
    Vary: 'Origin',
  }
}

/** The response to a preflight: always 200, but without CORS headers if no rule allows the request. */
export function preflightResponse(instance: Instance, request: Request): Response {
  return new Response(null, { status: 200, headers: corsHeaders(instance, request) })
}

function requestedHeaders(request: Request): string[] {
  const names = request.headers.get('Access-Control-Request-Headers')?.toLowerCase().split(',') ?? []
  return names.map((name) => name.trim()).filter((name) => name !== '')
}
