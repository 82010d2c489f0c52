import type { Failure, FailureFacts, Step } from './failure-texts.ts'

/** What an administrator must enter for the OAuth application. */
export const applicationFields = (redirectUri: string) => [
  { name: 'Redirect URI', value: redirectUri, canCopy: true },
  { name: 'Trusted', value: 'cleared' },
  { name: 'Confidential', value: 'cleared' },
  { name: 'Scopes', value: 'api' },
]

const oauthApplicationStep = ({ instanceName, redirectUri, clientId }: FailureFacts): Step => ({
  text: `In the Admin area of ${instanceName}, under Applications, compare the application field by field.`,
  values: [
    ...applicationFields(redirectUri),
    ...(clientId ? [{ name: 'Application ID', value: clientId, canCopy: true }] : []),
  ],
})

/** The texts of a sign-in that failed. Part of the catalogue in `en-failures.ts`. */
export const signInFailures = {
  'popup-blocked': () => ({
    title: 'The browser blocked the GitLab window',
    cause: 'Signing in to GitLab happens in a window of its own, and this browser did not open it.',
    steps: ['Allow pop-up windows for this page in the browser’s address bar.', 'Then sign in again.'],
  }),
  'popup-closed': (facts) => ({
    title: 'The GitLab window was closed before signing in was finished',
    cause: `If it showed an error, the OAuth application on ${facts.instanceName} differs from what this page needs.`,
    steps: [
      'If you closed it by mistake, sign in again, and choose “Authorize” in the GitLab window.',
      oauthApplicationStep(facts),
      `If it ended on another page of GitLab, open ${facts.instanceName} in a new tab, sign in there, and try again here.`,
    ],
  }),
  'sign-in-cancelled': () => ({
    title: 'Signing in was cancelled',
    cause: 'The sign-in was ended before GitLab answered.',
    steps: ['Sign in again when you are ready.'],
  }),
  'sign-in-denied': () => ({
    title: 'Access was denied in the GitLab window',
    cause: 'This page can list and link groups only if you authorize it.',
    steps: ['Sign in again, and choose “Authorize” in the GitLab window.'],
  }),
  'authorization-failed': ({ instanceName }) => ({
    title: `${instanceName} did not authorize this page`,
    cause: 'GitLab ended the sign-in with an error.',
    steps: ['Try again.', 'If it stays so, show GitLab’s words to a GitLab administrator.'],
  }),
  'issuer-mismatch': ({ instanceName, instanceUrl }) => ({
    title: `The answer in the GitLab window was not from ${instanceName}`,
    cause: 'It names another server than the one that was asked, so this page did not use it.',
    steps: [
      {
        text: `Ask a GitLab administrator whether ${instanceName} calls itself by exactly this address (external_url).`,
        values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
      },
      'Then sign in again.',
    ],
  }),
  'client-refused': (facts) => ({
    title: `${facts.instanceName} did not accept the OAuth application`,
    cause: 'Usually “Confidential” or “Trusted” is selected in the application, or its ID is wrong.',
    steps: [oauthApplicationStep(facts), 'Then sign in again.'],
  }),
  'token-request-failed': ({ instanceName }) => ({
    title: `${instanceName} did not complete the sign-in`,
    cause: 'You authorized this page, but GitLab did not accept the request that follows.',
    steps: ['Sign in again.', 'If it stays so, show GitLab’s words to a GitLab administrator.'],
  }),
  'token-endpoint-unreachable': ({ instanceName }) => ({
    title: `${instanceName} did not answer while signing in`,
    cause: 'You authorized this page, but the request that follows was blocked on the way.',
    steps: [
      `Check that no proxy in front of ${instanceName} blocks requests to /oauth/token.`,
      'Then sign in again.',
    ],
  }),
  'token-endpoint-busy': ({ instanceName }) => ({
    title: `${instanceName} can’t complete the sign-in just now`,
    cause: 'You authorized this page, but GitLab answered with a server error or asks to wait.',
    steps: ['Wait a minute, then sign in again.'],
  }),
  'session-expired': () => ({
    title: 'Your GitLab sign-in has ended',
    cause: 'It expired, or it was revoked in GitLab.',
    steps: ['Sign in again. The linked groups are not affected.'],
  }),
} satisfies Record<string, Failure>
