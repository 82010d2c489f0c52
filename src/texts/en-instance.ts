import type { ReaderSettings } from '#src/jira/host.ts'
import { plural } from './format.ts'

/** The screen that chooses the GitLab instance. */
export const chooseInstanceTexts = {
  title: 'Where is your GitLab?',
  own: 'A GitLab instance of our own',
  address: 'Instance URL',
  example: 'gitlab.example.com',
  willBeSaved: 'Will be saved as',
  takeInstead: (url: string) => `Use ${url} instead`,
  save: 'Save and continue',
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
    'instance-url-ipv6':
      'Enter a host name instead of an IPv6 address: not every browser lets this page connect to one.',
    'instance-url-insecure':
      'The address must begin with https://. This page is served over HTTPS, and browsers block requests from it to http:// addresses.',
  },
}

/** The set-up guide for a self-managed instance, which is part of that screen. */
export const setUpGuideTexts = {
  title: 'Set up this instance first',
  summary: 'about ten minutes, needs a GitLab administrator',
  alreadyDone: 'This instance is set up already',
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
}
