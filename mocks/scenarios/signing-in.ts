import {
  brokenPreflight,
  gitlabAnswer,
  proxyErrorPage,
  withoutAuthorization,
} from '#mocks/gitlab/overrides.ts'
import type { Scenario } from './scenario.ts'

const TOKEN = '^/oauth/token$'

/** What shows while signing in. The list of linked groups works in all of them. */
export const signInScenarios: readonly Scenario[] = [
  {
    name: 'popup-blocked',
    sentence: "The browser doesn't open the GitLab window.",
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
    instance: 'gitlab',
    settings: { gitlab: { applicationIdMistyped: '5d0f1e8a' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'redirect-uri-other',
    sentence: "The OAuth application's redirect URI is on the instance itself instead of the app host.",
    instance: 'gitlab',
    settings: { gitlab: { redirectUri: '{gitlab}/-/jira_connect/oauth_callbacks' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'redirect-uri-trailing-slash',
    sentence: "The OAuth application's redirect URI ends with a slash.",
    instance: 'gitlab',
    settings: { gitlab: { redirectUri: '{app}/-/jira_connect/oauth_callbacks/' } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'application-scope-missing',
    sentence: 'The OAuth application lacks the scope "api".',
    instance: 'gitlab',
    settings: { gitlab: { scopes: ['read_user'] } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'application-confidential',
    sentence: 'The OAuth application is marked as confidential.',
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
    instance: 'gitlab',
    settings: { gitlab: { trusted: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'single-sign-on-ends-at-home',
    sentence: 'Single sign-on loses the return URL and ends on the home page of the instance.',
    instance: 'gitlab',
    settings: { gitlab: { ssoLoop: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'sign-in-never-returns',
    sentence: 'After access is authorized, the GitLab window stays where it is.',
    instance: 'gitlab',
    settings: { gitlab: { neverReturns: true } },
    when: 'signing-in',
    failure: 'popup-closed',
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'sign-in-window-cut-off',
    sentence: 'A proxy sends Cross-Origin-Opener-Policy, which disconnects the GitLab window from the page.',
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
    clue: 'cut-off-early',
    needsBrowser: true,
    check: { 'sign-in': 'popup-closed' },
  },
  {
    name: 'token-endpoint-blocked',
    sentence: 'A firewall blocks the token endpoint of the instance with its own 403 page.',
    instance: 'gitlab',
    settings: { gitlab: { overrides: [proxyErrorPage(TOKEN, 403)] } },
    when: 'signing-in',
    failure: 'token-endpoint-unreachable',
    clue: 'no-response',
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
    instance: 'gitlab',
    settings: { gitlab: { overrides: [brokenPreflight('^/')] } },
    when: 'signing-in',
    failure: 'cors-refused',
    clue: 'this-request',
    check: { 'sign-in': 'cors-refused' },
  },
  {
    name: 'authorization-header-dropped',
    sentence: 'A proxy in front of the instance drops the Authorization header.',
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
    instance: 'gitlab',
    settings: { gitlab: { accountBlocked: true } },
    when: 'signing-in',
    failure: 'gitlab-account-refused',
    gitlabSays: '403 Forbidden - Your account has been blocked.',
    check: { 'sign-in': 'gitlab-account-refused' },
  },
]
