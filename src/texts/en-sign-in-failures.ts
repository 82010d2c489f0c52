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

const showWords = (isQuoted: boolean) =>
  `If the problem continues, show ${isQuoted ? 'GitLab’s words' : 'the copied details'} to a GitLab administrator.`

/** The texts of a sign-in that failed. Part of the catalogue in `en-failures.ts`. */
export const signInFailures = {
  'popup-blocked': () => ({
    title: 'The browser blocked the GitLab window',
    cause: 'Signing in to GitLab happens in a window of its own, and this browser did not open it.',
    steps: ['Allow pop-up windows for this page in the browser’s address bar.', 'Then sign in again.'],
  }),
  'popup-closed': (facts, { clue }) => {
    const cutOff = {
      cause: `The window is still open: ${facts.instanceName} or a proxy in front of it sends the header Cross-Origin-Opener-Policy, which disconnects the window from this page.`,
      steps: [
        'Ask whoever manages that proxy or instance not to send the header for /oauth/ and /users/, or to send the value unsafe-none.',
      ],
    }
    const closed = {
      cause: 'You closed it.',
      steps: ['Sign in again, and select “Authorize” in the GitLab window.'],
    }
    if (clue === 'cut-off-early')
      return {
        title: 'The connection to the GitLab window was lost at once',
        cause: 'The browser reported the window as closed right after it had been sent to GitLab.',
        causes: [
          cutOff,
          closed,
          {
            cause: 'It showed an error, and you closed it.',
            steps: ['Sign in again, and read what the window says before you close it.'],
          },
        ],
      }
    return {
      title: 'The GitLab window was closed before signing in was finished',
      cause: 'Or the browser disconnected it from this page, which looks the same from here.',
      causes: [
        closed,
        {
          cause: `It showed an error: the OAuth application on ${facts.instanceName} differs from what this page needs.`,
          steps: [oauthApplicationStep(facts)],
        },
        {
          cause: 'It ended on another page of GitLab.',
          steps: [`Open ${facts.instanceName} in a new tab, sign in there, and try again here.`],
        },
        cutOff,
      ],
    }
  },
  'sign-in-cancelled': () => ({
    title: 'Signing in was cancelled',
    cause: 'The sign-in was ended before GitLab answered.',
    steps: ['Sign in again when you are ready.'],
  }),
  'sign-in-denied': (_facts, { isQuoted }) => ({
    title: isQuoted ? 'Access was denied in the GitLab window' : 'The GitLab window ended without access',
    cause: isQuoted
      ? 'This page can list and link groups only if you authorize it.'
      : 'Access was denied there, or GitLab ended the sign-in without a reason. This page can list and link groups only if you authorize it.',
    steps: ['Sign in again, and select “Authorize” in the GitLab window.'],
  }),
  'authorization-failed': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} didn’t authorize this page`,
    cause: 'GitLab ended the sign-in with an error.',
    steps: ['Try again.', showWords(isQuoted)],
  }),
  'issuer-mismatch': ({ instanceName, instanceUrl }) => ({
    title: `The response names another address than ${instanceName}`,
    cause: 'It names another address than the one that was asked, so this page didn’t use it.',
    steps: [
      {
        text: `Ask a GitLab administrator whether ${instanceName} calls itself by exactly this address (external_url).`,
        values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
      },
      'Then sign in again.',
    ],
  }),
  'client-refused': (facts) => ({
    title: `${facts.instanceName} didn’t accept the OAuth application`,
    cause:
      'It responded that this page isn’t a client it knows, or that the client has to give a secret, which a page in a browser can’t have.',
    steps: [oauthApplicationStep(facts), 'Then sign in again.'],
  }),
  'token-request-failed': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} didn’t complete the sign-in`,
    cause: 'You authorized this page, but GitLab didn’t accept the request that follows.',
    steps: ['Sign in again.', showWords(isQuoted)],
  }),
  'token-endpoint-unreachable': ({ instanceName }) => ({
    title: `Couldn’t get an access token from ${instanceName}`,
    cause:
      'The request to /oauth/token was blocked on its way, or something other than GitLab responded to it.',
    steps: [
      'Try again: the connection might have dropped for a moment.',
      `If the problem continues, ask whoever manages the proxy or firewall in front of ${instanceName} to let POST requests to /oauth/token through.`,
    ],
  }),
  'token-endpoint-busy': ({ instanceName }) => ({
    title: `${instanceName} can’t give an access token at the moment`,
    cause: 'It responded with a server error, or limits requests. If you were signed in, you still are.',
    steps: ['Wait a minute, then try again.'],
  }),
  'session-expired': () => ({
    title: 'Your GitLab sign-in has ended',
    cause: 'GitLab didn’t renew it: it expired, was revoked, or the OAuth application was changed.',
    steps: ['Sign in again. The linked groups are not affected.'],
  }),
} satisfies Record<string, Failure>
