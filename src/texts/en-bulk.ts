/** What is read out and shown about many groups at once. Apart from the rest, since it loads late. */
export const bulkTexts = {
  linking: {
    running: (total: string) => `Linking ${total} groups`,
    paused: 'Linking is paused',
    canceled: (done: string, total: string) => `Cancelled: linked ${done} of ${total} groups`,
    finished: (total: string, plural: string) =>
      plural === 'one' ? `Linked ${total} group` : `Linked ${total} groups`,
    finishedPartly: (done: string, total: string) => `Linked ${done} of ${total} groups`,
    progress: (done: string, total: string) => `Linked ${done} of ${total}`,
    already: (count: string, plural: string) =>
      plural === 'one' ? `${count} was linked already` : `${count} were linked already`,
    done: (count: string) => `Linked (${count})`,
    whatNext:
      'GitLab sends their work to Jira over the next minutes: twenty projects of each group a minute, the first after about a minute.',
    leaving: 'Keep this page open until all groups are linked.',
  },
  unlinking: {
    running: (total: string) => `Unlinking ${total} groups`,
    paused: 'Unlinking is paused',
    canceled: (done: string, total: string) => `Cancelled: unlinked ${done} of ${total} groups`,
    finished: (total: string, plural: string) =>
      plural === 'one' ? `Unlinked ${total} group` : `Unlinked ${total} groups`,
    finishedPartly: (done: string, total: string) => `Unlinked ${done} of ${total} groups`,
    progress: (done: string, total: string) => `Unlinked ${done} of ${total}`,
    already: (count: string, plural: string) =>
      plural === 'one' ? `${count} was unlinked already` : `${count} were unlinked already`,
    done: (count: string) => `Unlinked (${count})`,
    whatNext: 'What Jira already shows of them is not removed.',
    leaving: 'Keep this page open until all groups are unlinked.',
  },
  failed: (count: string) => `${count} failed`,
  notSent: (count: string, plural: string) =>
    plural === 'one' ? `${count} group was not sent.` : `${count} groups were not sent.`,
  finishing: 'Waiting for the last answers.',
  lessThanAMinuteLeft: 'less than a minute left',
  minutesLeft: (count: string, plural: string) =>
    plural === 'one' ? `about ${count} minute left` : `about ${count} minutes left`,
  hoursLeft: (count: string, plural: string) =>
    plural === 'one' ? `about ${count} hour left` : `about ${count} hours left`,
  askedToWait: (instanceName: string, time: string) =>
    `${instanceName} asks to wait. This goes on by itself at ${time}.`,
  connectionLost: (reason: string) => `${reason}. This goes on by itself once GitLab answers again.`,
  signedOut: 'Your GitLab sign-in has ended. Sign in again to go on; nothing is lost.',
  signedInAgain: 'You are signed in again. What is left can go on.',
  goOn: 'Go on',
  goOnNow: 'Go on now',
  retryFailed: (count: string) => `Retry failed (${count})`,
  close: 'Close',
  failures: 'Failed',

  selection: {
    selection: 'Selected groups',
    selected: (count: string, plural: string) =>
      plural === 'one' ? `${count} group selected` : `${count} groups selected`,
    notShown: (count: string) => `${count} of them not shown by the filter`,
    clearSelection: 'Clear selection',
    unlinkMany: (count: string, plural: string) =>
      plural === 'one' ? `Unlink ${count} group` : `Unlink ${count} groups`,
    questionMany: (count: string, plural: string) =>
      plural === 'one' ? `Unlink ${count} group?` : `Unlink ${count} groups?`,
    more: (count: string) => `${count} more`,
    consequenceMany:
      'GitLab stops sending their work to this Jira site. What Jira already shows is not removed.',
  },
}
