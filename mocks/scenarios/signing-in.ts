import { brokenPreflight, gitlabAnswer, proxyErrorPage, withoutAuthorization } from '../gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const TOKEN = '^/oauth/token$'
const NOT_SIGNED_IN = 'Failed to sign in to GitLab'
const ERROR_IN_WINDOW = 'An error page in the GitLab window, which the user closes'

/** What shows while signing in. The list of linked groups works in all of them. */
export const signInScenarios: readonly Scenario[] = [
  {
    name: 'popup-blocked',
    sentence: "The browser doesn't open the GitLab window.",
    symptom: 'Nothing opens',
    instance: 'gitlab',
    settings: {
      jira: {
        sandbox:
          'allow-downloads allow-forms allow-modals allow-same-origin allow-scripts allow-top-navigation-by-user-activation',
      },
    },
    when: 'signing-in',
    failure: 'popup-blocked',
    check: { 'sign-in': 'popup-blocked' },
  },
  {
    name: 'application-id-mistyped',
    sentence: 'The Jira Connect Application ID of the instance belongs to no application.',
    symptom: `${ERROR_IN_WINDOW}: unknown client`,
    instance: 'gitlab',
    settings: { gitlab: { applicationIdMistyped: '5d0f1e8a' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'redirect-uri-other',
    sentence: "The OAuth application's redirect URI is on the instance itself instead of the app host.",
    symptom: `${ERROR_IN_WINDOW}: redirect URI`,
    instance: 'gitlab',
    settings: { gitlab: { redirectUri: '{gitlab}/-/jira_connect/oauth_callbacks' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'redirect-uri-trailing-slash',
    sentence: "The OAuth application's redirect URI ends with a slash.",
    symptom: `${ERROR_IN_WINDOW}: redirect URI`,
    instance: 'gitlab',
    settings: { gitlab: { redirectUri: '{app}/-/jira_connect/oauth_callbacks/' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'application-scope-missing',
    sentence: 'The OAuth application lacks the scope "api".',
    symptom: `${ERROR_IN_WINDOW}: scope`,
    instance: 'gitlab',
    settings: { gitlab: { scopes: ['read_user'] } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'application-confidential',
    sentence: 'The OAuth application is marked as confidential.',
    symptom: `${NOT_SIGNED_IN}: 401 invalid_client`,
    instance: 'gitlab',
    settings: { gitlab: { confidential: true } },
    when: 'signing-in',
    failure: 'client-refused',
    gitlabSays:
      'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    check: { 'sign-in': 'client-refused' },
  },
  {
    name: 'application-trusted',
    sentence:
      'The OAuth application is marked as trusted, and the GitLab window stops at a page that leads nowhere.',
    symptom: `${NOT_SIGNED_IN}: the GitLab window stays open`,
    instance: 'gitlab',
    settings: { gitlab: { trusted: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'single-sign-on-ends-at-home',
    sentence: 'Single sign-on loses the return URL and ends on the home page of the instance.',
    symptom: 'The GitLab window ends on the home page, and the user closes it',
    instance: 'gitlab',
    settings: { gitlab: { ssoLoop: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'sign-in-never-returns',
    sentence: 'After access is authorized, the GitLab window stays where it is.',
    symptom: 'The GitLab window stays open and the page spins',
    instance: 'gitlab',
    settings: { gitlab: { neverReturns: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'sign-in-window-cut-off',
    sentence: 'A proxy sends Cross-Origin-Opener-Policy, which disconnects the GitLab window from the page.',
    symptom: 'The GitLab window stays open and the page spins: the opener is lost',
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [
          { path: '^/', by: 'proxy', addsResponseHeaders: { 'Cross-Origin-Opener-Policy': 'same-origin' } },
        ],
      },
    },
    when: 'signing-in',
    failure: 'popup-closed',
    needsBrowser: true,
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'token-endpoint-blocked',
    sentence: 'A firewall blocks the token endpoint of the instance with its own 403 page.',
    symptom: `${NOT_SIGNED_IN}: no readable response from /oauth/token`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(TOKEN, 403)] } },
    when: 'signing-in',
    failure: 'token-endpoint-unreachable',
    check: { 'sign-in': 'token-endpoint-unreachable' },
  },
  {
    name: 'token-preflight-broken',
    sentence: "A proxy refuses preflights of the token endpoint, which simple requests don't need.",
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/oauth/')] } },
    when: 'linking',
  },
  {
    name: 'token-endpoint-in-maintenance',
    sentence:
      'The instance responds that its organization is under maintenance when the sign-in is completed.',
    symptom: `${NOT_SIGNED_IN}: 503 temporarily_unavailable`,
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [
          gitlabAnswer(TOKEN, 503, {
            error: 'temporarily_unavailable',
            error_description: 'The organization is under maintenance.',
          }),
        ],
      },
    },
    when: 'signing-in',
    failure: 'token-endpoint-busy',
    gitlabSays: 'The organization is under maintenance.',
    check: { 'sign-in': 'token-endpoint-busy' },
  },
  {
    name: 'authorization-code-refused',
    sentence: "The instance doesn't accept the authorization code it has just issued.",
    symptom: `${NOT_SIGNED_IN}: 400 invalid_grant`,
    instance: 'gitlab',
    settings: {
      gitlab: {
        overrides: [
          gitlabAnswer(TOKEN, 400, {
            error: 'invalid_grant',
            error_description:
              'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
          }),
        ],
      },
    },
    when: 'signing-in',
    failure: 'token-request-failed',
    gitlabSays:
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    check: { 'sign-in': 'token-request-failed' },
  },
  {
    name: 'preflights-broken',
    sentence: 'A proxy refuses the preflights of every signed-in request.',
    symptom: `${NOT_SIGNED_IN}: no readable response from /api`,
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/')] } },
    when: 'signing-in',
    failure: 'cors-refused',
    check: { 'sign-in': 'cors-refused' },
  },
  {
    name: 'authorization-header-dropped',
    sentence: 'A proxy in front of the instance drops the Authorization header.',
    symptom: 'Failed to load groups: 401',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [withoutAuthorization('^/api/')] } },
    when: 'signing-in',
    failure: 'access-token-missing',
    gitlabSays: '401 Unauthorized',
    check: { 'sign-in': 'access-token-missing' },
  },
  {
    name: 'account-blocked',
    sentence: 'The GitLab account that signs in is blocked.',
    symptom: 'Failed to load groups: 403, account blocked',
    instance: 'gitlab',
    settings: { gitlab: { accountBlocked: true } },
    when: 'signing-in',
    failure: 'gitlab-account-refused',
    gitlabSays: '403 Forbidden - Your account has been blocked.',
    check: { 'sign-in': 'gitlab-account-refused' },
  },
]
