import { expect, test } from 'vitest'
import { GitLabApiError, GitLabUnreachableError, UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { meaningOf } from '#src/pages/bulk/failure-meaning.ts'
import { startLinking } from '#src/pages/bulk/start-run.ts'
import { linkGroups, unlinkGroups } from './bulk-writes.ts'
import type { BulkRun } from './run-state.ts'

const LINK_PATH = '/api/v4/integrations/jira_connect/subscriptions'
const instance = parseInstanceUrl('https://gitlab.example.com')
const groups: Group[] = [1, 2, 3].map((id) => ({
  id,
  name: `Team ${id}`,
  fullName: `Acme / Team ${id}`,
  fullPath: `acme/team-${id}`,
  avatarUrl: undefined,
}))

function linked({ id, name, fullName }: Group, hasIds: boolean): LinkedGroup {
  const groupId = hasIds ? id : undefined
  return { subscriptionId: String(id), groupId, name, fullName, avatarUrl: undefined, linkedAt: undefined }
}

/** A back end that loses the response to each write, after it has taken effect. */
function forgetfulBackend(linkedAtFirst: readonly Group[]) {
  const list = new Map(linkedAtFirst.map((group) => [group.fullPath, linked(group, true)]))
  const writes: string[] = []
  const lose = (what: string) => {
    writes.push(what)
    throw new GitLabUnreachableError({ code: 'gitlab-unreachable' }, '/')
  }
  const backend: Pick<Backend, 'linkGroup' | 'unlinkGroup' | 'listLinkedGroups'> = {
    async linkGroup(_instance, fullPath) {
      const group = groups.find((one) => one.fullPath === fullPath)
      if (group) list.set(fullPath, linked(group, true))
      lose(fullPath)
    },
    async unlinkGroup(_instance, id) {
      list.delete(`acme/team-${id}`)
      lose(id)
    },
    listLinkedGroups: async () => [...list.values()],
  }
  return { backend: backend as Backend, writes }
}

function ended<T>(run: BulkRun<T>): Promise<Record<string, number>> {
  return new Promise((resolve) => {
    run.subscribe(() => {
      if (run.getState().isAtRest) resolve(run.getState().counts)
    })
  })
}

test('finds in the list what was linked although the response was lost', async () => {
  const { backend, writes } = forgetfulBackend([])
  const read: number[] = []
  const run = linkGroups(groups, {
    backend,
    instance,
    authorizedFetch: fetch,
    meaningOf,
    concurrency: 4,
    onListRead: (list) => read.push(list.length),
  })
  expect(await ended(run)).toMatchObject({ done: 3, failed: 0 })
  expect(writes).toEqual(['acme/team-1', 'acme/team-2', 'acme/team-3'])
  expect(read).toEqual([3])
})

test('finds in the list what was unlinked although the response was lost, and leaves out what has no ID yet', async () => {
  const { backend, writes } = forgetfulBackend(groups)
  const list = groups.map((group) => linked(group, true))
  const fresh = { ...(list[2] as LinkedGroup), subscriptionId: undefined }
  const run = unlinkGroups([...list.slice(0, 2), fresh], {
    backend,
    instance,
    meaningOf,
    concurrency: 4,
    onListRead: () => undefined,
  })
  expect(await ended(run)).toMatchObject({ done: 2, failed: 0 })
  expect(writes).toEqual(['1', '2'])
})

/** A back end that changes nothing, and says what a test tells it to. */
function claimingBackend(
  claim: () => Error,
  linkedGroups: readonly Group[],
  listFault?: () => Error,
  hasIds = true,
) {
  const calls: string[] = []
  const write = async () => {
    calls.push('write')
    throw claim()
  }
  const backend: Pick<Backend, 'linkGroup' | 'unlinkGroup' | 'listLinkedGroups'> = {
    linkGroup: write,
    unlinkGroup: write,
    async listLinkedGroups() {
      calls.push('read')
      if (listFault) throw listFault()
      return linkedGroups.map((group) => linked(group, hasIds))
    },
  }
  return { backend: backend as Backend, calls }
}

const alreadyAdded = () =>
  new GitLabApiError(422, LINK_PATH, { message: 'Namespace has already been added' }, { method: 'POST' })
const gone = () => new GitLabApiError(404, '/-/jira_connect/subscriptions/1', undefined, { method: 'DELETE' })
const otherShape = () => new UnexpectedResponseError(LINK_PATH)
const options = { instance, meaningOf, concurrency: 4, onListRead: () => undefined }
const codes = (run: BulkRun<unknown>) =>
  [...run.getState().results.values()].map((result) =>
    result.status === 'failed' ? (result.error as { code?: unknown }).code : result.status,
  )

test('a group that GitLab says is already linked counts as linked only if the list has it', async () => {
  const { backend } = claimingBackend(alreadyAdded, groups.slice(0, 1))
  const run = linkGroups(groups, { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(codes(run)).toEqual(['already', 'group-already-linked', 'group-already-linked'])
})

test('a name in the list proves nothing where GitLab gives no ID: another group may have the same one', async () => {
  const { backend } = claimingBackend(otherShape, groups, undefined, false)
  const namesakes = groups.map((group) => ({ ...group, id: group.id + 10, fullPath: `other/${group.id}` }))
  const run = startLinking(namesakes.slice(0, 1), { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(codes(run)).toEqual(['answer-unexpected'])
})

test.each([
  ['GitLab', gone],
  [
    'a proxy',
    () =>
      new GitLabApiError(404, '/-/jira_connect/subscriptions/1', undefined, {
        method: 'DELETE',
        kind: 'text',
      }),
  ],
])(
  'a group that %s doesn’t find counts as unlinked only if the list no longer has it',
  async (_who, claim) => {
    const { backend } = claimingBackend(claim, groups.slice(1))
    const run = unlinkGroups(
      groups.map((group) => linked(group, true)),
      { ...options, backend },
    )
    await ended(run)
    expect(codes(run)).toEqual(['already', 'not-found', 'not-found'])
  },
)

test('a group that was linked again elsewhere is unlinked by its new link', async () => {
  const [first, ...rest] = groups.map((group) => linked(group, true)) as [LinkedGroup, ...LinkedGroup[]]
  const list = new Map([{ ...first, subscriptionId: '17' }, ...rest].map((one) => [one.subscriptionId, one]))
  const backend = {
    async unlinkGroup(_instance: string, id: string) {
      if (!list.delete(id)) throw gone()
    },
    listLinkedGroups: async () => [...list.values()],
  } as Partial<Backend> as Backend
  const run = unlinkGroups([first, ...rest], { ...options, backend })
  expect(await ended(run)).toMatchObject({ failed: 0 })
  expect([...list.keys()]).toEqual([])
  expect(run.linksOf(first), 'for the page, which might show either').toEqual(['1', '17'])
})

test('a success in a form that isn’t GitLab’s counts as done only if the list says so', async () => {
  const { backend } = claimingBackend(otherShape, groups.slice(0, 1))
  const run = linkGroups(groups, { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(codes(run)).toEqual(['done', 'answer-unexpected', 'answer-unexpected'])
})

test.each([
  ['the list confirms', alreadyAdded, groups.slice(0, 1), 'already'],
  ['the list contradicts', alreadyAdded, [], 'group-already-linked'],
  ['is in a form that isn’t GitLab’s and the list confirms', otherShape, groups.slice(0, 1), 'done'],
  ['is in a form that isn’t GitLab’s and the list contradicts', otherShape, [], 'answer-unexpected'],
] as const)(
  'linking one group sends one request and reads the list once where what GitLab says %s',
  async (_what, claim, list, result) => {
    const { backend, calls } = claimingBackend(claim, list)
    const run = startLinking(groups.slice(0, 1), { ...options, backend, authorizedFetch: fetch })
    await ended(run)
    expect(codes(run)).toEqual([result])
    expect(calls).toEqual(['write', 'read'])
  },
)

test('linking one group ends with the reason why the list can’t be read where only the list could tell', async () => {
  const { backend, calls } = claimingBackend(alreadyAdded, [], () => new GitLabApiError(502, '/', undefined))
  const run = startLinking(groups.slice(0, 1), { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(codes(run)).toEqual(['gitlab-broken'])
  expect(calls).toEqual(['write', 'read'])
})

test('sends nothing for every group where GitLab claims of each that it is done and the list denies it', async () => {
  const many = Array.from({ length: 300 }, (_, id) => ({
    ...(groups[0] as Group),
    id: id + 10,
    fullName: `Acme / ${id}`,
  }))
  const { backend, calls } = claimingBackend(alreadyAdded, [])
  const run = linkGroups(many, { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(run.getState()).toMatchObject({
    status: 'paused',
    pause: { reason: 'refused', error: { code: 'group-already-linked' } },
    counts: { already: 0, failed: 0, waiting: 300 },
  })
  expect(calls.length).toBeLessThan(30)
})

test('reads the list less and less often while it confirms that group after group is already linked', async () => {
  const many = Array.from({ length: 300 }, (_, id) => ({
    ...(groups[0] as Group),
    id: id + 10,
    fullName: `Acme / ${id}`,
  }))
  const { backend, calls } = claimingBackend(alreadyAdded, many)
  const run = linkGroups(many, { ...options, backend, authorizedFetch: fetch })
  await ended(run)
  expect(run.getState().counts).toMatchObject({ already: 300 })
  expect(calls.filter((call) => call === 'write')).toHaveLength(300)
  expect(calls.filter((call) => call === 'read').length).toBeLessThan(10)
})
