import { expect, test } from 'vitest'
import { startSession } from '#src/testing/signed-in-session.ts'
import type { GroupsQuery } from './groups.ts'
import { listGroups } from './groups.ts'

const GROUPS = 'GET /api/v4/groups'

/** Lists groups as a person who is signed in to the self-managed instance. */
async function signedIn(person?: string) {
  const { world, instance, session, signIn } = await startSession()
  await signIn(person)
  const { authorizedFetch } = session
  const list = (query: Partial<GroupsQuery> = {}) =>
    listGroups(instance, { search: '', page: 1, everyGroup: false, authorizedFetch, ...query })
  const lastQuery = () => Object.fromEntries(world.asked(GROUPS).at(-1)?.url.searchParams ?? [])
  return { world, list, lastQuery }
}

test('lists the groups in which somebody has at least the Maintainer role, a page at a time', async () => {
  const { list, lastQuery } = await signedIn()
  const first = await list()
  expect(lastQuery()).toEqual({ page: '1', per_page: '20', min_access_level: '40' })
  expect(first.groups).toHaveLength(20)
  expect(first.nextPage).toBe(2)
  const names = first.groups.map(({ fullName }) => fullName)
  let page = first.nextPage
  while (page !== undefined) {
    const next = await list({ page })
    names.push(...next.groups.map(({ fullName }) => fullName))
    page = next.nextPage
  }
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('Partners / Integrations')
  expect(names).not.toContain('Partners / Globex')
  expect(names).not.toContain('Legal')
})

test('reads of a group what linking and showing need', async () => {
  const { list } = await signedIn()
  const { groups } = await list({ search: 'payments' })
  expect(groups[0]).toEqual({
    id: 15,
    name: 'Payments',
    fullName: 'Acme Corp / Payments',
    fullPath: 'acme/payments',
    avatarUrl: 'http://gitlab.localhost:4702/uploads/-/system/group/avatar/15/payments.png',
  })
})

test('searches by similarity, so that an exact match stands before its subgroups', async () => {
  const { list, lastQuery } = await signedIn()
  const { groups } = await list({ search: 'web' })
  expect(lastQuery()).toMatchObject({ search: 'web', order_by: 'similarity' })
  expect(groups[0]?.fullPath).toBe('acme/web')
})

test.each(['', 'w', 'we'])(
  'does not search for “%s”, for which GitLab would find nothing',
  async (search) => {
    const { list, lastQuery } = await signedIn()
    expect((await list({ search })).groups).toHaveLength(20)
    expect(lastQuery()).not.toHaveProperty('search')
  },
)

test('asks for every group for an administrator, who is a member of none', async () => {
  const { list, lastQuery } = await signedIn('Administrator')
  expect((await list({ everyGroup: true, search: 'legal' })).groups).toHaveLength(1)
  expect(lastQuery()).not.toHaveProperty('min_access_level')
})

test('finds nothing for somebody who has the role nowhere', async () => {
  const { list } = await signedIn('Jonas Lindqvist')
  expect(await list()).toEqual({ groups: [], nextPage: undefined })
})

test.each(['', '1', 'x', '-3'])('takes the page for the last one when the next is “%s”', async (next) => {
  const { world, list } = await signedIn()
  const headers = { 'X-Next-Page': next, 'Access-Control-Expose-Headers': 'X-Next-Page' }
  world.answer(GROUPS, () => Response.json([], { headers }))
  expect((await list()).nextPage).toBeUndefined()
})

test('takes groups without what linking needs for an unexpected answer', async () => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, () => Response.json([{ id: 1, name: 'Web' }]))
  await expect(list()).rejects.toMatchObject({ code: 'answer-unexpected' })
})
