import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/** Linking or unlinking many groups, and selecting linked groups to unlink. */
export const bulkTexts = {
  linking: {
    running: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Linking ${n} group`, other: (n) => `Linking ${n} groups` }),
    paused: 'Linking is paused',
    canceled: (done: number, total: number, format: ReaderSettings) =>
      `Canceled. Linked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    finished: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Linked ${n} group`, other: (n) => `Linked ${n} groups` }),
    finishedPartly: (done: number, total: number, format: ReaderSettings) =>
      `Linked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    progress: (done: number, total: number, format: ReaderSettings) =>
      `Linked ${formatCount(done, format)} of ${formatCount(total, format)}`,
    already: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `${n} was already linked`,
        other: (n) => `${n} were already linked`,
      }),
    done: (count: number, format: ReaderSettings) => `Linked (${formatCount(count, format)})`,
    whatNext:
      'GitLab is sending their data to Jira. The first projects appear in about a minute, then about 20 per minute for each group.',
    leaving: 'Keep this page open until all groups are linked.',
  },
  unlinking: {
    running: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Unlinking ${n} group`, other: (n) => `Unlinking ${n} groups` }),
    paused: 'Unlinking is paused',
    canceled: (done: number, total: number, format: ReaderSettings) =>
      `Canceled. Unlinked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    finished: (total: number, format: ReaderSettings) =>
      plural(total, format, { one: (n) => `Unlinked ${n} group`, other: (n) => `Unlinked ${n} groups` }),
    finishedPartly: (done: number, total: number, format: ReaderSettings) =>
      `Unlinked ${formatCount(done, format)} of ${formatCount(total, format)} groups`,
    progress: (done: number, total: number, format: ReaderSettings) =>
      `Unlinked ${formatCount(done, format)} of ${formatCount(total, format)}`,
    already: (count: number, format: ReaderSettings) =>
      plural(count, format, {
        one: (n) => `${n} was already unlinked`,
        other: (n) => `${n} were already unlinked`,
      }),
    done: (count: number, format: ReaderSettings) => `Unlinked (${formatCount(count, format)})`,
    whatNext: 'Data already in Jira isn’t removed.',
    leaving: 'Keep this page open until all groups are unlinked.',
  },
  failed: (count: number, format: ReaderSettings) => `${formatCount(count, format)} failed`,
  notSent: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `${n} group wasn’t sent.`,
      other: (n) => `${n} groups weren’t sent.`,
    }),
  finishing: 'Waiting for the last requests to finish.',
  lessThanAMinuteLeft: 'less than a minute left',
  minutesLeft: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `about ${n} minute left`, other: (n) => `about ${n} minutes left` }),
  hoursLeft: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `about ${n} hour left`, other: (n) => `about ${n} hours left` }),
  askedToWait: (instanceName: string, time: string) =>
    `${instanceName} is limiting requests. Resumes automatically at ${time}.`,
  readOnly: (instanceName: string, time: string) =>
    `${instanceName} is read-only right now. Tries again automatically at ${time}.`,
  connectionLost: (reason: string) => `${reason}. Resumes automatically when GitLab responds again.`,
  signedOut:
    'Your GitLab sign-in has ended. Sign in again as the same GitLab user to continue where you left off.',
  signedInAgain: 'You’re signed in again. Select Resume to continue.',
  goOn: 'Resume',
  goOnNow: 'Resume now',
  retryFailed: (count: number, format: ReaderSettings) => `Retry failed (${formatCount(count, format)})`,
  failures: 'Failed',

  selection: {
    selection: 'Selected groups',
    selected: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `${n} group selected`, other: (n) => `${n} groups selected` }),
    notShown: (count: number, format: ReaderSettings) => `${formatCount(count, format)} hidden by the filter`,
    clearSelection: 'Clear selection',
    unlinkMany: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `Unlink ${n} group`, other: (n) => `Unlink ${n} groups` }),
    questionMany: (count: number, format: ReaderSettings) =>
      plural(count, format, { one: (n) => `Unlink ${n} group?`, other: (n) => `Unlink ${n} groups?` }),
    more: (count: number, format: ReaderSettings) => `${formatCount(count, format)} more`,
    consequenceMany:
      'GitLab will stop sending data from these groups, and from subgroups that aren’t linked themselves, to this Jira site. Data already in Jira isn’t removed.',
    consequenceBelow: (parent: string) =>
      `${parent} stays linked. GitLab keeps sending data from every selected group that is one of its subgroups. Data already in Jira isn’t removed.`,
  },
}
