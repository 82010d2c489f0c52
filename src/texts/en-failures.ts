import { applicationFields, signInFailures } from './en-sign-in-failures.ts'
import type {
  Failure,
  FailureEvidence,
  FailureFacts,
  FailureTexts,
  PossibleCause,
  Step,
} from './failure-texts.ts'

const jiraAdministratorSteps = [
  'In admin.atlassian.com, add your Jira user to the group org-admins or site-admins.',
  'Come back to this page and try again. Your selection is kept.',
]

/** Advice for whatever stands in front of GitLab: a sign-in there doesn't reach this page's requests. */
const signInInFront = ({ instanceName }: FailureFacts) =>
  `If your network asks for a sign-in or a VPN, do that first, then try again. If ${instanceName} itself is behind such a sign-in, it has to let requests to /-/jira_connect/, /api/ and /oauth/ through: this page sends no cookies.`

const browseUsers: PossibleCause = {
  cause: 'The Jira permission “Browse users and groups” is missing.',
  steps: [
    'In Jira’s global permissions, check that your user and the app have “Browse users and groups”. Then try again.',
  ],
}

const siteRenamed = (instanceName: string): PossibleCause => ({
  cause: `The Jira site was renamed, and ${instanceName} still asks at its old address.`,
  steps: [
    `Save the instance again: ${instanceName} then learns the current address, and no group is unlinked.`,
  ],
})

/** What each kind of refusal in front of GitLab is. */
const inFront: Readonly<Record<string, string>> = {
  'sign-in': 'What responded wants a sign-in of its own.',
  method: 'What responded doesn’t let this kind of request through.',
  'too-large': 'What responded finds the request too large.',
}

const openAgainFromJira = 'Reload this page in Jira, then try again.'

const proxyUrlStep = ({ instanceName, appUrl }: FailureFacts): Step => ({
  text: `In the Admin area of ${instanceName}, under Settings > General > GitLab for Jira App, enter exactly this, without a slash at the end, and save.`,
  values: [{ name: 'Jira Connect Proxy URL', value: appUrl, canCopy: true }],
})

const readOnly = ({ instanceName }: FailureFacts): PossibleCause => ({
  cause: `${instanceName} is read-only at the moment: in maintenance mode, or a read-only copy of another instance.`,
  steps: [
    `Open ${instanceName} in a new tab: a banner says so. A GitLab administrator knows when the maintenance is over. Your selection is kept.`,
  ],
})

/** Where the browser’s developer tools name the cause. */
const consoleStep = 'The browser’s console (F12) names the header that is wrong or missing.'

function corsRefused(facts: FailureFacts, clue: FailureEvidence['clue']): FailureTexts {
  const { instanceName } = facts
  const dropped = {
    cause: 'The connection dropped for a moment.',
    steps: ['Try again.'],
  }
  const changesHeaders = {
    cause: `A proxy in front of ${instanceName} removes the Access-Control headers of GitLab’s responses, or adds its own to them, so that they are there twice.`,
    steps: [consoleStep, 'Ask whoever manages that proxy to pass GitLab’s headers on unchanged.'],
  }
  const answersItself = {
    cause: `A firewall, a proxy or a sign-in page in front of ${instanceName} responds in its place, or redirects the request.`,
    steps: [
      'In the browser’s developer tools (F12), under Network, the response shows what sent it.',
      signInInFront(facts),
    ],
  }
  const notRunning = {
    cause: 'GitLab is starting, being upgraded or overloaded.',
    steps: [
      `Open ${instanceName} in a new tab: an error such as 502 says so. Wait a minute, then try again.`,
    ],
  }
  const wrongUrl = {
    cause: 'The instance URL isn’t exactly that of GitLab.',
    steps: [
      `Open ${instanceName} in a new tab, and compare the instance URL with the address of GitLab there, including its path.`,
    ],
  }
  const blocksPreflight = {
    cause: `A proxy in front of ${instanceName} doesn’t let OPTIONS and DELETE requests through.`,
    steps: [
      'Ask whoever manages that proxy to pass requests of every method below /-/jira_connect/ and /api/ on to GitLab.',
    ],
  }
  const isReachable = `${instanceName} responds to other requests of this page, so its Jira Connect Proxy URL isn’t the cause.`
  switch (clue) {
    case 'only-writing':
      return {
        title: `No readable response from ${instanceName}`,
        cause: `${isReachable} Only this change got no response that the browser could read, so it might have been made all the same.`,
        causes: [blocksPreflight, readOnly(facts), answersItself, notRunning, dropped],
      }
    case 'this-request':
      return {
        title: `No readable response from ${instanceName}`,
        cause: `${isReachable} Only this one got no response that the browser could read.`,
        causes: [
          answersItself,
          {
            ...blocksPreflight,
            cause: `A proxy in front of ${instanceName} doesn’t let OPTIONS requests through.`,
          },
          changesHeaders,
          dropped,
        ],
      }
    case 'proxy-url':
      return {
        title: `${instanceName} doesn’t allow requests from this page`,
        cause: 'It responds, and its API can be read. What depends on its Jira Connect Proxy URL can’t.',
        causes: [
          {
            cause: 'The Jira Connect Proxy URL is empty, or isn’t exactly the URL of this page.',
            steps: [proxyUrlStep(facts)],
          },
          {
            ...changesHeaders,
            cause: `The Jira Connect Proxy URL is right, but a proxy in front of ${instanceName} removes or adds Access-Control headers, or redirects or blocks requests below /-/jira_connect/.`,
          },
        ],
      }
    default:
      return {
        title: `The browser can’t read the responses of ${instanceName}`,
        cause:
          'It responds, but not even its API can be read, which GitLab allows every page. So the response isn’t GitLab’s own, or it was changed on its way.',
        causes: [notRunning, answersItself, changesHeaders, blocksPreflight, wrongUrl],
      }
  }
}

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
    title: 'GitLab didn’t receive your sign-in',
    cause: `This page sent it, but ${instanceName} treats the request as if it came without one.`,
    causes: [
      {
        cause: `A proxy in front of ${instanceName} removes the Authorization header.`,
        steps: ['If it happens to every user, ask whoever manages that proxy to pass the header on.'],
      },
      {
        cause: 'The OAuth application was deleted in GitLab, or created again.',
        steps: [
          'Sign out, then sign in again. If this is the cause, signing in works or says what is missing.',
        ],
      },
    ],
  }),
  'scope-missing': ({ instanceName }) => ({
    title: 'The sign-in does not include access to the API',
    cause: `The OAuth application on ${instanceName} lacks the scope “api”.`,
    steps: ['Ask a GitLab administrator to select the scope “api” in the application, then sign in again.'],
  }),
  'gitlab-account-refused': (facts) => ({
    title: `${facts.instanceName} refused your GitLab account`,
    cause:
      'Its words below say why: usually the account is blocked, or has to accept the terms of use first.',
    steps: [
      `Open ${facts.instanceName} in a new tab and sign in there.`,
      'Do what it asks for, then try again here.',
    ],
  }),
  'context-token-refused': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `${instanceName} couldn’t verify this Jira site`,
    cause:
      'It didn’t accept Jira’s confirmation: this might have expired, or this Jira site and GitLab no longer share the same secret.',
    steps: [
      openAgainFromJira,
      // For the app host itself, there is nothing to save.
      ...(instanceUrl === appUrl
        ? []
        : [
            `If that doesn’t help, save the instance again: ${instanceName} then gets the current secret, and no group is unlinked.`,
          ]),
      'Ask a GitLab administrator whether the server’s clock is right, and whether a proxy refused the request.',
      'Only if nothing else helps, reinstall the GitLab for Jira app: in admin.atlassian.com under Connected apps, earlier in Jira settings > Apps > Manage apps. This unlinks every group, so note which ones are linked first.',
    ],
  }),
  'jira-user-unreadable': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `${instanceName} couldn’t look up your Jira user`,
    cause: 'It asked this Jira site who you are, and Jira didn’t say.',
    causes: [
      browseUsers,
      ...(instanceUrl === appUrl ? [] : [siteRenamed(instanceName)]),
      {
        cause: `A proxy in front of ${instanceName} changes the app’s key or blocks requests to Jira.`,
        steps: ['If it happens to every Jira administrator, ask whoever manages that proxy.'],
      },
      {
        cause: `The Atlassian organization allows only certain IP addresses, and ${instanceName} isn’t among them.`,
        steps: ['In admin.atlassian.com, check the IP allowlist of this Jira site.'],
      },
    ],
  }),
  'jira-user-not-administrator': ({ instanceName, instanceUrl, appUrl }, { clue }) =>
    clue === 'or-unreadable'
      ? {
          title: 'GitLab couldn’t confirm that you are a Jira administrator',
          cause:
            'GitLab responds like this both to users who aren’t administrators and when it can’t look a user up in Jira. If you are signed in to GitLab, the last step of the connection check can tell which.',
          causes: [
            {
              cause: 'Your Jira user isn’t a member of one of the groups org-admins and site-admins.',
              steps: jiraAdministratorSteps,
            },
            browseUsers,
            ...(instanceUrl === appUrl ? [] : [siteRenamed(instanceName)]),
          ],
        }
      : {
          title: 'Your Jira user isn’t allowed to do this',
          cause: 'GitLab lets only site or organization administrators of Jira link and unlink groups.',
          steps: jiraAdministratorSteps,
        },
  'group-not-linkable': ({ instanceName }, { clue }) => {
    const gone = {
      cause: 'It was renamed, moved or deleted, or you can’t see it anymore.',
      steps: [
        'Search for the group again, and link it from there.',
        `If the group requires single sign-on or certain IP addresses, open it on ${instanceName} in a new tab first.`,
      ],
    }
    const role = {
      cause: 'You don’t have at least the Maintainer role in it.',
      steps: [
        'Ask an owner of the group for the Maintainer role.',
        `If the group requires single sign-on or certain IP addresses, open it on ${instanceName} in a new tab first.`,
        'If you are a GitLab administrator and Admin Mode is on for this instance, add yourself as a member of the group: a sign-in from here doesn’t have Admin Mode.',
      ],
    }
    if (clue === 'group-unknown')
      return { title: 'GitLab can’t find this group', cause: gone.cause, steps: gone.steps }
    if (clue === 'role-too-low')
      return {
        title: 'You can’t link this group',
        cause: `${instanceName} didn’t permit it. Linking needs at least the Maintainer role in the group.`,
        steps: role.steps,
      }
    return {
      title: 'GitLab doesn’t let you link this group',
      cause: `On ${instanceName}, you can’t link it, or it isn’t there anymore.`,
      causes: [role, gone],
    }
  },
  'group-already-linked': ({ instanceName }) => ({
    title: 'GitLab says this group is already linked',
    cause: `But ${instanceName} doesn’t list it among the groups linked to this Jira site.`,
    steps: ['Reload the page, and look for the group in the list.', 'If it isn’t there, try again.'],
  }),
  'not-found': ({ instanceName, instanceUrl }) => ({
    title: `${instanceName} doesn’t recognize this request`,
    cause: 'It responded that there is nothing at this URL.',
    causes: [
      {
        cause: 'The instance URL isn’t exactly that of GitLab: its path is missing or wrong.',
        steps: [
          {
            text: 'Open this URL in a new tab: GitLab itself has to appear, and its address has to begin with it.',
            values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
          },
        ],
      },
      {
        cause: `${instanceName} is older than GitLab 15.7.`,
        steps: ['Ask a GitLab administrator, who sees the version under Help.'],
      },
      {
        cause: `A proxy in front of ${instanceName} doesn’t pass the path /-/jira_connect/ or /api/ on.`,
        steps: ['Ask whoever manages that proxy.'],
      },
    ],
  }),
  'too-many-requests': ({ instanceName }) => ({
    title: `${instanceName} is limiting requests`,
    cause: 'It received too many requests in a short time.',
    steps: ['Wait a minute, then try again.'],
  }),
  'gitlab-read-only': ({ instanceName }) => ({
    title: `${instanceName} is read-only at the moment`,
    cause:
      'It responded that it takes no changes: it is in maintenance mode, or a read-only copy of another instance. Nothing was changed.',
    steps: [
      'Try again when the maintenance is over. A GitLab administrator knows when. Your selection is kept.',
    ],
  }),
  'refused-in-front': (facts, { clue }) => ({
    title: `Something in front of ${facts.instanceName} refused the request`,
    cause: `The response isn’t in the form of GitLab’s own. ${inFront[clue ?? ''] ?? 'A firewall, a proxy or a sign-in page responded in its place.'}`,
    steps: [
      signInInFront(facts),
      `Otherwise, ask whoever manages the firewall or proxy in front of ${facts.instanceName} why it refuses this request. “Copy details” names it.`,
    ],
  }),
  redirected: (facts, { clue }) => ({
    title: `${facts.instanceName} sends this page’s request elsewhere`,
    cause: 'The response was a redirect, which this page doesn’t follow.',
    causes: [
      ...(clue === 'writing' ? [readOnly(facts)] : []),
      {
        cause: `A sign-in page stands in front of ${facts.instanceName}, such as an access proxy or your company’s single sign-on.`,
        steps: [signInInFront(facts)],
      },
      {
        cause: 'GitLab has moved to another address.',
        steps: [
          `Open ${facts.instanceName} in a new tab. If GitLab appears at another address, save that one as the instance.`,
        ],
      },
    ],
  }),
  'gitlab-broken': ({ instanceName }, { clue }) =>
    clue === 'not-running'
      ? {
          title: `${instanceName} isn’t available at the moment`,
          cause:
            'The response says so, or that what stands in front of GitLab can’t reach it: GitLab might be starting, being upgraded, overloaded or stopped.',
          steps: [
            'Wait a minute, then try again.',
            'If the problem continues, contact a GitLab administrator.',
          ],
        }
      : {
          title: `${instanceName} had an internal error`,
          cause: 'It responded with a server error.',
          steps: [
            'Wait a minute, then try again.',
            'If the problem continues, contact a GitLab administrator.',
          ],
        },
  'request-refused': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} refused the request`,
    cause: isQuoted ? 'This page doesn’t know this reason.' : 'It gave no reason that this page can read.',
    steps: [
      'Try again.',
      `If the problem continues, ${isQuoted ? 'show these words' : 'show the copied details'} to a GitLab administrator.`,
    ],
  }),
  'gitlab-unreachable': ({ instanceName, instanceUrl, appUrl }, { clue }) => {
    const title = `Can’t reach ${instanceName}`
    if (clue === 'cut-off')
      return {
        title: `The request to ${instanceName} was cut off`,
        cause: 'The server responds, but no complete response to this request arrived.',
        causes: [
          { cause: 'The connection dropped for a moment.', steps: ['Try again.'] },
          {
            cause: 'A browser extension, such as a content blocker, or a firewall blocks this request.',
            steps: ['Try again in a private window without extensions, and in another network.'],
          },
        ],
      }
    if (instanceUrl === appUrl)
      return {
        title,
        cause: 'This page came from there, but now there is no response.',
        steps: [
          'Check your connection, and your VPN if you use one. Then try again.',
          `If ${instanceName} doesn’t open in a new tab either, it might not be running: contact a GitLab administrator.`,
        ],
      }
    return {
      title,
      cause: 'This page got no response from it that it can read.',
      causes: [
        {
          cause:
            'The instance isn’t running, its URL is wrong, its certificate isn’t trusted, or your network doesn’t lead there.',
          steps: [
            {
              text: 'Open this URL in a new tab of this browser. If it doesn’t open there, this is the cause.',
              values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
            },
          ],
        },
        {
          cause: 'The URL leads to a private network, which browsers don’t let public pages access.',
          steps: [
            'If it opens there, use the public URL of the instance, or allow this page to access your local network if the browser asks.',
          ],
        },
        {
          cause: 'A browser extension, such as a content blocker, blocks the requests of this page.',
          steps: ['Try again in a private window without extensions.'],
        },
      ],
    }
  },
  'cors-refused': (facts, { clue }) => corsRefused(facts, clue),
  'browser-offline': () => ({
    title: 'You’re offline',
    cause: 'Your browser says that it isn’t connected to a network.',
    steps: ['Connect to a network, then try again. Your selection is kept.'],
  }),
  'blocked-by-policy': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `This page isn’t allowed to connect to ${instanceName}`,
    cause: `The Content-Security-Policy with which ${appUrl} serves this page doesn’t name it.`,
    steps: [
      {
        text: 'Ask whoever manages this page to add the instance to the policy.',
        values: [{ name: 'connect-src', value: new URL(instanceUrl).origin, canCopy: true }],
      },
      'Then reload this page in Jira: the policy comes with it.',
    ],
  }),
  'local-network-refused': ({ instanceName, instanceUrl }) => ({
    title: `Can’t reach ${instanceName} in its private network`,
    cause: 'Its URL belongs to a private network, and this page got no response.',
    causes: [
      {
        cause: `${instanceName} isn’t running, or you aren’t in its network: your VPN might be off.`,
        steps: [
          {
            text: 'Open this URL in a new tab of this browser. If it doesn’t open there, this is the cause.',
            values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
          },
        ],
      },
      {
        cause: 'The browser doesn’t let pages from the internet access private networks.',
        steps: ['If it opens there, allow this page to access your local network if the browser asks.'],
      },
    ],
  }),
  'installation-refused': (facts) => ({
    title: `${facts.instanceName} rejected the connection from this Jira site`,
    cause: `It responded to ${facts.appUrl} with the code 401. Nothing was changed.`,
    causes: [
      {
        cause: 'Its Jira Connect Proxy URL is empty or another one, so it can’t verify who asks.',
        steps: [proxyUrlStep(facts)],
      },
      {
        cause: `It can’t open ${facts.appUrl} to verify who asks.`,
        steps: [`Ask a GitLab administrator to check this from the network of ${facts.instanceName}.`],
      },
      {
        cause: 'It stands behind a reverse proxy with another host name.',
        steps: [
          'Enter that name under Jira Connect Additional Audience URL (GitLab 17.7 and later), and pass on the Host header.',
        ],
      },
      {
        cause: 'A proxy in front of it asks for a sign-in of its own.',
        steps: [`Allow requests from ${facts.appUrl} to /-/jira_connect/events/ without it.`],
      },
    ],
  }),
  'installation-blocked': ({ instanceName, appUrl }) => ({
    title: `${instanceName} refused the request from ${appUrl}`,
    cause: 'It responded with the code quoted here. Nothing was changed.',
    causes: [
      {
        cause: 'With 403, usually a firewall in front of it blocks the request.',
        steps: [
          `Allow requests from ${appUrl} to the path /-/jira_connect/events/installed of the instance.`,
        ],
      },
      {
        cause: 'With 404, the instance URL isn’t exactly that of GitLab, or GitLab is older than 15.7.',
        steps: ['Check the instance URL, including its path, and the version.'],
      },
      {
        cause: 'With 422, GitLab allows only certain Jira domains, or couldn’t save the connection.',
        steps: ['Ask a GitLab administrator to check the settings of the GitLab for Jira app.'],
      },
      {
        cause: 'With a code from 500 on, or 301, it isn’t running or takes no changes at the moment.',
        steps: ['Try again in a few minutes.'],
      },
    ],
  }),
  'installation-unreachable': ({ instanceName, appUrl }) => ({
    title: `${appUrl} can’t reach ${instanceName}`,
    cause: 'It got no response. Nothing was changed.',
    causes: [
      {
        cause: 'The instance isn’t running, or is too slow.',
        steps: [`Open ${instanceName} in a new tab.`],
      },
      {
        cause: 'Its name isn’t known on the internet, or its certificate isn’t trusted or is incomplete.',
        steps: ['Check that the instance has a public address and serves its full certificate chain.'],
      },
      {
        cause: 'A firewall is in between.',
        steps: [
          `Open the firewall for requests from ${appUrl}, or put a reverse proxy in front of the instance.`,
        ],
      },
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
    title: `No response from ${instanceName} in time`,
    cause: 'There was none within 30 seconds.',
    causes: [
      { cause: 'It’s overloaded.', steps: ['Try again in a minute.'] },
      {
        cause: 'A firewall drops the request, or your VPN is off.',
        steps: [`Open ${instanceName} in a new tab. If it doesn’t open there either, check your network.`],
      },
    ],
  }),
  'answer-unexpected': (facts) => ({
    title: `${facts.instanceName} sent an unexpected response`,
    cause: 'It says that the request succeeded, but holds something other than what GitLab sends.',
    causes: [
      {
        cause: 'A sign-in page or a proxy in front of GitLab responded instead.',
        steps: [signInInFront(facts)],
      },
      {
        cause: 'The instance URL leads to something other than GitLab.',
        steps: [
          `Open ${facts.instanceName} in a new tab: GitLab itself has to appear, at exactly this address.`,
        ],
      },
      { cause: 'The connection dropped in the middle of the response.', steps: ['Try again.'] },
    ],
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
    title: 'Jira isn’t responding to this page',
    cause: 'Jira usually confirms within a second who opened the page. It has not done so.',
    steps: [openAgainFromJira],
  }),
  'jira-refused': () => ({
    title: 'Jira doesn’t confirm who opened this page',
    cause: 'Your Jira session may have ended.',
    steps: ['Sign in to Jira again.', openAgainFromJira],
  }),
  'config-unreadable': ({ appUrl }) => ({
    title: 'This page’s settings file can’t be read',
    cause: `${appUrl}/-/jira_connect/config.json couldn’t be loaded. The page continues without it.`,
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
    cause: 'This might be a bug in the page, or an extension or translation that changes it.',
    steps: [openAgainFromJira],
  }),
} satisfies Record<string, Failure>
