import { applicationFields, signInFailures } from './en-sign-in-failures.ts'
import type { Failure, FailureFacts, Step } from './failure-texts.ts'

const jiraAdministratorSteps = [
  'In admin.atlassian.com, add your Jira user to the group org-admins or site-admins.',
  'Come back to this page and try again. Your choice is kept.',
]

const openAgainFromJira = 'Reload this page in Jira, then try again.'

const proxyUrlStep = ({ instanceName, appUrl }: FailureFacts): Step => ({
  text: `In the Admin area of ${instanceName}, under Settings > General > GitLab for Jira App, enter exactly this, without a slash at the end, and save.`,
  values: [{ name: 'Jira Connect Proxy URL', value: appUrl, canCopy: true }],
})

/**
 * The texts of every failure, by the code of its error. `src/pages/failure/failure-code.ts` ties them to the codes of
 * the errors.
 */
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
        values: applicationFields(redirectUri),
      },
      'Copy its application ID to Settings > General > GitLab for Jira App > Jira Connect Application ID, and save.',
    ],
  }),
  ...signInFailures,
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
