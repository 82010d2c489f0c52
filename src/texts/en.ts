import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/** What a failure's words need to know. All values are for people to read and compare. */
export interface FailureFacts {
  /** What the GitLab instance is called on this page. */
  readonly instanceName: string
  readonly instanceUrl: string
  /** Address of the instance that serves this page. */
  readonly appUrl: string
  readonly redirectUri: string
  /** The id under which this page signs in; undefined while it is not known. */
  readonly clientId?: string | undefined
}

/** Something to do, and values to compare or to enter, each with a way to copy it. */
export interface Step {
  readonly text: string
  readonly values?: readonly { readonly name: string; readonly value: string; readonly canCopy?: boolean }[]
}

export interface FailureTexts {
  /** What happened, in one line. */
  readonly title: string
  /** The usual cause, in a sentence. */
  readonly cause: string
  /** What to do, one step each. */
  readonly steps: readonly (string | Step)[]
}

type Failure = (facts: FailureFacts) => FailureTexts

const jiraAdministratorSteps = [
  'In admin.atlassian.com, add your Jira user to the group org-admins or site-admins.',
  'Come back to this page and try again. Your choice is kept.',
]

const openAgainFromJira = 'Reload this page in Jira, then try again.'

const proxyUrlStep = ({ instanceName, appUrl }: FailureFacts): Step => ({
  text: `In the Admin area of ${instanceName}, under Settings > General > GitLab for Jira App, enter exactly this, without a slash at the end, and save.`,
  values: [{ name: 'Jira Connect Proxy URL', value: appUrl, canCopy: true }],
})

const oauthApplicationStep = ({ instanceName, redirectUri, clientId }: FailureFacts): Step => ({
  text: `In the Admin area of ${instanceName}, under Applications, compare the application field by field.`,
  values: [
    { name: 'Redirect URI', value: redirectUri, canCopy: true },
    { name: 'Trusted', value: 'cleared' },
    { name: 'Confidential', value: 'cleared' },
    { name: 'Scopes', value: 'api' },
    ...(clientId ? [{ name: 'Application ID', value: clientId, canCopy: true }] : []),
  ],
})

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
  'gitlab-unreachable': ({ instanceName, instanceUrl }) => ({
    title: `No answer from ${instanceName}`,
    cause:
      'This browser cannot reach it. The address may be wrong, its certificate not trusted, or a firewall in between.',
    steps: [
      {
        text: 'Open this address in a new tab of this browser. If it does not open, the instance or your network is the problem.',
        values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
      },
      'If it opens there, its address may lead into a private network, to which browsers give pages from the internet no access. Use the public address of the instance.',
    ],
  }),
  'cors-refused': (facts) => ({
    title: `${facts.instanceName} does not allow requests from this page`,
    cause:
      'It answers, but its Jira Connect Proxy URL is empty or not this page’s address, or a proxy in front of it removes the answer’s headers.',
    steps: [
      proxyUrlStep(facts),
      `Check that a proxy in front of ${facts.instanceName} passes on OPTIONS and DELETE requests below /-/jira_connect/ and /api/, with all headers.`,
      'If everything else on this page works, the connection was only lost for a moment: try again.',
    ],
  }),
  'browser-offline': () => ({
    title: 'This browser is offline',
    cause: 'It has no connection to a network.',
    steps: ['Connect to a network, then try again. Nothing you chose is lost.'],
  }),
  'blocked-by-policy': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `This page may not talk to ${instanceName}`,
    cause: `The Content-Security-Policy with which ${appUrl} serves this page does not name it.`,
    steps: [
      {
        text: 'Ask the people who run this page to add the instance to the policy.',
        values: [{ name: 'connect-src', value: instanceUrl, canCopy: true }],
      },
      'Then reload this page in Jira: the policy comes with it.',
    ],
  }),
  'local-network-refused': ({ instanceName }) => ({
    title: `The browser keeps this page from ${instanceName}`,
    cause:
      'Its address belongs to a private network, and browsers give pages from the internet no access to such addresses.',
    steps: [
      'Use the public address of the instance, or put a reverse proxy with a public address in front of it.',
    ],
  }),
  'installation-refused': (facts) => ({
    title: `${facts.instanceName} refused to be set up for this Jira site`,
    cause: 'It could not verify where the request came from. Nothing was changed.',
    steps: [
      proxyUrlStep(facts),
      `Check that ${facts.instanceName} can open ${facts.appUrl} from its own network.`,
      'If it stands behind a reverse proxy with another name, enter that name under Jira Connect Additional Audience URL (GitLab 17.7 and later), and pass on the Host header.',
    ],
  }),
  'installation-blocked': ({ instanceName, appUrl }) => ({
    title: `${instanceName} did not answer ${appUrl} as GitLab does`,
    cause:
      'Usually a firewall in front of it blocks the request, or the path in its address is wrong. Nothing was changed.',
    steps: [
      'Compare the address of the instance, its path included.',
      `Allow requests from ${appUrl} to the path /-/jira_connect/events/installed of the instance.`,
    ],
  }),
  'installation-unreachable': ({ instanceName, appUrl }) => ({
    title: `${appUrl} can’t reach ${instanceName}`,
    cause:
      'Its name is not known on the internet, its certificate is not trusted or incomplete, or a firewall is in between. Nothing was changed.',
    steps: [
      'Check that the instance has a public address and serves its full certificate chain.',
      `Open the firewall for requests from ${appUrl}, or put a reverse proxy in front of the instance.`,
    ],
  }),
  'instance-url-refused': ({ appUrl }) => ({
    title: `${appUrl} does not accept this address`,
    cause: 'It may be mistyped, or belong to a private network.',
    steps: ['Correct the address, then save again.'],
  }),
  'gitlab-too-old': ({ instanceName }) => ({
    title: `${instanceName} is too old`,
    cause: 'The GitLab for Jira app works with GitLab 15.7 and later.',
    steps: ['Ask a GitLab administrator to upgrade the instance.'],
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
    steps: ['Choose the instance again.'],
  }),
  'instance-url-insecure': ({ appUrl }) => ({
    title: 'The browser would block every request to the GitLab instance',
    cause: `Its saved address begins with http://, and browsers let a page from ${appUrl} talk to https:// addresses only.`,
    steps: [
      'Ask a GitLab administrator to serve the instance over HTTPS.',
      'Then choose the instance again, with an address that begins with https://.',
    ],
  }),
  'application-id-missing': ({ instanceName, redirectUri }) => ({
    title: `${instanceName} is not set up for Jira yet`,
    cause: 'It names no application ID for Jira, so nobody can sign in from here.',
    steps: [
      {
        text: `In the Admin area of ${instanceName}, under Applications, create an application.`,
        values: [
          { name: 'Redirect URI', value: redirectUri, canCopy: true },
          { name: 'Trusted', value: 'cleared' },
          { name: 'Confidential', value: 'cleared' },
          { name: 'Scopes', value: 'api' },
        ],
      },
      'Copy its application ID to Settings > General > GitLab for Jira App > Jira Connect Application ID, and save.',
    ],
  }),
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
  'part-missing': () => ({
    title: 'A part of this page did not load',
    cause:
      'The connection was lost for a moment, or a newer version of this page was installed while it was open.',
    steps: ['Try again.', 'If that does not help, reload this page in Jira.'],
  }),
  unknown: () => ({
    title: 'Something on this page went wrong',
    cause: 'This is a mistake in the page itself, not in your settings.',
    steps: [openAgainFromJira],
  }),
} satisfies Record<string, Failure>

/** Every text that a person reads, in English. Functions take counts as numbers; dates come formatted. */
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
    group: 'Groups',
    placeholder: 'Search groups…',
    rules:
      'You see groups in which you have at least the Maintainer role. Personal namespaces cannot be linked.',
    rulesForAdministrators:
      'As a GitLab administrator you see every group. Personal namespaces cannot be linked.',
    link: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: () => 'Link group', other: (n) => `Link ${n} groups` }),
    linked: 'Linked',
    loading: 'Loading groups…',
    tooShort: 'GitLab searches from three letters on. These are all groups.',
    noneFound: (search: string) => `No group that you may link matches “${search}”.`,
    noneAtAll: 'There is no group in which you have at least the Maintainer role.',
    done: (name: string) => `Linked ${name}.`,
    whatNext:
      'GitLab sends its work to Jira over the next minutes: twenty projects a minute, the first after about a minute.',
    whatIsSent: 'What GitLab sends',
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
    filter: 'Filter linked groups',
    filterHint: 'Filter by name or path…',
    noneMatches: (filter: string) => `No linked group matches “${filter}”.`,
    order: 'Sort by',
    orders: { name: 'Name', newest: 'Newest', oldest: 'Oldest' },
    showAll: (count: number, format: ReaderSettings) => `Show all ${formatCount(count, format)} rows`,
    select: (name: string) => `Select ${name}`,
    selectAll: (count: number, format: ReaderSettings) => `Select all ${formatCount(count, format)}`,
    selectMatching: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `Select ${n} that matches`,
        other: (n) => `Select all ${n} that match`,
      }),
    matches: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `${n} group matches.`, other: (n) => `${n} groups match.` }),
  },

  failure: {
    gitlabSaid: 'GitLab said:',
    whatToDo: 'What to do',
  },

  copy: {
    button: 'Copy',
    copy: (name: string) => `Copy ${name}`,
    link: 'Copy link',
    copied: 'Copied.',
    pressKeys: 'Selected. Press Ctrl+C or Command+C to copy.',
  },

  choosing: {
    change: 'Change',
    useOther: 'Use another GitLab instance',
    title: 'Where is your GitLab?',
    own: 'A GitLab instance of our own',
    address: 'Instance URL',
    example: 'gitlab.example.com',
    willBeSaved: 'Will be saved as',
    takeInstead: (url: string) => `Use ${url} instead`,
    save: 'Save and continue',
    current: 'This Jira site uses this instance already.',
    notAllowed: 'This page is set up for other instances only. Choose one of the list.',
    confirm: (name: string) => `Change to ${name}?`,
    confirmButton: 'Change instance',
    keepsLinks: (name: string, count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) =>
          `${n} group stays linked on ${name} and goes on sending its work to this Jira site, but this page no longer shows it. Unlink it first to stop that.`,
        other: (n) =>
          `${n} groups stay linked on ${name} and go on sending their work to this Jira site, but this page no longer shows them. Unlink them first to stop that.`,
      }),
    removesLinks: (name: string, count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `${n} group linked on ${name} is unlinked.`,
        other: (n) => `${n} groups linked on ${name} are unlinked.`,
      }),
    changed: (name: string) => `This Jira site now uses ${name}.`,
    problems: {
      'instance-url-empty': 'Enter the address of your GitLab instance.',
      'instance-url-too-long': 'This address is too long: at most 1,024 characters are possible.',
      'instance-url-unreadable': 'This is not a web address. Enter one such as https://gitlab.example.com.',
      'instance-url-scheme': 'An address of GitLab begins with https:// or http://.',
      'instance-url-credentials': 'Remove the user name and password from the address.',
      'instance-url-query': 'Remove everything from the question mark or the number sign on.',
      'instance-url-insecure':
        'The address must begin with https://. This page is served over HTTPS, and browsers block requests from it to http:// addresses.',
    },
  },

  guide: {
    title: 'Set up this instance first',
    summary: 'about ten minutes, needs a GitLab administrator',
    alreadyDone: 'This instance is set up already',
    done: 'Done',
    open: 'Open in GitLab',
    documentation: 'Documentation',
    steps: {
      prerequisites: {
        title: 'Check the prerequisites',
        text: 'The instance runs GitLab 15.7 or later, has a public address with HTTPS and a trusted certificate, and may reach Jira and this page’s host from its network.',
      },
      application: {
        title: 'Create an OAuth application',
        text: 'In the Admin area, under Applications, select New application and enter these values. Save, and copy the Application ID.',
      },
      settings: {
        title: 'Tell GitLab about it',
        text: 'In the Admin area, under Settings > General > GitLab for Jira App, paste the Application ID, enter this value, and save.',
      },
      jiraUser: {
        title: 'Check your Jira user',
        text: 'In admin.atlassian.com, your Jira user is a member of one of these groups, and has the global permission “Browse users and groups” in Jira.',
      },
      reverseProxy: {
        title: 'Only with a reverse proxy of another name in front of GitLab',
        text: 'Enter the proxy’s public address below as the Instance URL. In GitLab 17.7 and later, set the additional audience to the same address. The proxy passes the Host header on and does not rewrite the app’s key.',
      },
    },
    fields: {
      redirectUri: 'Redirect URI',
      trusted: 'Trusted',
      confidential: 'Confidential',
      scopes: 'Scopes',
      applicationId: 'Jira Connect Application ID',
      proxyUrl: 'Jira Connect Proxy URL',
      audience: 'Jira Connect Additional Audience URL',
      groups: 'Groups',
      appKey: 'App key',
      serverBlock: 'nginx',
    },
    cleared: 'cleared',
    copiedBefore: 'the copied Application ID',
    eitherOf: 'org-admins or site-admins',
    leaveEmpty: 'leave it empty: GitLab serves this page itself',
  },

  check: {
    button: 'Check the connection',
    title: 'Connection check',
    running: 'Checking…',
    passed: 'passed',
    failed: 'failed',
    unchecked: 'not checked',
    allPassed: 'All that could be checked works.',
    someFailed: 'Something does not work. Each failed step says what to do.',
    again: 'Check again',
    stop: 'Stop',
    close: 'Close',
    copy: 'Copy as text',
    needsSignIn: 'Sign in to GitLab to check the rest.',
    duration: (milliseconds: number, format: ReaderSettings) => `${formatCount(milliseconds, format)} ms`,
    steps: {
      bridge: 'Jira confirms who opened this page',
      app: 'This page’s host knows this Jira site',
      reachable: 'The browser reaches the GitLab instance',
      cors: 'The instance allows requests from this page',
      'application-id': 'The instance names its OAuth application',
      'sign-in': 'GitLab accepts the sign-in',
      user: 'The GitLab user can be read',
      version: 'GitLab is recent enough',
      groups: 'Groups can be listed',
      list: 'Linked groups can be read',
      'jira-user': 'The Jira user may link groups',
    },
  },

  details: {
    copy: 'Copy details',
    documentation: 'Documentation',
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
