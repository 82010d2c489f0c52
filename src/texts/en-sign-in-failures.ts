import type { Failure, FailureFacts, Step } from './failure-texts.ts'

/** What an administrator must enter for the OAuth application. */
export const applicationFields = (redirectUri: string) => [
  { name: 'Redirect URI', value: redirectUri, canCopy: true },
  { name: 'Trusted', value: 'cleared' },
  { name: 'Confidential', value: 'cleared' },
  { name: 'Scopes', value: 'api' },
]

const oauthApplicationStep = (facts: FailureFacts): Step => ({
  text: `Ask a GitLab administrator to compare the application in the Admin area of ${facts.instanceName}, under Applications, with these values.`,
  values: [
    ...applicationFields(facts.redirectUri),
    ...(facts.clientId ? [{ name: 'Application ID', value: facts.clientId, canCopy: true }] : []),
  ],
  setUp: facts,
})

const showWords = (isQuoted: boolean) =>
  `If the problem continues, send ${isQuoted ? 'GitLab’s message' : 'the copied details'} to your GitLab administrator.`

/** The texts of a sign-in that failed. Part of the catalogue in `en-failures.ts`. */
export const signInFailures = {
  'popup-blocked': () => ({
    title: 'Your browser blocked the GitLab window',
    cause: 'Sign-in opens in a separate window, and your browser blocked it.',
    steps: ['Allow pop-up windows for this page in your browser’s address bar.', 'Then sign in again.'],
  }),
  'popup-closed': (facts, { clue }) => {
    const cutOff = {
      cause: `The window is still open, but disconnected from this page. ${facts.instanceName} or a proxy in front of it sends the header Cross-Origin-Opener-Policy.`,
      steps: [
        'Ask whoever manages the instance or proxy to remove the header for /oauth/ and /users/, or to set it to unsafe-none.',
      ],
    }
    const closed = {
      cause: 'You closed it.',
      steps: ['Sign in again, and select “Authorize” in the GitLab window.'],
    }
    if (clue === 'cut-off-early')
      return {
        title: 'The GitLab window was disconnected right away',
        cause: 'Your browser reported the window as closed right after it opened GitLab.',
        causes: [
          cutOff,
          closed,
          {
            cause: 'It showed an error, and you closed it.',
            steps: ['Sign in again, and read the message in the window before you close it.'],
          },
        ],
      }
    return {
      title: 'The GitLab window closed before you finished signing in',
      cause: 'Or your browser disconnected it from this page, which looks the same to this page.',
      causes: [
        closed,
        {
          cause: `It showed an error because the OAuth application on ${facts.instanceName} isn’t set up as this page requires.`,
          steps: [oauthApplicationStep(facts)],
        },
        {
          cause: 'It ended on a different GitLab page.',
          steps: [`Open ${facts.instanceName} in a new tab, sign in there, and try again here.`],
        },
        cutOff,
      ],
    }
  },
  'sign-in-cancelled': () => ({
    title: 'Sign-in was canceled',
    cause: 'It ended before GitLab responded.',
    steps: ['Sign in again when you’re ready.'],
  }),
  'sign-in-denied': (_facts, { isQuoted }) => ({
    title: isQuoted ? 'Access was denied in the GitLab window' : 'GitLab didn’t grant access',
    cause: isQuoted
      ? 'This page can only list and link groups if you authorize it.'
      : 'You denied access in the GitLab window, or GitLab ended the sign-in without a reason. This page can only list and link groups if you authorize it.',
    steps: ['Sign in again, and select “Authorize” in the GitLab window.'],
  }),
  'authorization-failed': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} didn’t authorize this page`,
    cause: 'GitLab ended the sign-in with an error.',
    steps: ['Try again.', showWords(isQuoted)],
  }),
  'issuer-mismatch': ({ instanceName, instanceUrl }) => ({
    title: `The sign-in response didn’t come from ${instanceName}`,
    cause: 'It came from a different server than expected, so this page ignored it.',
    steps: [
      {
        text: `Ask a GitLab administrator to check that the external URL (external_url) of ${instanceName} is exactly this one.`,
        values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
      },
      'Then sign in again.',
    ],
  }),
  'client-refused': (facts) => ({
    title: `${facts.instanceName} didn’t accept the OAuth application`,
    cause:
      'It doesn’t recognize the Application ID, or it requires a client secret, which a page in a browser can’t have.',
    steps: [oauthApplicationStep(facts), 'Then sign in again.'],
  }),
  'token-request-failed': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} didn’t complete the sign-in`,
    cause: 'You authorized this page, but GitLab rejected the next step.',
    steps: ['Sign in again.', showWords(isQuoted)],
  }),
  'token-endpoint-unreachable': ({ instanceName }) => ({
    title: `Couldn’t get an access token from ${instanceName}`,
    cause: 'The request to /oauth/token was blocked, or something other than GitLab responded to it.',
    steps: [
      'Try again. The connection might have dropped for a moment.',
      `If the problem continues, ask whoever manages the proxy or firewall in front of ${instanceName} to allow POST requests to /oauth/token.`,
    ],
  }),
  'token-endpoint-busy': ({ instanceName }) => ({
    title: `${instanceName} can’t issue an access token right now`,
    cause:
      'It responded with a server error, or it’s limiting requests. If you were signed in, you still are.',
    steps: ['Wait a minute, then try again.'],
  }),
  'session-expired': () => ({
    title: 'Your GitLab sign-in has ended',
    cause: 'It expired or was revoked, or the OAuth application was changed.',
    steps: ['Sign in again. Linked groups aren’t affected.'],
  }),
} satisfies Record<string, Failure>
