/** What a failure's words need to know. All values are for people to read and compare. */
export interface FailureFacts {
  /** What the GitLab instance is called on this page. */
  readonly instanceName: string
  readonly instanceUrl: string
  /** Address of the instance that serves this page. */
  readonly appUrl: string
  readonly redirectUri: string
}

export interface FailureTexts {
  /** What happened, in one line. */
  readonly title: string
  /** The usual cause, in a sentence. */
  readonly cause: string
  /** What to do, one step each. */
  readonly steps: readonly string[]
}

type Failure = (facts: FailureFacts) => FailureTexts

const jiraAdministratorSteps = [
  'In admin.atlassian.com, add your Jira user to the group org-admins or site-admins.',
  'Come back to this page and try again. Your choice is kept.',
]

const openAgainFromJira = 'Reload this page in Jira, then try again.'

const connectionSteps = ({ instanceUrl, appUrl }: FailureFacts) => [
  `Check that ${instanceUrl} opens in a new tab of this browser.`,
  `In its Admin area, under Settings > General > GitLab for Jira App, set Jira Connect Proxy URL to exactly ${appUrl}, without a slash at the end.`,
]

/** Words for every failure, by the code of its error. */
export const failures = {
  'access-token-refused': () => ({
    title: 'GitLab no longer accepts your sign-in',
    cause: 'The sign-in has expired or was revoked in GitLab.',
    steps: ['Sign out, then sign in to GitLab again.'],
  }),
  'access-token-missing': ({ instanceName }) => ({
    title: 'GitLab did not see your sign-in',
    cause: `A proxy in front of ${instanceName} usually removes the Authorization header.`,
    steps: ['Ask the people who run that proxy to pass the Authorization header on to GitLab.'],
  }),
  'scope-missing': ({ instanceName }) => ({
    title: 'The sign-in does not include access to the API',
    cause: `The OAuth application on ${instanceName} lacks the scope “api”.`,
    steps: ['Ask a GitLab administrator to select the scope “api” in the application, then sign in again.'],
  }),
  'gitlab-account-refused': ({ instanceName }) => ({
    title: `${instanceName} refused your GitLab account`,
    cause: 'The account may be blocked, or may have to accept the terms of use first.',
    steps: [
      `Open ${instanceName} in a new tab and sign in there.`,
      'Do what it asks for, then try again here.',
    ],
  }),
  'context-token-refused': ({ instanceName }) => ({
    title: `${instanceName} did not accept Jira’s confirmation of this site`,
    cause: 'It has expired, or this Jira site and GitLab no longer share the same secret.',
    steps: [
      openAgainFromJira,
      'If that does not help, reinstall the GitLab for Jira app: Jira settings > Apps > Manage apps.',
    ],
  }),
  'jira-user-unreadable': ({ instanceName }) => ({
    title: `${instanceName} could not look up your Jira user`,
    cause: 'Your Jira user lacks the permission “Browse users and groups”, or a proxy changes the app’s key.',
    steps: [
      'In Jira’s global permissions, grant “Browse users and groups” to your Jira user.',
      'Come back to this page and try again. Your choice is kept.',
    ],
  }),
  'jira-user-not-administrator': () => ({
    title: 'Your Jira user is not allowed to do this',
    cause: 'The Jira user who opened this page is not a site or organization administrator.',
    steps: jiraAdministratorSteps,
  }),
  'group-not-linkable': ({ instanceName }) => ({
    title: 'GitLab does not let you link this group',
    cause: `You need at least the Maintainer role in it on ${instanceName}. It may also have been renamed or deleted.`,
    steps: [
      'Ask an owner of the group for the Maintainer role.',
      'Search for the group again and try once more.',
    ],
  }),
  'group-already-linked': () => ({
    title: 'This group is linked already',
    cause: 'Somebody linked it before.',
    steps: ['Look for it in the list of linked groups.'],
  }),
  'not-found': ({ instanceName }) => ({
    title: `${instanceName} does not know this request`,
    cause: 'It may be older than GitLab 15.7, or its address may lack a part of the path.',
    steps: [`Check the version of ${instanceName} and its address.`],
  }),
  'too-many-requests': ({ instanceName }) => ({
    title: `${instanceName} asks to wait`,
    cause: 'It received too many requests in a short time.',
    steps: ['Wait a minute, then try again.'],
  }),
  'gitlab-broken': ({ instanceName }) => ({
    title: `${instanceName} has a problem of its own`,
    cause: 'It answered with a server error.',
    steps: ['Wait a minute, then try again.', 'If it stays so, tell the people who run that instance.'],
  }),
  'request-refused': ({ instanceName }) => ({
    title: `${instanceName} refused the request`,
    cause: 'It gave no reason that this page knows.',
    steps: ['Try again.', 'If it stays so, tell the people who run that instance what GitLab said.'],
  }),
  'gitlab-unreachable': (facts) => ({
    title: `No answer from ${facts.instanceName}`,
    cause: 'This browser cannot reach it, or it does not allow requests from this page.',
    steps: connectionSteps(facts),
  }),
  'gitlab-too-slow': ({ instanceName }) => ({
    title: `${instanceName} takes too long to answer`,
    cause: 'There was no answer within 30 seconds.',
    steps: ['Try again in a minute.'],
  }),
  'answer-unexpected': ({ instanceName }) => ({
    title: `${instanceName} answered something this page can’t read`,
    cause: 'Usually a proxy or a sign-in page in front of GitLab answered instead.',
    steps: [`Check the address of ${instanceName} and the proxy in front of it.`, 'Then try again.'],
  }),
  'instance-url-invalid': () => ({
    title: 'The saved address of the GitLab instance is not usable',
    cause: 'It is not a plain web address.',
    steps: ['Reinstall the GitLab for Jira app: Jira settings > Apps > Manage apps.'],
  }),
  'application-id-missing': ({ instanceName, redirectUri }) => ({
    title: `${instanceName} is not set up for Jira yet`,
    cause: 'It names no application ID for Jira, so nobody can sign in from here.',
    steps: [
      `In the Admin area of ${instanceName}, under Applications, create an application with the redirect URI ${redirectUri} and the scope “api”. Clear “Trusted” and “Confidential”.`,
      'Copy its application ID to Settings > General > GitLab for Jira App > Jira Connect Application ID, and save.',
    ],
  }),
  'popup-blocked': () => ({
    title: 'The browser blocked the GitLab window',
    cause: 'Signing in to GitLab happens in a window of its own, and this browser did not open it.',
    steps: ['Allow pop-up windows for this page in the browser’s address bar.', 'Then sign in again.'],
  }),
  'popup-closed': ({ instanceName }) => ({
    title: 'The GitLab window was closed before signing in was finished',
    cause: `If you did not close it, ${instanceName} showed an error there, or does not let its window answer this page.`,
    steps: [
      'Sign in again, and choose “Authorize” in the GitLab window.',
      `If the window shows an error or another page, open ${instanceName} in a new tab, sign in there, and try again.`,
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
  'client-refused': ({ instanceName, redirectUri }) => ({
    title: `${instanceName} did not accept the OAuth application`,
    cause: 'Usually “Confidential” or “Trusted” is selected in the application, or its ID is wrong.',
    steps: [
      'In its Admin area, under Applications, open the application and clear “Confidential” and “Trusted”.',
      `Compare the redirect URI: ${redirectUri}`,
    ],
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
  'session-expired': () => ({
    title: 'Your GitLab sign-in has ended',
    cause: 'It expired, or it was revoked in GitLab.',
    steps: ['Sign in again. The linked groups are not affected.'],
  }),
  'jira-silent': () => ({
    title: 'Jira does not answer this page',
    cause: 'Jira usually confirms within a second who opened the page. It has not done so.',
    steps: [openAgainFromJira],
  }),
  'jira-refused': () => ({
    title: 'Jira does not confirm who opened this page',
    cause: 'Your Jira session may have ended.',
    steps: ['Sign in to Jira again.', openAgainFromJira],
  }),
  'config-unreadable': ({ appUrl }) => ({
    title: 'This page’s settings file can’t be read',
    cause: `There was no answer for ${appUrl}/-/jira_connect/config.json. The page goes on without it.`,
    steps: [openAgainFromJira],
  }),
  'config-invalid': ({ appUrl }) => ({
    title: 'This page’s settings file is wrong',
    cause: `What ${appUrl}/-/jira_connect/config.json holds is not what the documentation describes, so it was ignored.`,
    steps: ['Tell the people who run this page.'],
  }),
  unknown: () => ({
    title: 'Something on this page went wrong',
    cause: 'This is a mistake in the page itself, not in your settings.',
    steps: [openAgainFromJira],
  }),
} satisfies Record<string, Failure>

/** Every text that a person reads, in English. Functions take values; numbers and dates come formatted. */
export const texts = {
  appName: 'GitLab for Jira',
  appPurpose: 'Development work in linked GitLab groups shows on this site’s Jira issues.',
  instance: 'GitLab instance',
  loading: 'Loading',
  tryAgain: 'Try again',
  cancel: 'Cancel',

  account: {
    signedInAs: (username: string) => `Signed in as @${username}`,
    signedOut: 'Signed out of GitLab.',
    signOut: 'Sign out',
  },

  signIn: {
    title: 'Link groups',
    reason: 'To link more groups, sign in to GitLab. Listing and unlinking need no sign-in.',
    button: (instanceName: string) => `Sign in to ${instanceName}`,
    inWindow: 'Continue in the GitLab window.',
    inWindowHelp: 'If it ended on another page, cancel and sign in again.',
    showWindow: 'Show the window again',
    waiting: 'Waiting for you in the GitLab window.',
  },

  linking: {
    title: 'Link groups',
    group: 'Group',
    placeholder: 'Search groups…',
    rules:
      'You see groups in which you have at least the Maintainer role. Personal namespaces cannot be linked.',
    rulesForAdministrators:
      'As a GitLab administrator you see every group. Personal namespaces cannot be linked.',
    link: 'Link group',
    linked: 'Linked',
    loading: 'Loading groups…',
    tooShort: 'GitLab searches from three letters on. These are all groups.',
    noneFound: (search: string) => `No group that you may link matches “${search}”.`,
    noneAtAll: 'There is no group in which you have at least the Maintainer role.',
    done: (name: string) => `Linked ${name}.`,
    whatNext: 'Its work appears in Jira over the next minutes; large groups take longer.',
  },

  list: {
    title: 'Linked groups',
    empty:
      'No group is linked yet. Once a group is linked, its branches, commits, merge requests, builds and deployments show on the Jira issues that they mention.',
    linkedOn: (date: string) => `Linked on ${date}`,
    isNew: 'New',
    unlink: 'Unlink',
    unlinkGroup: (name: string) => `Unlink ${name}`,
    question: (name: string) => `Unlink ${name}?`,
    consequence: 'GitLab stops sending its work to this Jira site. What Jira already shows is not removed.',
    unlinked: (name: string) => `Unlinked ${name}.`,
  },

  failure: {
    gitlabSaid: 'GitLab said:',
    whatToDo: 'What to do',
  },

  outsideJira: {
    title: 'Open this page in Jira',
    body: 'This page links GitLab groups to a Jira site, so it works only inside Jira.',
    steps: [
      'In Jira, open Settings, then Apps, then Manage apps.',
      'Find GitLab for Jira, expand it, and select Get started.',
    ],
  },
}
