import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { isSignedIn, linkedGroups, renderPage, rowOf } from '#src/testing/render-page.tsx'

const LIST = 'GET /-/jira_connect/subscriptions.json'

afterEach(() => {
  vi.useRealTimers()
})

test.each(['app', 'gitlab'] as const)(
  'lists the linked groups at once, without any sign-in (%s)',
  async (instance) => {
    const { world } = await renderPage({ instance })
    expect(await linkedGroups()).toHaveLength(3)
    expect(screen.getByRole('heading', { name: 'Linked groups 3' })).toBeVisible()
    expect(world.requests.filter(({ url }) => /^\/(api|oauth)\//.test(url.pathname))).toEqual([])
    expect(world.requests.some(isSignedIn)).toBe(false)
  },
)

test('a page that was open over night doesn’t go on saying that a group was linked today', async () => {
  await renderPage({ instance: 'gitlab' })
  expect(await rowOf('Acme Corp / Web')).toHaveTextContent('Linked today')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60_000 })
  await act(async () => void window.dispatchEvent(new Event('visibilitychange')))
  await waitFor(async () => expect(await rowOf('Acme Corp / Web')).toHaveTextContent('Linked yesterday'))
})

test('shows a skeleton, not the empty state, while the instance and the list are on their way', async () => {
  let showInstance = () => {}
  let showList = () => {}
  await renderPage({
    instance: 'gitlab',
    arrange: (world) => {
      showInstance = world.hold('GET /-/jira_connect/installations')
      showList = world.hold(LIST)
    },
  })
  expect(screen.getByRole('status', { name: 'Loading' })).toBeVisible()
  showInstance()
  expect(await screen.findByRole('region', { name: 'Linked groups' })).toHaveAttribute('aria-busy', 'true')
  expect(screen.queryByText(/No groups are linked/)).toBeNull()
  showList()
  expect(await linkedGroups()).toHaveLength(3)
  expect(screen.getByRole('region', { name: /^Linked groups/ })).toHaveAttribute('aria-busy', 'false')
})

test('says what linking does where no group is linked', async () => {
  await renderPage({ instance: 'gitlab', arrange: ({ gitlab }) => gitlab.store.subscriptions.clear() })
  expect(await screen.findByText('No groups are linked')).toBeVisible()
  expect(screen.getByRole('heading', { name: 'Linked groups 0' })).toBeVisible()
})

test.each([
  'Quality <img src=x onerror=alert(1)>',
  'R&amp;D',
  'فريق المدفوعات',
  'Launch crew 🚀👩🏽‍🚀🏳️‍🌈',
  'The group whose name nobody ever shortened, '.repeat(6).slice(0, 255),
])('shows the name “%s” as the text that it is', async (name) => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      const group = [...store.groups.values()].find((one) => one.name === name)
      store.linkGroup(group?.fullPath ?? '')
    },
  })
  const row = await rowOf(name)
  expect(within(row).getByTitle(`Acme Corp / Playground / ${name}`)).toBeVisible()
  expect(row.querySelector('[src="x"], script')).toBeNull()
})

test('shows a group’s initial where its picture does not load', async () => {
  await renderPage({ instance: 'gitlab' })
  const row = await rowOf('Payments')
  const picture = row.querySelector('img')
  expect(picture).toHaveAttribute(
    'src',
    'http://gitlab.localhost:4702/uploads/-/system/group/avatar/15/payments.png',
  )
  fireEvent.error(picture as Element)
  expect(within(row).getByText('P')).toBeInTheDocument()
  expect(row.querySelector('img')).toBeNull()
})

test('tells the age and the full date of a link as the reader writes dates, and in their time zone', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ jira, gitlab: { store } }) => {
      Object.assign(jira.settings, { locale: 'en-US', timeZone: 'Asia/Tokyo' })
      // In Tokyo the 23rd has just begun.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-11-22T15:30:00Z') })
      store.subscriptions.clear()
      store.linkGroup('acme/web', { createdAt: Date.parse('2027-11-22T14:30:00Z') })
      store.linkGroup('acme/data', { createdAt: Date.parse('2027-11-01T15:30:00Z') })
      store.linkGroup('acme/payments', { createdAt: Date.parse('2024-05-02T08:15:30Z') })
    },
  })
  const newest = within(await rowOf('Web'))
  expect(await newest.findByText('Linked yesterday')).toHaveAttribute('aria-hidden', 'true')
  expect(newest.getByText('Linked on November 22, 2027')).toBeInTheDocument()
  expect(newest.getByTitle('November 22, 2027')).toBeInTheDocument()
  expect(within(await rowOf('Data')).getByText('Linked 3 weeks ago')).toBeVisible()
  expect(within(await rowOf('Payments')).getByText('Linked May 2, 2024')).toBeVisible()
})

test('sorts the groups by name as the reader’s language does', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      store.linkGroup('acme/mobile')
      store.linkGroup('acme/data')
    },
  })
  await screen.findByText('Acme Corp / Data')
  const names = (await linkedGroups()).map((row) => row.querySelector('[data-field=name]')?.textContent)
  expect(names).toEqual(['Data', 'Developer Experience', 'Mobile', 'Payments', 'Web'])
})

test('asks before unlinking, then removes the row, announces it and focuses the list’s title', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const question = await screen.findByRole('alertdialog', { name: 'Unlink Acme Corp / Web?' })
  expect(question).toHaveAccessibleDescription(/Data already in Jira isn’t removed/)
  expect(within(question).getByRole('button', { name: 'Cancel' })).toHaveFocus()
  expect(world.gitlab.store.subscriptions.size).toBe(3)

  await user.click(within(question).getByRole('button', { name: 'Unlink' }))
  await waitFor(() => expect(screen.queryByText('Acme Corp / Web')).toBeNull())
  expect(world.gitlab.store.subscriptions.size).toBe(2)
  expect(screen.getByRole('heading', { name: 'Linked groups 2' })).toHaveFocus()
  expect(screen.getByText('Unlinked Acme Corp / Web.', { selector: 'strong' })).toBeInTheDocument()
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(world.asked(LIST)).toHaveLength(1)
})

test('unlinks without any sign-in to GitLab', async () => {
  const { user, world } = await renderPage({ instance: 'app' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme / Storefront' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme / Storefront.', { selector: 'strong' })
  expect(world.requests.some(isSignedIn)).toBe(false)
})

test.each(['Escape', 'Cancel'])('keeps the group and returns the focus after %s', async (way) => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  const name = 'Unlink Acme Corp / Web'
  await user.click(await screen.findByRole('button', { name }))
  if (way === 'Escape') await user.keyboard('{Escape}')
  else await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(screen.getByRole('button', { name })).toHaveFocus()
  expect(world.gitlab.store.subscriptions.size).toBe(3)
  expect(world.requests.some(({ method }) => method === 'DELETE')).toBe(false)
})

test('tells a user who doesn’t administer Jira what GitLab said and what helps, and keeps the row', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ jira }) => {
      jira.settings.user = 'member'
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  const failure = within(
    await screen.findByRole('alert', { name: 'GitLab couldn’t confirm that you’re a Jira administrator' }),
  )
  expect(failure.getByText('Forbidden')).toBeVisible()
  expect(failure.getByText(/to the group org-admins or site-admins/)).toBeVisible()
  expect(failure.queryByText(/your selection/i), 'nothing was selected').toBeNull()
  expect(await rowOf('Web')).toBeVisible()
  expect(world.gitlab.store.subscriptions.size).toBe(3)

  world.jira.settings.user = 'admin'
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('offers to unlink again after a failure, and it works once the cause is fixed', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  const unlink = /\/-\/jira_connect\/subscriptions\/\d+$/
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const id = world.gitlab.store.linkedGroups([...world.gitlab.store.installations.keys()][0] ?? '').at(-1)
    ?.subscription.id
  world.answer(`DELETE /-/jira_connect/subscriptions/${id}`, () => Response.error(), 1)
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByRole('alert', { name: 'No readable response from gitlab.localhost:4702' })
  // What became of the request is not certain.
  await waitFor(() => expect(world.asked(LIST)).toHaveLength(2))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(world.requests.filter(({ url }) => unlink.test(url.pathname))).toHaveLength(2)
})

test('counts a group that someone else has unlinked as unlinked once the list says so', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  world.gitlab.store.subscriptions.clear()
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(screen.queryByText('Acme Corp / Web')).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(world.asked(LIST)).toHaveLength(2)
})

test.each([
  [
    'a proxy that doesn’t know the request',
    () => new Response('default backend', { status: 404 }),
    /doesn’t recognize/,
  ],
  ['GitLab that doesn’t find the link', () => new Response(null, { status: 404 }), /doesn’t recognize/],
  ['a success in a form that isn’t GitLab’s', () => Response.json({}), /./],
])(
  'keeps the row, and shows the failure, if %s responds and the list still has the link',
  async (_who, respond, name) => {
    const { user, world } = await renderPage({ instance: 'gitlab' })
    await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
    for (const id of world.gitlab.store.subscriptions.keys())
      world.answer(`DELETE /-/jira_connect/subscriptions/${id}`, respond)
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
    await screen.findByRole('alert', { name })
    expect(screen.queryByText('Unlinked Acme Corp / Web.')).toBeNull()
    expect(await rowOf('Web')).toBeVisible()
  },
)

test('removes the row where GitLab unlinked the group but its response has an unknown form', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  for (const id of world.gitlab.store.subscriptions.keys())
    world.answer(`DELETE /-/jira_connect/subscriptions/${id}`, async (next) => {
      await next()
      return Response.json({ unlinked: true })
    })
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(screen.queryByRole('alert')).toBeNull()
})

const SIX = ['acme/mobile', 'acme/data', 'acme/platform'] as const

test.each([
  ['it says so if the list can be read', false],
  ['it says that it might be if the list can’t be read', true],
])(
  'where the response to unlinking is lost, and GitLab has unlinked the group, %s',
  async (_what, isListBroken) => {
    const { user, world } = await renderPage({ instance: 'gitlab' })
    await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
    for (const id of world.gitlab.store.subscriptions.keys())
      world.answer(`DELETE /-/jira_connect/subscriptions/${id}`, async (next) => {
        await next()
        return Response.error()
      })
    if (isListBroken) world.answer(LIST, () => new Response('<h1>502</h1>', { status: 502 }))
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
    if (isListBroken) {
      expect(
        await screen.findByRole('alert', { name: 'No readable response from gitlab.localhost:4702' }),
      ).toHaveTextContent('GitLab might still have made it')
      expect(screen.getByText('Acme Corp / Web')).toBeVisible()
    } else {
      await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
      expect(screen.queryByRole('alert')).toBeNull()
    }
  },
)

test('unlinks a group that was unlinked and linked again elsewhere, and doesn’t take the old link for the new one', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const { store } = world.gitlab
  const webId = store.groups.findByFullPath('acme/web')?.id
  const links = () => [...store.subscriptions].filter(([, { groupId }]) => groupId === webId)
  for (const [id] of links()) store.subscriptions.delete(id)
  store.linkGroup('acme/web')
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(links()).toEqual([])
  expect(await linkedGroups()).toHaveLength(2)
})

test('what is wrong with one entry of the list leaves the others, is said, and leaves it as usable as it can be', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: (changed) =>
      changed.answer(LIST, async (next) => {
        const body = await (await next()).json()
        const [payments, experience, web] = body.subscriptions
        const subscriptions = [
          { ...payments, group: { ...payments.group, name: null, full_name: 7 } },
          web,
          { ...experience, unlink_path: null, created_at: 7, group: { ...experience.group, avatar_url: {} } },
          web,
          null,
        ]
        return Response.json({ ...body, groups_path: '/groups?skip_groups=31,32,33,32,35', subscriptions })
      }),
  })
  const errors = vi.spyOn(console, 'error')
  const rows = await linkedGroups()
  expect(rows).toHaveLength(4)
  expect(screen.getByRole('heading', { name: 'Linked groups 4' })).toBeVisible()
  const [nameless, unknown, fixed, web] = rows as [HTMLElement, HTMLElement, HTMLElement, HTMLElement]
  expect(nameless).toHaveTextContent('GitLab didn’t send this group’s name.')
  expect(fixed).toHaveTextContent('Developer Experience')
  expect(fixed).toHaveTextContent('can’t be unlinked here')
  expect(within(fixed).queryByRole('button')).toBeNull()
  expect(unknown).toHaveTextContent('can’t be unlinked here')
  expect(web).not.toHaveTextContent('GitLab didn’t')

  await user.click(within(nameless).getByRole('button', { name: 'Unlink #31' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked #31.', { selector: 'strong' })
  expect(world.gitlab.store.subscriptions.size).toBe(2)
  // Such as about two rows with one key.
  expect(errors).not.toHaveBeenCalled()
})

test('a list that can be seen at a glance has no filter, no order and nothing to select all', async () => {
  const { world } = await renderPage({ instance: 'gitlab' })
  await linkedGroups()
  expect(world.gitlab.store.subscriptions.size).toBe(3)
  expect(screen.queryByRole('searchbox')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Newest' })).toBeNull()
  expect(screen.queryByRole('checkbox', { name: /^Select all/ })).toBeNull()
})

test('from six groups on, the list can be filtered, sorted and selected as a whole', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      for (const path of SIX) store.linkGroup(path)
    },
  })
  expect(await screen.findByRole('searchbox', { name: 'Filter linked groups' })).toBeVisible()
  expect(screen.getByRole('button', { name: 'Newest' })).toBeVisible()
  expect(screen.getByRole('checkbox', { name: 'Select all 6 groups' })).toBeVisible()
})

test('unlinking a subgroup of a linked group says that its data might still come, and through which group', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      store.linkGroup('acme')
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  expect(await screen.findByRole('alertdialog')).toHaveAccessibleDescription(
    /^Acme Corp is linked, too\. If this group is one of its subgroups, GitLab keeps sending/,
  )
})

test('unlinking a selected subgroup of a linked group says the same', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      store.linkGroup('acme')
    },
  })
  await user.click(await screen.findByRole('checkbox', { name: 'Select Acme Corp / Web' }))
  await user.click(await screen.findByRole('button', { name: 'Unlink 1 group' }))
  expect(await screen.findByRole('alertdialog')).toHaveAccessibleDescription(
    /Acme Corp stays linked\. GitLab keeps sending/,
  )
})

test('the filter stays while the user types in it, even if fewer groups are left', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab: { store } }) => {
      for (const path of SIX) store.linkGroup(path)
    },
  })
  const filter = await screen.findByRole('searchbox', { name: 'Filter linked groups' })
  await user.type(filter, 'web')
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  await user.clear(filter)
  expect(filter).toHaveFocus()
  expect(await linkedGroups()).toHaveLength(5)
})

test('says what was unlinked until that is closed', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  expect(await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByText('Unlinked Acme Corp / Web.', { selector: 'strong' })).toBeNull()
  expect(screen.getByRole('heading', { name: 'Linked groups 2' })).toHaveFocus()
})

test('a selected row is unlinked with the selection, so it has no button of its own', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('checkbox', { name: 'Select Acme Corp / Web' }))
  expect(screen.queryByRole('button', { name: 'Unlink Acme Corp / Web' })).toBeNull()
  expect(await screen.findByRole('button', { name: 'Unlink 1 group' })).toBeVisible()
})

test('shows what a group is for, and a description that is no text does no harm', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: (world) =>
      void world.answer(LIST, async (answer) => {
        const list = await (await answer()).json()
        for (const { group } of list.subscriptions)
          group.description = group.name === 'Web' ? 'The shop\nand the customer portal' : { toString: 7 }
        return Response.json(list)
      }),
  })
  expect(within(await rowOf('Web')).getByText('The shop and the customer portal')).toBeVisible()
  expect(await linkedGroups()).toHaveLength(3)
})

test('canceling the question about a group that was selected meanwhile leaves the focus in its row', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const checkbox = screen.getByRole('checkbox', { name: 'Select Acme Corp / Web' })
  await user.click(checkbox)
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }))
  expect(checkbox).toHaveFocus()
})
