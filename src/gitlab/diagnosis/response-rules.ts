import type { BodyKind } from '#src/http/read-body.ts'
import type { Endpoint } from './endpoint.ts'
import type { Clue, RefusalCode, Verdict } from './verdict.ts'

/** What a refusal looks like. */
export interface ResponseEvidence {
  readonly status: number
  readonly endpoint: Endpoint
  readonly kind: BodyKind
  /** `error` of a JSON body. */
  readonly error: unknown
  /** Whether a JSON body has `errors` as an object, one list for each field. */
  readonly hasFieldErrors: boolean
  /** GitLab's own words; empty if there are none. */
  readonly message: string
}

interface ResponseRule {
  readonly code: RefusalCode
  readonly clue?: Clue
  readonly status: number | readonly number[]
  readonly endpoint?: readonly Endpoint[]
  readonly kind?: readonly BodyKind[]
  readonly when?: (evidence: ResponseEvidence) => boolean
}

/** GitLab called groups namespaces until 16.1, and still does in some messages. */
const ABOUT_GROUP = /namespace|group/i
/** Older versions name the role that is missing, newer ones the Jira groups. */
const ABOUT_JIRA_USER = /jira user\b|site-admins|org-admins/i
const ABOUT_CONTEXT_TOKEN = /jwt/i

const says = (pattern: RegExp) => (evidence: ResponseEvidence) => pattern.test(evidence.message)
const NOT_JSON = ['html', 'text'] as const
const API = ['api', 'link'] as const
/** Endpoints that check Jira's context token. */
const WITH_CONTEXT_TOKEN = ['connect', 'unlink', 'save-instance'] as const

/**
 * What each refusal means; the first rule that fits decides. GitLab refuses API requests with JSON, and those below
 * `/-/jira_connect/` with JSON or an empty body, because the page asks for nothing but JSON. What comes in another form
 * is not from GitLab.
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/services/jira_connect_subscriptions/create_service.rb
 */
const rules: readonly ResponseRule[] = [
  // GitLab's own limit of all requests sends text.
  { status: 429, code: 'too-many-requests' },

  {
    status: 401,
    kind: ['json'],
    when: ({ error }) => error === 'invalid_token',
    code: 'access-token-refused',
  },
  { status: 401, endpoint: ['link'], when: says(ABOUT_CONTEXT_TOKEN), code: 'context-token-refused' },
  // Up to about 19.1, for a group that the user can't see as well as for one in which the role is too low.
  { status: 401, endpoint: ['link'], kind: ['json'], when: says(ABOUT_GROUP), code: 'group-not-linkable' },
  { status: 401, endpoint: API, when: says(/^401\b/), code: 'access-token-missing' },
  { status: 401, kind: [...NOT_JSON, 'empty'], code: 'refused-in-front', clue: 'sign-in' },

  { status: 403, kind: ['json'], when: says(/read-?only instance/i), code: 'gitlab-read-only' },
  { status: 403, when: ({ error }) => error === 'insufficient_scope', code: 'scope-missing' },
  { status: 403, kind: ['json'], when: says(/fetch user information/i), code: 'jira-user-unreadable' },
  // A message about the account begins with the status and gives a reason. GitLab checks the account before the rest.
  { status: 403, endpoint: API, when: says(/^403 Forbidden - /), code: 'gitlab-account-refused' },
  { status: 403, endpoint: ['link'], when: says(ABOUT_JIRA_USER), code: 'jira-user-not-administrator' },
  // A message that names the groups shows that GitLab could look the user up.
  {
    status: 403,
    endpoint: ['save-instance'],
    when: says(/site-admins|org-admins/i),
    code: 'jira-user-not-administrator',
  },
  // Since about 19.2.
  {
    status: 403,
    endpoint: ['link'],
    when: says(ABOUT_GROUP),
    code: 'group-not-linkable',
    clue: 'role-too-low',
  },
  {
    status: 403,
    endpoint: ['unlink'],
    when: says(/^forbidden$/i),
    code: 'jira-user-not-administrator',
    clue: 'or-unreadable',
  },
  {
    status: 403,
    endpoint: ['save-instance'],
    when: says(ABOUT_JIRA_USER),
    code: 'jira-user-not-administrator',
    clue: 'or-unreadable',
  },
  { status: 403, endpoint: WITH_CONTEXT_TOKEN, kind: ['empty'], code: 'context-token-refused' },
  { status: 403, kind: [...NOT_JSON, 'empty'], code: 'refused-in-front' },

  // Since about 19.2. A gateway that doesn't know the route can have a message, too.
  {
    status: 404,
    endpoint: ['link'],
    when: says(ABOUT_GROUP),
    code: 'group-not-linkable',
    clue: 'group-unknown',
  },
  { status: 404, code: 'not-found' },

  { status: [405, 501], kind: [...NOT_JSON, 'empty'], code: 'refused-in-front', clue: 'method' },
  { status: [407, 511], code: 'refused-in-front', clue: 'sign-in' },
  { status: [413, 414, 431], code: 'refused-in-front', clue: 'too-large' },

  { status: 422, endpoint: ['link'], when: says(/already/i), code: 'group-already-linked' },
  {
    status: 422,
    endpoint: ['save-instance'],
    when: ({ hasFieldErrors }) => hasFieldErrors,
    code: 'instance-url-refused',
  },
  {
    status: 422,
    endpoint: ['save-instance'],
    when: says(/network error/i),
    code: 'installation-unreachable',
  },
  {
    status: 422,
    endpoint: ['save-instance'],
    when: says(/response code 401\b/i),
    code: 'installation-refused',
  },
  { status: 422, endpoint: ['save-instance'], when: says(/response code \d/i), code: 'installation-blocked' },

  // Cloudflare has numbers of its own.
  {
    status: [502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530],
    code: 'gitlab-broken',
    clue: 'not-running',
  },
]

/** @returns what a refusal means */
export function judgeResponse(evidence: ResponseEvidence): Verdict<RefusalCode> {
  const { status, kind } = evidence
  const rule = rules.find((one) => applies(one, evidence))
  if (rule) return { code: rule.code, clue: rule.clue }
  if (status >= 500) return { code: 'gitlab-broken' }
  return { code: kind === 'html' ? 'refused-in-front' : 'request-refused' }
}

function applies(rule: ResponseRule, evidence: ResponseEvidence): boolean {
  return (
    [rule.status].flat().includes(evidence.status) &&
    (rule.endpoint?.includes(evidence.endpoint) ?? true) &&
    (rule.kind?.includes(evidence.kind) ?? true) &&
    (rule.when?.(evidence) ?? true)
  )
}
