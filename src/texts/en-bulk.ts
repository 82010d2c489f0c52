import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/** Linking or unlinking many groups, and selecting linked groups to unlink. */
export const bulkTexts = {
  linking: {
    running: (total: number, format: ReaderSettings) => `Linking ${formatCount(total, format)} groups`,
    paused: 'Linking is paused',
    canceled: (done: number, total: number, format: ReaderSettings) =>
      `Cancelled: linked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    finished: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Linked ${n} group`, other: (n) => `Linked ${n} groups` }),
    finishedPartly: (done: number, total: number, format: ReaderSettings) =>
      `Linked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    progress: (done: number, total: number, format: ReaderSettings) =>
      `Linked ${formatCount(done, format)} of ${formatCount(total, format)}`,
    already: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `${n} was linked already`,
        other: (n) => `${n} were linked already`,
      }),
    done: (count: number, format: ReaderSettings) => `Linked (${formatCount(count, format)})`,
    whatNext:
      'GitLab sends their work to Jira over the next minutes: twenty projects of each group a minute, the first after about a minute.',
    leaving: 'Keep this page open until all groups are linked.',
  },
  unlinking: {
    running: (total: number, format: ReaderSettings) => `Unlinking ${formatCount(total, format)} groups`,
    paused: 'Unlinking is paused',
    canceled: (done: number, total: number, format: ReaderSettings) =>
      `Cancelled: unlinked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    finished: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Unlinked ${n} group`, other: (n) => `Unlinked ${n} groups` }),
    finishedPartly: (done: number, total: number, format: ReaderSettings) =>
      `Unlinked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    progress: (done: number, total: number, format: ReaderSettings) =>
      `Unlinked ${formatCount(done, format)} of ${formatCount(total, format)}`,
    already: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `${n} was unlinked already`,
        other: (n) => `${n} were unlinked already`,
      }),
    done: (count: number, format: ReaderSettings) => `Unlinked (${formatCount(count, format)})`,
    whatNext: 'What Jira already shows of them is not removed.',
    leaving: 'Keep this page open until all groups are unlinked.',
  },
  failed: (count: number, format: ReaderSettings) => `${formatCount(count, format)} failed`,
  notSent: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `${n} group was not sent.`,
      other: (n) => `${n} groups were not sent.`,
    }),
  finishing: 'Waiting for the last answers.',
  lessThanAMinuteLeft: 'less than a minute left',
  minutesLeft: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `about ${n} minute left`, other: (n) => `about ${n} minutes left` }),
  hoursLeft: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `about ${n} hour left`, other: (n) => `about ${n} hours left` }),
  askedToWait: (instanceName: string, time: string) =>
    `${instanceName} is limiting requests. This continues by itself at ${time}.`,
  readOnly: (instanceName: string, time: string) =>
    `${instanceName} is read-only at the moment. This continues by itself at ${time}.`,
  connectionLost: (reason: string) => `${reason}. This goes on by itself once GitLab answers again.`,
  signedOut: 'Your GitLab sign-in has ended. Sign in again to go on; nothing is lost.',
  signedInAgain: 'You are signed in again. What is left can go on.',
  goOn: 'Go on',
  goOnNow: 'Go on now',
  retryFailed: (count: number, format: ReaderSettings) => `Retry failed (${formatCount(count, format)})`,
  close: 'Close',
  failures: 'Failed',

  selection: {
    selection: 'Selected groups',
    selected: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `${n} group selected`, other: (n) => `${n} groups selected` }),
    notShown: (count: number, format: ReaderSettings) =>
      `${formatCount(count, format)} of them not shown by the filter`,
    clearSelection: 'Clear selection',
    unlinkMany: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `Unlink ${n} group`, other: (n) => `Unlink ${n} groups` }),
    questionMany: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `Unlink ${n} group?`, other: (n) => `Unlink ${n} groups?` }),
    more: (count: number, format: ReaderSettings) => `${formatCount(count, format)} more`,
    consequenceMany:
      'GitLab stops sending their work to this Jira site. What Jira already shows is not removed.',
  },
}
