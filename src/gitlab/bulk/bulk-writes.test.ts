import { expect, test } from 'vitest'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { meaningOf } from '#src/pages/bulk/failure-meaning.ts'
import type { BulkRun } from './bulk-run.ts'
import { linkGroups, unlinkGroups } from './bulk-writes.ts'

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
function forgetfulBackend(hasIds: boolean, linkedAtFirst: readonly Group[]) {
  const list = new Map(linkedAtFirst.map((group) => [group.fullPath, linked(group, hasIds)]))
  const writes: string[] = []
  const lose = (what: string) => {
    writes.push(what)
    throw new GitLabUnreachableError({ code: 'gitlab-unreachable' }, '/')
  }
  const backend: Pick<Backend, 'linkGroup' | 'unlinkGroup' | 'listLinkedGroups'> = {
    async linkGroup(_instance, fullPath) {
      const group = groups.find((one) => one.fullPath === fullPath)
      if (group) list.set(fullPath, linked(group, hasIds))
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

test.each([
  ['says which groups are linked', true],
  ['gives only their names', false],
])(
  'finds in the list what was linked although the response was lost, if GitLab %s',
  async (_what, hasIds) => {
    const { backend, writes } = forgetfulBackend(hasIds, [])
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
  },
)

test('finds in the list what was unlinked although the response was lost, and leaves out what has no ID yet', async () => {
  const { backend, writes } = forgetfulBackend(true, groups)
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
