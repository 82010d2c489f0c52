import type { ReaderSettings } from '#src/jira/host.ts'
import { formatCount, plural } from './format.ts'

/** Searching and selecting groups. */
export const linkGroupsTexts = {
  title: 'Link groups',
  group: 'Groups',
  placeholder: 'Search groups…',
  rules:
    'Only groups where you have at least the Maintainer role are shown. Personal namespaces can’t be linked.',
  rulesForAdministrators:
    'You’re signed in as a GitLab administrator, so groups you aren’t a member of might be listed. If Admin Mode is on for this instance, you can link only groups where you have at least the Maintainer role. Personal namespaces can’t be linked.',
  link: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: () => 'Link group', other: (n) => `Link ${n} groups` }),
  linked: 'Linked',
  loading: 'Loading groups…',
  topLevelOnly: 'Only top-level groups (they include their subgroups)',
  tooShort: 'Enter at least three characters to search by part of a name.',
  beingDeleted: 'Will be deleted',
  unfinished: 'Too many groups have a similar path to check them all. Search for the group by name instead.',
  noneFound: (search: string, instanceName: string) =>
    `No groups you can link on ${instanceName} match “${search}”.`,
  noneAtAll: 'You don’t have the Maintainer role in any group.',
  noTopLevel: 'There are no top-level groups you can link. Clear “Only top-level groups” to see subgroups.',
  noTopLevelFound: (search: string) =>
    `No top-level groups match “${search}”. Clear “Only top-level groups” to see subgroups.`,
  coveredBy: (name: string) => `Covered by ${name}`,
  alreadyChosen: 'Selected',
  noneFoundWhy:
    'GitLab searches names and paths for each word of three or more characters. Only groups where you have at least the Maintainer role are shown, and personal namespaces can’t be linked.',
  noneFoundWhyForAdministrators:
    'GitLab searches names and paths for each word of three or more characters. Personal namespaces can’t be linked.',
  noneAtAllForAdministrators:
    'There are no groups you can see. If Admin Mode is on for this instance, private groups are listed only if you’re a member.',
  elsewhere: (host: string, instanceName: string) =>
    `This URL is on ${host}. This Jira site uses ${instanceName}, so only groups on that instance can be linked.`,
  noGroupAddress: 'This URL isn’t a group page.',
  ownNamespace: (path: string) =>
    `“${path}” is your personal namespace, which can’t be linked. Move its projects to a group, then link the group.`,
  noneAtAddress: (path: string) =>
    `There’s no group “${path}” that you can link. You need at least the Maintainer role in the group, and personal namespaces can’t be linked.`,
  around: 'This project belongs to the group below.',
  found: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `${n} group`, other: (n) => `${n} groups` }),
  foundMore: (count: number, format: ReaderSettings) => `${formatCount(count, format)} groups and more`,
  chosenOne: (name: string, count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: () => `${name} selected.`,
      other: (n) => `${name} selected. ${n} groups selected.`,
    }),
  removedOne: (name: string, count: number, format: ReaderSettings) =>
    count === 0
      ? `${name} removed. No groups selected.`
      : plural(count, format, {
          one: (n) => `${name} removed. ${n} group selected.`,
          other: (n) => `${name} removed. ${n} groups selected.`,
        }),
  cleared: 'Selection cleared.',
  remove: (name: string) => `Remove ${name}`,
  clear: 'Clear all',
  chosen: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `${n} group selected`, other: (n) => `${n} groups selected` }),
  show: 'Show',
  hide: 'Hide',
  showMore: (count: number, format: ReaderSettings) => `Show ${formatCount(count, format)} more`,
  covered: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) =>
        `${n} selected group is a subgroup of a linked or selected group, which includes it. You only need to link it if you plan to unlink the parent.`,
      other: (n) =>
        `${n} selected groups are subgroups of a linked or selected group, which includes them. You only need to link them if you plan to unlink the parent.`,
    }),
  coveredOne: (name: string, by: string) =>
    `${name} is a subgroup of ${by}, which includes it. You only need to link it if you plan to unlink ${by}.`,
  leaveOut: 'Deselect subgroups',
  all: 'Select all groups',
  allMatching: (search: string) => `Select all groups matching “${search}”`,
  reading: (count: number, format: ReaderSettings) =>
    `Loading all groups: ${formatCount(count, format)} so far`,
  confirmAll: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `Select ${n} group?`, other: (n) => `Select ${n} groups?` }),
  confirmAllButton: (count: number, format: ReaderSettings) =>
    plural(count, format, { one: (n) => `Select ${n} group`, other: (n) => `Select ${n} groups` }),
  skipped: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `${n} group is skipped because it’s already linked or will be deleted.`,
      other: (n) => `${n} groups are skipped because they’re already linked or will be deleted.`,
    }),
  coveredSkipped: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) =>
        `${n} subgroup doesn’t need to be selected, because a linked or selected group includes it.`,
      other: (n) =>
        `${n} subgroups don’t need to be selected, because linked or selected groups include them.`,
    }),
  includeCovered: (count: number, format: ReaderSettings) =>
    plural(count, format, {
      one: (n) => `Also select ${n} subgroup`,
      other: (n) => `Also select ${n} subgroups`,
    }),
  nothingToChoose: 'There are no more groups to select.',
}
