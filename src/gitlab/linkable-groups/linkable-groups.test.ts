import { expect, test } from 'vitest'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import type { TestWorld } from '#src/testing/world.ts'
import type { Group, GroupsQuery } from './linkable-groups.ts'
import { bestFirst, findGroup, listEveryGroup, listGroups, nothingRead } from './linkable-groups.ts'

const GROUPS = 'GET /api/v4/groups'

function addGroup({ gitlab }: TestWorld, path: string, parentId: number | null = null) {
  const rest = { visibility: 'private', description: '', hasAvatar: false, createdAt: 0 } as const
  return gitlab.store.groups.add({ path, name: path, parentId, ...rest })
}

/** Lists groups as a user who is signed in to the self-managed instance. */
async function signedIn(person?: string) {
  const { world, instance, session, signIn } = await startSession()
  await signIn(person)
  const { authorizedFetch } = session
  const list = (query: Partial<GroupsQuery> = {}) =>
    listGroups(instance, { search: '', page: 1, everyGroup: false, authorizedFetch, ...query })
  const find = (fullPath: string) => findGroup(instance, fullPath, { everyGroup: false, authorizedFetch })
  const every = async (search: string): Promise<readonly Group[]> => {
    let reading = nothingRead()
    const query = { search, everyGroup: false, authorizedFetch }
    for (let attempts = 0; reading.nextPage !== undefined && attempts < 3; attempts++)
      try {
        for await (const next of listEveryGroup(instance, query, reading)) reading = next
      } catch {
        // Goes on from there.
      }
    return [...reading.groups.values()]
  }
  const lastQuery = () => Object.fromEntries(world.asked(GROUPS).at(-1)?.url.searchParams ?? [])
  return { world, list, find, every, lastQuery }
}

test('lists the groups in which the user has at least the Maintainer role, a page at a time', async () => {
  const { list, lastQuery } = await signedIn()
  const first = await list()
  expect(lastQuery()).toEqual({ page: '1', per_page: '50', min_access_level: '40' })
  expect(first.groups).toHaveLength(50)
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

test('a group without what it takes to link it is left out, and the others stay', async () => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, async (next) => {
    const [first, second, ...rest] = await (await next()).json()
    return Response.json([
      { ...first, full_path: null },
      { ...second, name: null, avatar_url: 7 },
      null,
      ...rest,
    ])
  })
  const { groups } = await list({ search: 'payments' })
  expect(groups.length).toBeGreaterThan(1)
  expect(groups[0]?.name).toBe(groups[0]?.fullPath.split('/').at(-1))
})

test('a list of which no group can be linked isn’t GitLab’s', async () => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, () => Response.json([{ id: 'a' }, 7]))
  await expect(list()).rejects.toMatchObject({ code: 'answer-unexpected' })
})

test('reads what it takes to link and show a group', async () => {
  const { list } = await signedIn()
  const { groups } = await list({ search: 'payments' })
  expect(groups[0]).toEqual({
    id: 15,
    parentId: 1,
    name: 'Payments',
    fullName: 'Acme Corp / Payments',
    fullPath: 'acme/payments',
    avatarUrl: 'http://gitlab.localhost:4702/uploads/-/system/group/avatar/15/payments.png',
    description: 'Checkout, invoices and payouts',
  })
})

test('searches by similarity, so that an exact match precedes its subgroups', async () => {
  const { list, lastQuery } = await signedIn()
  const { groups } = await list({ search: 'web' })
  expect(lastQuery()).toMatchObject({ search: 'web', order_by: 'similarity' })
  expect(groups[0]?.fullPath).toBe('acme/web')
})

test.each(['', 'w', 'we'])('doesn’t search for “%s”, for which GitLab would find nothing', async (search) => {
  const { list, lastQuery } = await signedIn()
  expect((await list({ search })).groups).toHaveLength(50)
  expect(lastQuery()).not.toHaveProperty('search')
})

test('requests every group for an administrator, who is a member of none', async () => {
  const { list, lastQuery } = await signedIn('Administrator')
  expect((await list({ everyGroup: true, search: 'legal' })).groups).toHaveLength(1)
  expect(lastQuery()).not.toHaveProperty('min_access_level')
})

test('finds nothing for a user who doesn’t have the role in any group', async () => {
  const { list } = await signedIn('Jonas Lindqvist')
  expect(await list()).toEqual({ groups: [], nextPage: undefined, total: 0 })
})

test('treats a full page as the last one if GitLab says that there is no next', async () => {
  const { world, list } = await signedIn()
  const headers = { 'X-Next-Page': '', 'Access-Control-Expose-Headers': 'X-Next-Page' }
  world.answer(GROUPS, async (respond) => Response.json(await (await respond()).json(), { headers }))
  expect((await list()).nextPage).toBeUndefined()
})

test.each([undefined, '1', '3', 'x', '-3'])(
  'goes on after a full page if a proxy removed or changed the header that names the next: %s',
  async (next) => {
    const { world, list, every } = await signedIn()
    const headers = new Headers(next === undefined ? {} : { 'X-Next-Page': next })
    headers.set('Access-Control-Expose-Headers', 'X-Next-Page')
    const all = await every('')
    world.answer(GROUPS, async (respond) => Response.json(await (await respond()).json(), { headers }))
    expect((await list()).nextPage).toBe(2)
    expect((await list({ page: 2 })).groups.length).toBeGreaterThan(0)
    expect(await every('')).toEqual(all)
  },
)

test('treats an empty page as the last one, whatever GitLab says is next', async () => {
  const { world, list } = await signedIn()
  const headers = { 'X-Next-Page': '2', 'Access-Control-Expose-Headers': 'X-Next-Page' }
  world.answer(GROUPS, () => Response.json([], { headers }))
  expect(await list()).toEqual({ groups: [], nextPage: undefined, total: undefined })
})

test('lists every group of a search, a hundred at a time, without totals', async () => {
  const { world, every, lastQuery } = await signedIn()
  world.gitlab.settings.maxCountedGroups = 0
  addManyGroups(world.gitlab.store, 1000)
  const found = await every('squad')
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  expect(found).toHaveLength(
    [...world.gitlab.store.groups.values()].filter(({ path }) => path.startsWith('squad')).length,
  )
  expect(lastQuery()).toMatchObject({ per_page: '100', order_by: 'id', page: '8' })
})

/** Lets something happen on GitLab right after the page of this number was read. */
function afterPage(world: TestWorld, page: number, happens: () => void): void {
  let hasHappened = false
  world.answer(GROUPS, async (respond) => {
    const response = await respond()
    const asked = world.asked(GROUPS).at(-1)?.url.searchParams.get('page')
    if (!hasHappened && asked === String(page)) {
      hasHappened = true
      happens()
    }
    return response
  })
}

test('misses no group if one that was already read is deleted meanwhile, and drops that one', async () => {
  const { world, every } = await signedIn()
  addManyGroups(world.gitlab.store, 300)
  const all = await every('')
  const [gone] = all.filter(({ fullPath }) => fullPath.endsWith('squad-1'))
  afterPage(world, 1, () => world.gitlab.store.groups.remove(gone?.id ?? 0))
  expect(await every('')).toEqual(all.filter(({ id }) => id !== gone?.id))
})

test('lists no group twice if a role is gained while an attempt has failed', async () => {
  const { world, every } = await signedIn()
  addManyGroups(world.gitlab.store, 300)
  const before = (await every('')).length
  const legal = world.gitlab.store.groups.findByFullPath('legal')?.id ?? 0
  afterPage(world, 2, () => {
    world.answer(GROUPS, Response.error, 1)
    world.gitlab.store.groups.setMember('amira', legal, 50)
  })
  const found = await every('')
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  expect(found.length).toBeGreaterThan(before)
})

test('ends even where groups come and go all the time', async () => {
  const { world, every } = await signedIn()
  addManyGroups(world.gitlab.store, 300)
  world.answer(GROUPS, async (respond) => {
    addGroup(world, `new-${world.asked(GROUPS).length}`, world.gitlab.store.groups.findByFullPath('acme')?.id)
    return respond()
  })
  const found = await every('')
  expect(found.length).toBeGreaterThan(300)
  expect(world.asked(GROUPS).length).toBeLessThan(40)
})

test('ends if a server returns the same groups for every page', async () => {
  const { world, every } = await signedIn()
  world.answer(GROUPS, async (respond) => {
    const { searchParams } = world.asked(GROUPS).at(-1)?.url ?? new URL('about:blank')
    const next = String(Number(searchParams.get('page')) + 1)
    const headers = { 'X-Next-Page': next, 'Access-Control-Expose-Headers': 'X-Next-Page' }
    return Response.json((await (await respond()).json()).slice(0, 1), { headers })
  })
  world.answer(
    GROUPS,
    async (respond) => {
      const headers = { 'X-Next-Page': '2', 'Access-Control-Expose-Headers': 'X-Next-Page' }
      return Response.json(await (await respond()).json(), { headers })
    },
    1,
  )
  await every('acme')
  expect(world.asked(GROUPS).length).toBeLessThan(5)
})

test('finds the one group of a full path among any number of its subgroups, in one request', async () => {
  const { world, find } = await signedIn()
  addManyGroups(world.gitlab.store, 3000)
  const before = world.asked(GROUPS).length
  expect(await find('Commerce/Atlas')).toMatchObject({ fullName: 'Commerce / Atlas' })
  expect(world.asked(GROUPS)).toHaveLength(before + 1)
  expect(await find('commerce')).toMatchObject({ fullPath: 'commerce' })
  expect(await find('partners/globex'), 'no role there').toBeUndefined()
  expect(await find('commerce/atl'), 'only a part of a path').toBeUndefined()
})

test('finds a group that comes after a hundred others whose paths begin alike', async () => {
  const { world, find } = await signedIn()
  const acme = world.gitlab.store.groups.findByFullPath('acme')?.id ?? 0
  const gateway = addGroup(world, 'api-gateway', acme)
  for (let number = 0; number < 120; number++) addGroup(world, `sub-${number}`, gateway.id)
  addGroup(world, 'api', acme)
  expect(await find('acme/api')).toMatchObject({ fullPath: 'acme/api' })
})

test('says so if there are too many groups to find out, instead of taking another one', async () => {
  const { world, find } = await signedIn()
  const others = Array.from({ length: 100 }, (_none, id) => ({
    id,
    name: 'Other',
    full_name: `Acme / Other ${id}`,
    full_path: `acme/other-${id}`,
  }))
  world.answer(GROUPS, () => Response.json(others))
  expect(await find('acme/api')).toBe('unfinished')
})

test('finds a group by a name of one or two letters', async () => {
  const { world, find, lastQuery } = await signedIn()
  const { id } = addGroup(world, 'qa')
  world.gitlab.store.groups.setMember('amira', id, 50)
  expect(await find('qa')).toMatchObject({ fullPath: 'qa' })
  expect(lastQuery()).toMatchObject({ search: 'qa' })
})

test('puts exact matches before what only resembles them, higher levels first', () => {
  const paths = ['acme/web/backend/api', 'acme/web/backend', 'partners/backend', 'backend', 'acme/backends']
  const groups = paths.map((fullPath, id) => {
    const name = fullPath.split('/').at(-1) ?? ''
    return { id, name, fullPath, fullName: fullPath.replaceAll('/', ' / '), avatarUrl: undefined }
  })
  const order = (search: string) => bestFirst(groups, search).map(({ fullPath }) => fullPath)
  expect(order('Backend').slice(0, 3)).toEqual(['backend', 'partners/backend', 'acme/web/backend'])
  expect(order('acme/web/backend')[0]).toBe('acme/web/backend')
  expect(order('partners / backend')[0]).toBe('partners/backend')
  expect(order('')).toEqual(paths)
})

test('reports groups without what linking needs as an unexpected response', async () => {
  const { world, list } = await signedIn()
  world.answer(GROUPS, () => Response.json([{ id: 1, name: 'Web' }]))
  await expect(list()).rejects.toMatchObject({ code: 'answer-unexpected' })
})
