import type { ReaderSettings } from '#src/jira/host.ts'
import { plural } from './format.ts'

/** The screen that chooses the GitLab instance. */
export const chooseInstanceTexts = {
  title: 'Where is your GitLab instance?',
  /** In front of the name of the instance. */
  inUse: 'This Jira site uses',
  linkedThere: (count: number, format: ReaderSettings) =>
    count === 0
      ? 'No groups are linked.'
      : plural(count, format, {
          one: (n) => `${n} group is linked.`,
          other: (n) => `${n} groups are linked.`,
        }),
  own: 'GitLab Self-Managed',
  address: 'Instance URL',
  example: 'gitlab.example.com',
  willBeSaved: 'Will be saved as',
  takeInstead: (url: string) => `Use ${url} instead`,
  save: 'Save and continue',
  confirm: (name: string) => `Change to ${name}?`,
  confirmButton: 'Change instance',
  keepsLinks: (name: string, count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) =>
        `${n} group on ${name} stays linked and keeps sending data to this Jira site, but this page won’t show it anymore. Unlink it first to stop this.`,
      other: (n) =>
        `${n} groups on ${name} stay linked and keep sending data to this Jira site, but this page won’t show them anymore. Unlink them first to stop this.`,
    }),
  removesLinks: (name: string, count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `${n} group linked on ${name} will be unlinked. Data already in Jira isn’t removed.`,
      other: (n) => `${n} groups linked on ${name} will be unlinked. Data already in Jira isn’t removed.`,
    }),
  backToGroups: 'Back to the linked groups',
  changed: (name: string) => `${name} is now the GitLab instance of this Jira site.`,
  problems: {
    'instance-url-empty': 'Enter the URL of your GitLab instance.',
    'instance-url-too-long': 'Use 1,024 characters or fewer.',
    'instance-url-unreadable': 'Enter a valid URL, such as https://gitlab.example.com.',
    'instance-url-scheme': 'The URL must start with https:// or http://.',
    'instance-url-credentials': 'Remove the username and password from the URL.',
    'instance-url-query': 'Remove everything from ? or # onward.',
    'instance-url-ipv6':
      'Enter a host name instead of an IPv6 address. Not every browser lets this page connect to one.',
    'instance-url-insecure':
      'The URL must start with https://. Browsers block requests from this page to http:// URLs.',
  },
}

/** The set-up guide for a self-managed instance, which is part of that screen. */
export const setUpGuideTexts = {
  title: 'Set up this instance',
  effort: (steps: number) => `${steps} steps, about 10 minutes, requires a GitLab administrator`,
  done: (done: number, steps: number) => `${done} of ${steps} steps done`,
  /** A step is ticked off with it. */
  tick: 'Done',
  open: 'Open in GitLab',
  documentation: 'Documentation',
  steps: {
    prerequisites: {
      title: 'Check the prerequisites',
      text: 'The instance must run GitLab 15.7 or later, have a public URL with HTTPS and a trusted certificate, and be able to connect to Jira and to the server of this page.',
    },
    application: {
      title: 'Create an OAuth application',
      text: 'In the Admin area, go to Applications, select Add new application, and enter these values. Save the application, then copy its Application ID.',
    },
    settings: {
      title: 'Add the application ID to GitLab',
      text: 'In the Admin area, go to Settings > General > GitLab for Jira App, paste the Application ID, enter this value, and save.',
    },
    jiraUser: {
      title: 'Check your Jira user',
      text: 'In admin.atlassian.com, your Jira user must be a member of one of these groups. In Jira, it must have the global permission “Browse users and groups”.',
    },
    reverseProxy: {
      title: 'If GitLab is behind a reverse proxy with a different host name',
      text: 'Enter the proxy’s public URL as the Instance URL. In GitLab 17.7 and later, set the additional audience URL to the same URL. The proxy must forward the Host header and must not change the app key.',
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
  cleared: 'Clear this checkbox',
  copiedBefore: 'The Application ID you copied',
  eitherOf: 'org-admins or site-admins',
  leaveEmpty: 'Leave empty, because this instance serves this page',
}
