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
  'Ask an organization administrator to add your Jira user to the group org-admins or site-admins in admin.atlassian.com.',
  'Then try again. Your selection is kept.',
]

/** Advice for whatever stands in front of GitLab: a sign-in there doesn't reach this page's requests. */
const signInInFront = ({ instanceName }: FailureFacts) =>
  `If your network requires a sign-in or a VPN, connect first, then try again. If ${instanceName} itself is behind a sign-in page, ask whoever manages that page to let requests to /-/jira_connect/, /api/, and /oauth/ through without it. This page sends no cookies.`

const browseUsers: PossibleCause = {
  cause: 'The Jira permission “Browse users and groups” is missing.',
  steps: [
    'Ask a Jira administrator to check in Jira’s global permissions that your user and the app have “Browse users and groups”. Then try again.',
  ],
}

const siteRenamed = (instanceName: string): PossibleCause => ({
  cause: `The Jira site was renamed, and ${instanceName} still uses its old URL.`,
  steps: [`Save the instance again. This sends ${instanceName} the current URL, and no groups are unlinked.`],
})

/** What each kind of refusal in front of GitLab is. */
const inFront: Readonly<Record<string, string>> = {
  'sign-in': 'Whatever responded requires its own sign-in.',
  method: 'Whatever responded doesn’t allow this kind of request.',
  'too-large': 'Whatever responded doesn’t allow requests this large.',
}

const openAgainFromJira = 'Reload this page in Jira, then try again.'

const proxyUrlStep = (facts: FailureFacts): Step => ({
  text: `Ask a GitLab administrator to go to Settings > General > GitLab for Jira App in the Admin area of ${facts.instanceName}, enter exactly this value, with no trailing slash, and save.`,
  values: [{ name: 'Jira Connect Proxy URL', value: facts.appUrl, canCopy: true }],
  setUp: facts,
})

const readOnly = ({ instanceName }: FailureFacts): PossibleCause => ({
  cause: `${instanceName} is read-only right now. It’s in maintenance mode, or it’s a read-only copy of another instance.`,
  steps: [
    `Open ${instanceName} in a new tab. A banner tells you if this is the cause. Ask a GitLab administrator when the maintenance ends. Your selection is kept.`,
  ],
})

/** Where the browser’s developer tools name the cause. */
const consoleStep = 'Look at the browser’s console (F12), which names the header that is wrong or missing.'

function corsRefused(facts: FailureFacts, clue: FailureEvidence['clue']): FailureTexts {
  const { instanceName } = facts
  const dropped = {
    cause: 'The connection dropped for a moment.',
    steps: ['Try again.'],
  }
  const changesHeaders = {
    cause: `A proxy in front of ${instanceName} removes the Access-Control headers from GitLab’s responses, or adds its own so that they appear twice.`,
    steps: [consoleStep, 'Ask whoever manages that proxy to forward GitLab’s headers unchanged.'],
  }
  const answersItself = {
    cause: `A firewall, a proxy, or a sign-in page in front of ${instanceName} responds in its place or redirects the request.`,
    steps: [
      'Look at the response in the browser’s developer tools (F12), under Network. It shows what sent it.',
      signInInFront(facts),
    ],
  }
  const notRunning = {
    cause: 'GitLab is starting, being upgraded, or overloaded.',
    steps: [
      `Open ${instanceName} in a new tab. An error such as 502 tells you if this is the cause. Wait a minute, then try again.`,
    ],
  }
  const wrongUrl = {
    cause: 'The instance URL isn’t exactly GitLab’s URL.',
    steps: [
      `Open ${instanceName} in a new tab, and compare the instance URL with the one in the address bar, including its path.`,
    ],
  }
  const blocksPreflight = {
    cause: `A proxy in front of ${instanceName} blocks OPTIONS and DELETE requests.`,
    steps: [
      'Ask whoever manages that proxy to forward requests of every method below /-/jira_connect/ and /api/ to GitLab.',
    ],
  }
  const isReachable = `${instanceName} responds to this page’s other requests, so its Jira Connect Proxy URL isn’t the cause.`
  switch (clue) {
    case 'only-writing':
      return {
        title: `No readable response from ${instanceName}`,
        cause: `${isReachable} Your browser couldn’t read a response to this change, so GitLab might still have made it.`,
        causes: [blocksPreflight, readOnly(facts), answersItself, notRunning, dropped],
      }
    case 'this-request':
      return {
        title: `No readable response from ${instanceName}`,
        cause: `${isReachable} Your browser couldn’t read a response to this one.`,
        causes: [
          answersItself,
          {
            ...blocksPreflight,
            cause: `A proxy in front of ${instanceName} blocks OPTIONS requests.`,
          },
          changesHeaders,
          dropped,
        ],
      }
    case 'proxy-url':
      return {
        title: `${instanceName} doesn’t allow requests from this page`,
        cause:
          'It responds, and this page can read its API, but not its Jira Connect endpoints. For those, its Jira Connect Proxy URL decides which page can read them.',
        causes: [
          {
            cause: 'The Jira Connect Proxy URL is empty, or it isn’t exactly the URL of this page.',
            steps: [proxyUrlStep(facts)],
          },
          {
            ...changesHeaders,
            cause: `The Jira Connect Proxy URL is correct, but a proxy in front of ${instanceName} removes or adds Access-Control headers, or redirects or blocks requests below /-/jira_connect/.`,
          },
        ],
      }
    default:
      return {
        title: `Your browser can’t read responses from ${instanceName}`,
        cause:
          'It responds, but this page can’t even read its API, which GitLab allows for every page. The response isn’t from GitLab, or it was changed on the way.',
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
    cause: 'Your sign-in expired or was revoked in GitLab.',
    steps: ['Sign out, then sign in to GitLab again. Signing out clears your selection.'],
  }),
  'access-token-missing': ({ instanceName }) => ({
    title: 'GitLab didn’t receive your sign-in',
    cause: `This page sent it, but ${instanceName} responded as if the request came without one.`,
    causes: [
      {
        cause: `A proxy in front of ${instanceName} removes the Authorization header.`,
        steps: ['If this happens to every user, ask whoever manages that proxy to forward the header.'],
      },
      {
        cause: 'The OAuth application was deleted in GitLab, or created again.',
        steps: [
          'Sign out, then sign in again. Signing out clears your selection. If this is the cause, signing in works or tells you what’s missing.',
        ],
      },
    ],
  }),
  'scope-missing': ({ instanceName }) => ({
    title: 'Your sign-in doesn’t include API access',
    cause: `The OAuth application on ${instanceName} doesn’t have the scope “api”.`,
    steps: ['Ask a GitLab administrator to select the scope “api” for the application, then sign in again.'],
  }),
  'gitlab-account-refused': (facts) => ({
    title: `${facts.instanceName} refused your GitLab account`,
    cause:
      'GitLab’s message below says why. Usually the account is blocked, or the terms of use have to be accepted first.',
    steps: [
      `Open ${facts.instanceName} in a new tab and sign in there.`,
      'Do what it asks, then try again here.',
    ],
  }),
  'context-token-refused': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `${instanceName} couldn’t verify this Jira site`,
    cause:
      'It didn’t accept the token from Jira. The token might have expired, or this Jira site and GitLab no longer share the same secret.',
    steps: [
      openAgainFromJira,
      // For the app host itself, there is nothing to save.
      ...(instanceUrl === appUrl
        ? []
        : [
            `If that doesn’t help, save the instance again. This sends ${instanceName} the current secret, and no groups are unlinked.`,
          ]),
      'Ask a GitLab administrator to check the server’s clock, and whether a proxy refused the request.',
      'Only if nothing else helps, reinstall the GitLab for Jira app in admin.atlassian.com under Connected apps, or in Jira settings > Apps > Manage apps. This unlinks every group, so note which groups are linked first.',
    ],
  }),
  'jira-user-unreadable': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `${instanceName} couldn’t look up your Jira user`,
    cause: 'It asked this Jira site about your user and got no usable response.',
    causes: [
      browseUsers,
      ...(instanceUrl === appUrl ? [] : [siteRenamed(instanceName)]),
      {
        cause: `A proxy in front of ${instanceName} changes the app key or blocks requests to Jira.`,
        steps: ['If this happens to every Jira administrator, ask whoever manages that proxy.'],
      },
      {
        cause: `Your Atlassian organization only allows certain IP addresses, and ${instanceName} isn’t one of them.`,
        steps: ['Ask an organization administrator to check the IP allowlist in admin.atlassian.com.'],
      },
    ],
  }),
  'jira-user-not-administrator': ({ instanceName, instanceUrl, appUrl }, { clue }) =>
    clue === 'or-unreadable'
      ? {
          title: 'GitLab couldn’t confirm that you’re a Jira administrator',
          cause:
            'GitLab responds like this to users who aren’t administrators, and also when it can’t look up a user in Jira. If you’re signed in to GitLab, the last step of the connection check tells you which.',
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
          cause: 'Only Jira site or organization administrators can link and unlink groups.',
          steps: jiraAdministratorSteps,
        },
  'group-not-linkable': ({ instanceName }, { clue }) => {
    const gone = {
      cause: 'It was renamed, moved, or deleted, or you can’t see it anymore.',
      steps: [
        'Search for the group again, then link it.',
        `If the group requires single sign-on or certain IP addresses, open it on ${instanceName} in a new tab first.`,
      ],
    }
    const role = {
      cause: 'You don’t have at least the Maintainer role in the group.',
      steps: [
        'Ask an owner of the group for the Maintainer role.',
        `If the group requires single sign-on or certain IP addresses, open it on ${instanceName} in a new tab first.`,
        'If you’re a GitLab administrator and Admin Mode is on for this instance, add yourself as a member of the group. Your sign-in on this page doesn’t include Admin Mode.',
      ],
    }
    if (clue === 'group-unknown')
      return { title: 'GitLab can’t find this group', cause: gone.cause, steps: gone.steps }
    if (clue === 'role-too-low')
      return {
        title: 'You can’t link this group',
        cause: `${instanceName} says you don’t have permission. You need at least the Maintainer role in the group.`,
        steps: role.steps,
      }
    return {
      title: 'You can’t link this group',
      cause: `Either you don’t have the required role on ${instanceName}, or the group doesn’t exist there anymore.`,
      causes: [role, gone],
    }
  },
  'group-already-linked': ({ instanceName }) => ({
    title: 'GitLab says this group is already linked',
    cause: `But ${instanceName} doesn’t list it with the groups linked to this Jira site.`,
    steps: ['Reload the page and look for the group in the list.', 'If it isn’t there, try again.'],
  }),
  'not-found': ({ instanceName, instanceUrl }) => ({
    title: `${instanceName} doesn’t recognize this request`,
    cause: 'It responded that nothing exists at this URL.',
    causes: [
      {
        cause: 'Part of the path is missing from the instance URL, or the path is wrong.',
        steps: [
          {
            text: 'Open this URL in a new tab. GitLab must open, and the URL in the address bar must start with it.',
            values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
          },
        ],
      },
      {
        cause: `${instanceName} is older than GitLab 15.7.`,
        steps: ['Ask a GitLab administrator which version it is (under Help).'],
      },
      {
        cause: `A proxy in front of ${instanceName} doesn’t forward the path /-/jira_connect/ or /api/.`,
        steps: ['Ask whoever manages that proxy to forward both.'],
      },
    ],
  }),
  'too-many-requests': ({ instanceName }) => ({
    title: `${instanceName} is limiting requests`,
    cause: 'It received too many requests in a short time.',
    steps: ['Wait a minute, then try again.'],
  }),
  'gitlab-read-only': ({ instanceName }) => ({
    title: `${instanceName} is read-only right now`,
    cause:
      'It doesn’t accept changes because it’s in maintenance mode or a read-only copy of another instance. Nothing was changed.',
    steps: ['Ask a GitLab administrator when the maintenance ends, then try again. Your selection is kept.'],
  }),
  'refused-in-front': (facts, { clue }) => ({
    title: `Something in front of ${facts.instanceName} refused the request`,
    cause: `The response isn’t one of GitLab’s. ${inFront[clue ?? ''] ?? 'A firewall, a proxy, or a sign-in page responded in its place.'}`,
    steps: [
      signInInFront(facts),
      `Otherwise, ask whoever manages the firewall or proxy in front of ${facts.instanceName} why it refuses this request. “Copy details” includes the request.`,
    ],
  }),
  redirected: (facts, { clue }) => ({
    title: `${facts.instanceName} redirected this page’s request`,
    cause: 'This page doesn’t follow redirects.',
    causes: [
      ...(clue === 'writing' ? [readOnly(facts)] : []),
      {
        cause: `${facts.instanceName} is behind a sign-in page, such as an access proxy or your company’s single sign-on.`,
        steps: [signInInFront(facts)],
      },
      {
        cause: 'GitLab moved to a different URL.',
        steps: [
          `Open ${facts.instanceName} in a new tab. If GitLab opens at a different URL, save that URL as the instance.`,
        ],
      },
    ],
  }),
  'gitlab-broken': ({ instanceName }, { clue }) =>
    clue === 'not-running'
      ? {
          title: `${instanceName} isn’t available right now`,
          cause:
            'The response says that GitLab isn’t available or can’t be reached by the server in front of it. GitLab might be starting, being upgraded, overloaded, or stopped.',
          steps: [
            'Wait a minute, then try again.',
            'If the problem continues, contact your GitLab administrator.',
          ],
        }
      : {
          title: `${instanceName} had an internal error`,
          cause: 'It responded with a server error.',
          steps: [
            'Wait a minute, then try again.',
            'If the problem continues, contact your GitLab administrator.',
          ],
        },
  'request-refused': ({ instanceName }, { isQuoted }) => ({
    title: `${instanceName} refused the request`,
    cause: isQuoted
      ? 'This page doesn’t recognize the reason that GitLab gave.'
      : 'It didn’t give a reason this page can read.',
    steps: [
      'Try again.',
      `If the problem continues, send ${isQuoted ? 'GitLab’s message' : 'the copied details'} to your GitLab administrator.`,
    ],
  }),
  'gitlab-unreachable': ({ instanceName, instanceUrl, appUrl }, { clue }) => {
    const title = `Can’t reach ${instanceName}`
    if (clue === 'cut-off')
      return {
        title: `The request to ${instanceName} was cut off`,
        cause: 'The server responds, but its response to this request didn’t arrive completely.',
        causes: [
          { cause: 'The connection dropped for a moment.', steps: ['Try again.'] },
          {
            cause: 'A browser extension, such as an ad blocker, or a firewall blocks this request.',
            steps: ['Try again in a private window without extensions, and on a different network.'],
          },
        ],
      }
    if (instanceUrl === appUrl)
      return {
        title,
        cause: 'This page was loaded from there, but now there’s no response.',
        steps: [
          'Check your connection, and your VPN if you use one. Then try again.',
          `If ${instanceName} doesn’t open in a new tab either, it might not be running. Contact your GitLab administrator.`,
        ],
      }
    return {
      title,
      cause: 'This page didn’t get a response it can read.',
      causes: [
        {
          cause:
            'The instance isn’t running, its URL is wrong, its certificate isn’t trusted, or your network can’t reach it.',
          steps: [
            {
              text: 'Open this URL in a new tab of this browser. If it doesn’t open, this is the cause.',
              values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
            },
          ],
        },
        {
          cause: 'The URL points to a private network, which browsers don’t let public pages access.',
          steps: [
            'If it opens in a new tab, use the public URL of the instance, or allow this page to access your local network if the browser asks.',
          ],
        },
        {
          cause: 'A browser extension, such as an ad blocker, blocks this page’s requests.',
          steps: ['Try again in a private window without extensions.'],
        },
      ],
    }
  },
  'cors-refused': (facts, { clue }) => corsRefused(facts, clue),
  'browser-offline': () => ({
    title: 'You’re offline',
    cause: 'Your browser isn’t connected to a network.',
    steps: ['Connect to a network, then try again. Your selection is kept.'],
  }),
  'blocked-by-policy': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `This page isn’t allowed to connect to ${instanceName}`,
    cause: `The Content-Security-Policy that ${appUrl} sends with this page doesn’t include it.`,
    steps: [
      {
        text: 'Ask whoever manages this page to add this value to the policy.',
        values: [{ name: 'connect-src', value: new URL(instanceUrl).origin, canCopy: true }],
      },
      'Then reload this page in Jira.',
    ],
  }),
  'local-network-refused': ({ instanceName, instanceUrl }) => ({
    title: `Can’t reach ${instanceName} on its private network`,
    cause: 'Its URL points to a private network, and this page didn’t get a response.',
    causes: [
      {
        cause: `${instanceName} isn’t running, or you aren’t on its network. Your VPN might be off.`,
        steps: [
          {
            text: 'Open this URL in a new tab of this browser. If it doesn’t open, this is the cause.',
            values: [{ name: 'GitLab instance', value: instanceUrl, canCopy: true }],
          },
        ],
      },
      {
        cause: 'The browser doesn’t let pages from the internet access private networks.',
        steps: [
          'If it opens in a new tab, allow this page to access your local network if the browser asks.',
        ],
      },
    ],
  }),
  'installation-refused': (facts) => ({
    title: `${facts.instanceName} rejected the connection from this Jira site`,
    cause: `It responded to ${facts.appUrl} with status 401. Nothing was changed.`,
    causes: [
      {
        cause: 'Its Jira Connect Proxy URL is empty or different, so it can’t verify the request.',
        steps: [proxyUrlStep(facts)],
      },
      {
        cause: `It can’t connect to ${facts.appUrl} to verify the request.`,
        steps: [
          `Ask a GitLab administrator to check the connection from the network of ${facts.instanceName}.`,
        ],
      },
      {
        cause: 'It’s behind a reverse proxy with a different host name.',
        steps: [
          'Ask a GitLab administrator to enter the proxy’s URL as the Jira Connect Additional Audience URL (GitLab 17.7 and later), and to forward the Host header.',
        ],
      },
      {
        cause: 'A proxy in front of it requires its own sign-in.',
        steps: [
          `Ask whoever manages that proxy to allow requests from ${facts.appUrl} to /-/jira_connect/events/ without it.`,
        ],
      },
    ],
  }),
  'installation-blocked': ({ instanceName, appUrl }) => ({
    title: `${instanceName} refused the request from ${appUrl}`,
    cause: 'It responded with the status quoted below. Nothing was changed.',
    causes: [
      {
        cause: 'Status 403: usually, a firewall in front of it blocks the request.',
        steps: [
          `Ask whoever manages that firewall to allow requests from ${appUrl} to /-/jira_connect/events/installed.`,
        ],
      },
      {
        cause: 'Status 404: the instance URL isn’t exactly GitLab’s URL, or GitLab is older than 15.7.',
        steps: ['Check the instance URL, including its path, and the GitLab version.'],
      },
      {
        cause: 'Status 422: GitLab only allows certain Jira domains, or it couldn’t save the connection.',
        steps: ['Ask a GitLab administrator to check the settings of the GitLab for Jira app.'],
      },
      {
        cause: 'Status 301, or 500 and higher: it isn’t running or doesn’t accept changes right now.',
        steps: ['Try again in a few minutes.'],
      },
    ],
  }),
  'installation-unreachable': ({ instanceName, instanceUrl, appUrl }) => ({
    title: `${appUrl} can’t reach ${instanceName}`,
    cause: 'It didn’t get a response. Nothing was changed.',
    causes: [
      {
        cause: 'The instance isn’t running, it’s too slow, or its URL is different.',
        steps: [
          `Open ${instanceUrl} in a new tab, exactly like this. If it doesn’t open, this is the cause.`,
          'Check the instance URL: https or http, host name, port, and path.',
        ],
      },
      {
        cause: 'Its host name isn’t public, or its certificate isn’t trusted or is incomplete.',
        steps: [
          'Ask a GitLab administrator to check that the instance has a public host name and sends its full certificate chain.',
        ],
      },
      {
        cause: 'A firewall blocks the connection.',
        steps: [
          `Ask whoever manages that firewall to allow requests from ${appUrl}, or to set up a reverse proxy in front of the instance.`,
        ],
      },
    ],
  }),
  'instance-url-refused': ({ appUrl }) => ({
    title: `${appUrl} doesn’t accept this URL`,
    cause: 'It might be mistyped, or point to a private network.',
    steps: ['Correct the URL, then save again.'],
  }),
  'gitlab-too-old': ({ instanceName }) => ({
    title: `${instanceName} runs an unsupported GitLab version`,
    cause: 'The GitLab for Jira app requires GitLab 15.7 or later.',
    steps: ['Ask a GitLab administrator to upgrade the instance.'],
  }),
  'gitlab-too-slow': ({ instanceName }) => ({
    title: `${instanceName} took too long to respond`,
    cause: 'This page waited 30 seconds for a response.',
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
    cause: 'The request succeeded, but the response isn’t what GitLab sends.',
    causes: [
      {
        cause: 'A sign-in page or a proxy in front of GitLab responded instead.',
        steps: [signInInFront(facts)],
      },
      {
        cause: 'The instance URL isn’t the URL of a GitLab instance.',
        steps: [`Open ${facts.instanceName} in a new tab. GitLab must open at exactly this URL.`],
      },
      { cause: 'The connection dropped in the middle of the response.', steps: ['Try again.'] },
    ],
  }),
  'instance-url-invalid': () => ({
    title: 'The saved GitLab instance URL isn’t valid',
    cause: 'It isn’t a plain http:// or https:// URL.',
    steps: ['Choose the instance again.'],
  }),
  'instance-url-insecure': ({ appUrl }) => ({
    title: 'Your browser blocks requests to the GitLab instance',
    cause: `Its saved URL starts with http://, and browsers only let a page from ${appUrl} connect to https:// URLs.`,
    steps: [
      'Ask a GitLab administrator to serve the instance over HTTPS.',
      'Then choose the instance again, with a URL that starts with https://.',
    ],
  }),
  'application-id-missing': (facts) => ({
    title: `${facts.instanceName} isn’t set up for Jira yet`,
    cause: 'It has no Jira Connect Application ID, so users can’t sign in from this page.',
    steps: [
      {
        text: `Ask a GitLab administrator to create an application in the Admin area of ${facts.instanceName}, under Applications, with these values.`,
        values: applicationFields(facts.redirectUri),
      },
      {
        text: 'Then copy its Application ID to Settings > General > GitLab for Jira App > Jira Connect Application ID in the Admin area, and save.',
        setUp: facts,
      },
    ],
  }),
  ...signInFailures,
  'jira-silent': () => ({
    title: 'Jira isn’t responding to this page',
    cause: 'Jira usually tells this page within a second who opened it, but it hasn’t.',
    steps: [openAgainFromJira],
  }),
  'jira-refused': () => ({
    title: 'Jira didn’t confirm who opened this page',
    cause: 'Your Jira session might have ended.',
    steps: ['Sign in to Jira again.', openAgainFromJira],
  }),
  'config-unreadable': ({ appUrl }) => ({
    title: 'This page’s settings file can’t be read',
    cause: `${appUrl}/-/jira_connect/config.json couldn’t be loaded. The page uses its default settings.`,
    steps: [openAgainFromJira],
  }),
  'config-invalid': ({ appUrl }) => ({
    title: 'This page’s settings file isn’t valid',
    cause: `${appUrl}/-/jira_connect/config.json doesn’t match the documented format. The page uses its default settings.`,
    steps: ['Contact whoever manages this page.'],
  }),
  'part-missing': () => ({
    title: 'Part of this page didn’t load',
    cause: 'The connection dropped for a moment, or the page was updated while it was open.',
    steps: ['Try again.', 'If that doesn’t help, reload this page in Jira.'],
  }),
  unknown: () => ({
    title: 'Something on this page went wrong',
    cause: 'This might be a bug in this page, or a browser extension or translation that changes it.',
    steps: [openAgainFromJira],
  }),
} satisfies Record<string, Failure>
