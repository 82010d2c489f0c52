import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/** Searching and selecting groups. */
export const linkGroupsTexts = {
  title: 'Link groups',
  group: 'Groups',
  placeholder: 'Search groups…',
  rules:
    'You see groups in which you have at least the Maintainer role. Personal namespaces cannot be linked.',
  rulesForAdministrators:
    'You’re signed in as a GitLab administrator, so groups you aren’t a member of might be listed. If Admin Mode is on for this instance, you can link only groups where you have the Maintainer role. Personal namespaces can’t be linked.',
  link: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: () => 'Link group', other: (n) => `Link ${n} groups` }),
  linked: 'Linked',
  loading: 'Loading groups…',
  topLevelOnly: 'Only top-level groups, which include everything below them',
  tooShort: 'Enter at least three characters to search by part of a name.',
  beingDeleted: 'Will be deleted',
  unfinished:
    'This page couldn’t find out: too many groups have a similar path. Search for the group by its name.',
  noneFound: (search: string) => `No group that you may link matches “${search}”.`,
  noneAtAll: 'There is no group in which you have at least the Maintainer role.',
  coveredBy: (name: string) => `Covered by ${name}`,
  alreadyChosen: 'Chosen',
  noneFoundWhy:
    'GitLab looks for each word of three or more letters in names and paths. A group shows only if you have at least the Maintainer role in it; personal namespaces cannot be linked.',
  noneFoundWhyForAdministrators:
    'GitLab looks for each word of three or more letters in names and paths. Personal namespaces cannot be linked.',
  noneAtAllForAdministrators:
    'There is no group that you can see. If Admin Mode is on for this instance, private groups are listed only if you are a member.',
  elsewhere: (host: string, instanceName: string) =>
    `This address belongs to ${host}. This Jira site uses ${instanceName}, and only its groups can be linked.`,
  noGroupAddress: 'This address leads to a page of GitLab that belongs to no group.',
  ownNamespace: (path: string) =>
    `“${path}” is your personal namespace, which cannot be linked. Move its projects to a group, and link that.`,
  noneAtAddress: (path: string) =>
    `There is no group “${path}” that you may link. You need at least the Maintainer role in it, and personal namespaces cannot be linked.`,
  around: 'This URL is of a project in the group below.',
  found: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `${n} group`, other: (n) => `${n} groups` }),
  foundMore: (count: number, format: ReaderSettings) => `${formatCount(count, format)} groups and more`,
  chosenOne: (name: string, count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: () => `${name} chosen.`,
      other: (n) => `${name} chosen. ${n} groups are chosen.`,
    }),
  removedOne: (name: string, count: number, format: ReaderSettings) =>
    count === 0
      ? `${name} removed. No group is chosen.`
      : plural(count, format, {
          one: (n) => `${name} removed. ${n} group is chosen.`,
          other: (n) => `${name} removed. ${n} groups are chosen.`,
        }),
  cleared: 'No group is chosen any more.',
  remove: (name: string) => `Remove ${name}`,
  clear: 'Clear all',
  chosen: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `${n} group chosen`, other: (n) => `${n} groups chosen` }),
  show: 'Show',
  hide: 'Hide',
  showMore: (count: number, format: ReaderSettings) => `Show ${formatCount(count, format)} more`,
  covered: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) =>
        `${n} of the chosen groups lies below a group that is linked or chosen, so its work shows in Jira anyway. Linking it as well changes that only if the group above is unlinked one day.`,
      other: (n) =>
        `${n} of the chosen groups lie below a group that is linked or chosen, so their work shows in Jira anyway. Linking them as well changes that only if the group above is unlinked one day.`,
    }),
  coveredOne: (name: string, by: string) =>
    `${name} lies below ${by}, so its work shows in Jira anyway. Linking it as well changes that only if ${by} is unlinked one day.`,
  leaveOut: 'Leave out',
  all: 'Choose all groups',
  allMatching: (search: string) => `Choose all that match “${search}”`,
  reading: (count: number, format: ReaderSettings) =>
    `Reading all groups: ${formatCount(count, format)} so far`,
  confirmAll: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `Choose ${n} group?`, other: (n) => `Choose ${n} groups?` }),
  confirmAllButton: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `Choose ${n} group`, other: (n) => `Choose ${n} groups` }),
  skipped: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `${n} group is already linked, or will be deleted, and is skipped.`,
      other: (n) => `${n} groups are already linked, or will be deleted, and are skipped.`,
    }),
  noneSkipped: 'None of them is linked yet.',
  nothingToChoose: 'All groups that match are linked or chosen already.',
  close: 'Close',
}
