import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/**
 * The texts that the page opens with. Each screen that loads later has its texts in a file of its own, so that they load
 * with it. Functions take counts as numbers, and dates already formatted.
 */
export const texts = {
  appName: 'GitLab for Jira',
  appPurpose: 'Link GitLab groups to show their development work on Jira issues.',
  instance: 'GitLab instance',
  loading: 'Loading',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  waitingForJira: 'Waiting for Jira to respond…',

  account: {
    /** In front of the username, which leads to the user’s profile. */
    userLabel: 'Signed in as',
    signedInAs: (username: string) => `Signed in as @${username}`,
    signedOut: 'Signed out of GitLab.',
    signOut: 'Sign out',
  },

  signIn: {
    title: 'Link groups',
    reason: 'Sign in to GitLab to link groups. You don’t need to sign in to view or unlink groups.',
    button: (instanceName: string) => `Sign in to ${instanceName}`,
    inWindow: 'Continue in the GitLab window.',
    inWindowHelp: 'If it shows anything other than GitLab, cancel and sign in again.',
    showWindow: 'Show the window',
    waiting: 'Waiting for you in the GitLab window.',
  },

  linking: {
    done: (name: string) => `Linked ${name}.`,
    whatNext:
      'GitLab is sending its data to Jira. The first projects appear in about a minute, then about 20 per minute.',
    whatIsSent: 'What data is synced',
  },

  list: {
    title: 'Linked groups',
    errorHelp: 'GitLab sends the data of linked groups to Jira whether or not this page can show them.',
    empty: 'No groups are linked',
    emptyHelp:
      'When you link a group, its branches, commits, merge requests, pipelines, and deployments appear on the Jira issues they mention.',
    linkedAge: (age: string) => `Linked ${age}`,
    linkedOn: (date: string) => `Linked on ${date}`,
    isNew: 'New',
    unlink: 'Unlink',
    unlinkGroup: (name: string) => `Unlink ${name}`,
    question: (name: string) => `Unlink ${name}?`,
    consequence:
      'GitLab will stop sending data from this group, and from its subgroups that aren’t linked themselves, to this Jira site. Data already in Jira isn’t removed.',
    consequenceBelow: (parent: string) =>
      `${parent} is linked, too. If this group is one of its subgroups, GitLab keeps sending this group’s data until you unlink ${parent}. Data already in Jira isn’t removed.`,
    unlinked: (name: string) => `Unlinked ${name}.`,
    keptInJira: 'Data already in Jira isn’t removed.',
    filter: 'Filter linked groups',
    filterHint: 'Filter by name…',
    noneMatches: (filter: string) => `No linked groups match “${filter}”.`,
    order: 'Sort by',
    orderAfterNew: 'New first, then by',
    orders: { name: 'Name', newest: 'Newest', oldest: 'Oldest' },
    showAll: (count: number, format: ReaderSettings) => `Show all ${formatCount(count, format)} groups`,
    select: (name: string) => `Select ${name}`,
    selectAll: (count: number, format: ReaderSettings) => `Select all ${formatCount(count, format)}`,
    selectMatching: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `Select ${n} match`,
        other: (n) => `Select all ${n} matches`,
      }),
    matches: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `${n} group matches.`, other: (n) => `${n} groups match.` }),
  },

  failure: {
    said: (speaker: string) => `${speaker} said:`,
    whatToDo: 'What to do',
    wordsMissing: (code: string) =>
      `Something went wrong (${code}), and its explanation didn’t load. Check your connection, then try again.`,
    saveAgain: 'Save the instance again',
    savedAgain: 'Saved. Try again.',
    possibleCauses: 'Possible causes, most likely first',
  },

  copy: {
    copy: (name: string) => `Copy ${name}`,
    link: (name: string) => `Copy link: ${name}`,
    copied: 'Copied.',
    pressKeys: 'Selected. Press Ctrl+C or Command+C to copy.',
  },

  choosing: {
    change: 'Change',
    useOther: 'Use a different GitLab instance',
  },

  check: {
    button: 'Check the connection',
  },

  details: {
    copy: 'Copy details',
    documentation: 'Documentation',
  },
}
