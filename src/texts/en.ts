import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/**
 * The texts that the page opens with. Each screen that loads later has its texts in a file of its own, so that they load
 * with it. Functions take counts as numbers, and dates already formatted.
 */
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
    wordsMissing: (code: string) =>
      `Something failed (${code}), and what explains it didn’t load. Check your connection, then try again.`,
    saveAgain: 'Save the instance again',
    savedAgain: 'Saved. Try again.',
    possibleCauses: 'Possible causes, the most likely first',
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
  },

  check: {
    button: 'Check the connection',
  },

  details: {
    copy: 'Copy details',
    documentation: 'Documentation',
  },

  outsideJira: {
    title: 'Open this page in Jira',
    body: 'This page links GitLab groups to a Jira site, so it works only inside Jira.',
    steps: [
      'In admin.atlassian.com, open Connected apps; in older Jira sites, Settings > Apps > Manage apps in Jira.',
      'Find GitLab for Jira, and select Get started.',
    ],
  },
  bridgeMissing: {
    title: 'A script from Atlassian didn’t load',
    body: (script: string) =>
      `This page is inside another one, as in Jira, but without ${script} it can’t talk to Jira.`,
    steps: (host: string) => [
      'Reload this page in Jira: the connection might have dropped for a moment.',
      `If that doesn’t help, allow scripts from ${host} in your content blocker or other browser extension, or try a private window without extensions.`,
      `If it fails for your colleagues as well, ask whoever manages your network to allow ${host}.`,
    ],
  },
}
