import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import { MAINTAINER } from '#mocks/gitlab/world/group-directory.ts'
import { groupField, renderPage, selectGroup, selectGroups } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'

const GROUPS = 'GET /api/v4/groups'
const AMIRA = { instance: 'gitlab', signedInAs: 'Amira Haddad' } as const
const SMALL = { ...AMIRA, arrange: ({ gitlab }: TestWorld) => addManyGroups(gitlab.store, 300) } as const

const linkButton = () => screen.getByRole('button', { name: /^Link / })
const options = () => screen.getAllByRole('option')
/** The option of a group, by its full path and by how it's marked. */
const option = (fullPath: string, mark = '') =>
  waitFor(() => {
    const found = options().find((one) => pathOf(one) === fullPath && one.textContent.endsWith(mark))
    if (!found) throw new Error(`There is no option “${fullPath}” with the mark “${mark}”.`)
    return found
  })
const pathOf = (option: HTMLElement) => option.querySelector('[data-field=path]')?.textContent
const announced = (text: string | RegExp) => screen.findByText(text, { selector: '[role=status] *' })
const isChosen = (name: string) => screen.queryByRole('button', { name: `Remove ${name}` }) !== null

/** Puts text in the place of what was typed before, as by pasting it. */
async function search(user: UserEvent, text: string): Promise<void> {
  await user.clear(groupField())
  await user.paste(text)
}

function scrollTo(row: number): void {
  const list = screen.getByRole('listbox')
  list.scrollTop = row * 52
  fireEvent.scroll(list)
}

test('has the first groups before the list is opened', async () => {
  const { user, world } = await renderPage(AMIRA)
  await waitFor(() => expect(world.asked(GROUPS)).toHaveLength(1))
  const hold = world.hold(GROUPS)
  await user.click(groupField())
  expect((await screen.findAllByRole('option')).length).toBeGreaterThan(5)
  hold()
})

test('loads further groups while scrolling, without totals, and shows only the rows in view', async () => {
  const { user, world } = await renderPage({
    ...AMIRA,
    arrange: ({ gitlab }) => {
      gitlab.settings.maxCountedGroups = 0
      addManyGroups(gitlab.store, 300)
    },
  })
  const pages = () => world.asked(GROUPS).map(({ url }) => url.searchParams.get('page'))
  await user.click(groupField())
  await waitFor(() => expect(options()[0]).toHaveAttribute('aria-posinset', '1'))
  expect(options()[0]).toHaveAttribute('aria-setsize', '-1')
  scrollTo(45)
  await waitFor(() => expect(pages()).toEqual(['1', '2']))
  for (const row of [95, 145, 195, 245, 295, 340]) {
    await waitFor(() => {
      scrollTo(row)
      const last = options().at(-1)
      expect(Number(last?.getAttribute('aria-posinset'))).toBeGreaterThan(row)
    })
    expect(options().length).toBeLessThan(25)
  }
  await waitFor(() => expect(options()[0]).toHaveAttribute('aria-setsize', '355'))
  expect(pages()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
})

test('the row that the field names stays in the page however far the list is scrolled', async () => {
  const { user } = await renderPage(SMALL)
  await user.click(groupField())
  await waitFor(() => expect(options()[0]).toHaveAttribute('aria-posinset', '1'))
  for (const row of [30, 60, 90, 120]) {
    await waitFor(() => {
      scrollTo(row)
      expect(Number(options().at(-1)?.getAttribute('aria-posinset'))).toBeGreaterThan(row)
    })
    const named = groupField().getAttribute('aria-activedescendant') ?? ''
    expect(document.getElementById(named)).toHaveRole('option')
  }
})

test('what is typed is not lost by leaving the field or the end of the sign-in, and goes by Escape', async () => {
  const { user, world, signIn } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  await search(user, 'mobile')
  await option('acme/mobile')
  await user.click(document.body)
  expect(groupField()).toHaveValue('mobile')
  world.gitlab.store.revokeAllTokens()
  await user.click(linkButton())
  await screen.findByRole('alert', { name: 'Your GitLab sign-in has ended' })
  await signIn()
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toHaveValue('mobile')

  await user.click(groupField())
  await option('acme/mobile')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(groupField()).toHaveValue('mobile')
  await user.keyboard('{Escape}')
  expect(groupField()).toHaveValue('')
  expect(isChosen('Acme Corp / Payments / Invoicing')).toBe(true)
})

test('Enter once more links what a search ended with, and selects nothing that no one searched for', async () => {
  const { user, world } = await renderPage(AMIRA)
  await search(user, 'invoicing')
  await option('acme/payments/invoicing')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(isChosen('Acme Corp / Payments / Invoicing')).toBe(true))
  expect(screen.queryByRole('listbox'), 'the list of all groups is closed').toBeNull()
  await user.keyboard('{Enter}')
  await waitFor(() =>
    expect(world.asked('POST /api/v4/integrations/jira_connect/subscriptions')).toHaveLength(1),
  )
})

test('the search is empty again once what it found is linked', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroups(user, 'backend', ['acme/payments/backend'])
  expect(groupField()).toHaveValue('backend')
  await user.click(linkButton())
  await waitFor(() => expect(groupField()).toHaveValue(''))
})

test('a search that holds nothing more to select is over, since its text would look like a group', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  expect(groupField()).toHaveValue('')
  expect(groupField()).toHaveFocus()
  expect(isChosen('Acme Corp / Payments / Invoicing')).toBe(true)
})

test('a group below a selected one says that it is covered', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroups(user, 'mobile', ['acme/mobile'])
  expect(await option('acme/mobile/android', 'Covered by Mobile')).not.toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('that a selected group is covered is said in the open list, too, which hides what is below it, and read out', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'web')
  await user.click(await option('acme/web/search'))
  const remark =
    /Acme Corp \/ Web \/ Search is a subgroup of Acme Corp \/ Web, which includes it\. You only need/
  await announced(remark)
  const list = screen.getByRole('listbox')
  expect(list.nextElementSibling, 'below the rows, which don’t move').toHaveTextContent(remark)
  await user.click(await option('acme/web/search'))
  expect(list.nextElementSibling).toBeNull()
})

test('a group selected above one that is selected makes that one redundant, which is read out', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroups(user, 'mobile', ['acme/mobile/android'])
  await user.click(await option('acme/mobile'))
  await announced(
    /^Acme Corp \/ Mobile selected\. 2 groups selected\. Acme Corp \/ Mobile \/ Android is a subgroup of/,
  )
})

test('which of two selected groups with the same name is redundant is told by where it is', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroups(user, 'backend', ['acme/platform/backend', 'acme/payments/backend'])
  await user.click(screen.getByRole('button', { name: 'Deselect Acme Corp / Payments / Backend' }))
  expect(isChosen('Acme Corp / Platform / Backend')).toBe(true)
  expect(isChosen('Acme Corp / Payments / Backend')).toBe(false)
})

test('a chip shows the group’s own name first, then where it is, and the list its description', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'web')
  expect(await option('acme/web')).toHaveTextContent('The shop and the customer portal')
  await selectGroup(user, 'acme/payments/invoicing')
  const chip = screen.getByTitle('Acme Corp / Payments / Invoicing')
  expect(chip).toHaveTextContent(/^InvoicingAcme Corp \/ Payments$/)
})

test('subgroups of what is selected or linked are left out of all matches, unless they are asked for', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'mobile')
  await user.click(await screen.findByRole('button', { name: 'Select all groups matching “mobile”' }))
  const question = await screen.findByRole('alertdialog', { name: 'Select 1 group?' })
  expect(question).toHaveTextContent(
    /\d subgroups don’t need to be selected, because linked or selected groups include them/,
  )
  await user.click(within(question).getByRole('checkbox', { name: /^Also select \d subgroups$/ }))
  expect(await screen.findByRole('alertdialog', { name: /^Select ([2-9]|\d\d) groups\?$/ })).toBeVisible()
  await user.click(within(question).getByRole('checkbox'))
  await user.click(within(question).getByRole('button', { name: 'Select 1 group' }))
  expect(isChosen('Acme Corp / Mobile')).toBe(true)
  expect(isChosen('Acme Corp / Mobile / Android')).toBe(false)
})

test('what a search finds is read out once, in the page’s own words', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'backend')
  await announced('3 groups')
  await search(user, 'we')
  await announced(/^Enter at least three characters to search by part of a name\. /)
  // The select's own words, in which it would say so a second time, are not read out.
  const regions = screen.getAllByRole('status').filter((region) => region.ariaLive !== 'off')
  for (const region of regions)
    expect(region).not.toHaveTextContent(/Loading\. |No options|option .* selected/)
  expect(screen.getAllByRole('status').length).toBeGreaterThan(regions.length)
})

test('marks what is linked, and what a linked group covers', async () => {
  const { user } = await renderPage(AMIRA)
  await user.click(groupField())
  await search(user, 'web')
  const linked = await option('acme/web', 'Linked')
  expect(linked).toHaveAttribute('aria-disabled', 'true')
  const covered = await option('acme/web/search', 'Covered by Web')
  expect(covered).not.toHaveAttribute('aria-disabled', 'true')
  await user.click(covered)
  expect(linkButton()).toBeEnabled()
  const remark = /^Acme Corp \/ Web \/ Search is a subgroup of Acme Corp \/ Web, which includes it/
  expect(screen.getByRole('note')).toHaveTextContent(remark)
  await user.click(screen.getByRole('button', { name: 'Deselect Search' }))
  expect(isChosen('Acme Corp / Web / Search')).toBe(false)
  expect(groupField()).toHaveFocus()
})

test('a group below a namesake of a linked group is neither marked as covered nor left out', async () => {
  const { user } = await renderPage({
    ...AMIRA,
    arrange: ({ gitlab: { store } }) => {
      // Top-level groups can have the same name, only not the same path.
      let parentId: number | null = null
      for (const [path, name] of [
        ['acme2', 'Acme Corp'],
        ['web', 'Web'],
        ['tools', 'Tools'],
        ['linters', 'Linters'],
      ] as const)
        parentId = store.groups.add({
          ...{ path, name, parentId },
          ...{ description: '', visibility: 'private', hasAvatar: false, createdAt: Date.now() },
        }).id
      store.groups.setMember('amira', parentId ?? 0, MAINTAINER)
    },
  })
  await search(user, 'linters')
  const found = await option('acme2/web/tools/linters')
  await user.click(found)
  expect(isChosen('Acme Corp / Web / Tools / Linters')).toBe(true)
  expect(screen.queryByRole('button', { name: /^Deselect / })).toBeNull()
})

test('several groups are selected in a row, with the list open and by keyboard alone, and each is announced', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'backend')
  await waitFor(() => expect(options()).toHaveLength(3))
  await user.keyboard('{Enter}')
  await announced('Acme Corp / Platform / Backend selected.')
  await user.keyboard('{ArrowDown}{Enter}')
  await announced(/^Acme Corp \/ Payments \/ Backend selected\. 2 groups selected\./)
  expect(options()).toHaveLength(3)
  expect(options()[0]).toHaveTextContent('Selected')
  expect(groupField()).toHaveValue('backend')
  expect(linkButton()).toHaveTextContent('Link 2 groups')

  await user.keyboard('{Enter}')
  await announced('Acme Corp / Payments / Backend removed. 1 group selected.')
  expect(linkButton()).toHaveTextContent('Link group')
  await user.clear(groupField())
  await user.keyboard('{Backspace}')
  await announced('Acme Corp / Platform / Backend removed. No groups selected.')
  expect(groupField()).toHaveFocus()
  expect(linkButton()).toBeDisabled()
})

test('removing the last group says that none is left, in whatever digits the reader writes numbers', async () => {
  const { user } = await renderPage({
    ...AMIRA,
    arrange: ({ jira }) => Object.assign(jira.settings, { locale: 'en-u-nu-arab' }),
  })
  await search(user, 'backend')
  await waitFor(() => expect(options()).toHaveLength(3))
  await user.keyboard('{Enter}{ArrowDown}{Enter}')
  await announced(/^Acme Corp \/ Payments \/ Backend selected\. ٢ groups selected\./)
  await user.keyboard('{Enter}')
  await announced('Acme Corp / Payments / Backend removed. ١ group selected.')
  await user.clear(groupField())
  await user.keyboard('{Backspace}')
  await announced('Acme Corp / Platform / Backend removed. No groups selected.')
})

test('a selected group is removed by its own button', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/mobile/android')
  await user.click(screen.getByRole('button', { name: 'Remove Acme Corp / Mobile / Android' }))
  expect(linkButton()).toBeDisabled()
  expect(groupField()).toHaveFocus()
})

test.each([
  ['the full path', 'acme/web/frontend'],
  ['an address', 'http://gitlab.localhost:4702/groups/acme/web/frontend/-/activity'],
  ['an address without a scheme', 'gitlab.localhost:4702/acme/web/frontend'],
])('%s finds that group, before its subgroups', async (_what, pasted) => {
  const { user } = await renderPage(AMIRA)
  await search(user, pasted)
  await waitFor(() => expect(options()[0]).toHaveTextContent(/^FFrontendacme\/web\/frontend/))
})

test.each([
  'acme/web/frontend/shop/-/merge_requests/7',
  // Might have been a group before it was deleted: linking the one above it could be far more than is wanted.
  'acme/web/frontend/gone',
])(
  'the URL of what might be a project, %s, finds the group that would contain it, and says which it isn’t',
  async (path) => {
    const { user } = await renderPage(AMIRA)
    await search(user, `http://gitlab.localhost:4702/${path}`)
    const [project] = path.split('/-/')
    const note = `“${project}” isn’t a group you can link. If it’s a project, it belongs to the group below.`
    expect(await screen.findByText(note)).toBeVisible()
    expect(options()).toHaveLength(1)
    expect(options()[0]).toHaveTextContent('acme/web/frontend')
  },
)

/** Gives Acme `api-gateway` with 120 subgroups, then `api`. */
function addLateGroup({ gitlab: { store } }: TestWorld): void {
  const rest = { visibility: 'private', description: '', hasAvatar: false, createdAt: 0 } as const
  const add = (path: string, parentId: number) => store.groups.add({ path, name: path, parentId, ...rest })
  const acme = store.groups.findByFullPath('acme')?.id ?? 0
  const gateway = add('api-gateway', acme)
  for (let number = 0; number < 120; number++) add(`sub-${number}`, gateway.id)
  add('api', acme)
}

test.each([
  ['http://gitlab.localhost:4702/groups/acme/api', 'acme/api'],
  ['http://gitlab.localhost:4702/acme/api/billing/-/merge_requests', 'acme/api'],
  ['git@gitlab.localhost:acme/api/billing.git', 'acme/api'],
  ['acme/api', 'acme/api'],
])('%s finds its group behind a hundred others, and no other one', async (pasted, fullPath) => {
  const { user } = await renderPage({ ...AMIRA, arrange: addLateGroup })
  await search(user, pasted)
  await waitFor(() => expect(options()[0]).toHaveTextContent(new RegExp(`A?api${fullPath}$`)))
  if (pasted.includes(':')) expect(options()).toHaveLength(1)
})

test('a project in a group that the user can’t link never offers a group further up', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'http://gitlab.localhost:4702/acme/renamed/billing/-/merge_requests')
  expect((await screen.findAllByText(/^There’s no group “acme\/renamed\/billing”/)).length).toBeGreaterThan(0)
  expect(screen.queryByText('acme', { selector: 'bdi' })).toBeNull()
})

test('a group with a name of two letters comes before all others', async () => {
  const { user } = await renderPage({
    ...AMIRA,
    arrange: ({ gitlab: { store } }) => {
      const rest = { visibility: 'private', description: '', hasAvatar: false, createdAt: 0 } as const
      const { id } = store.groups.add({ path: 'qa', name: 'QA', parentId: null, ...rest })
      store.groups.setMember('amira', id, 50)
    },
  })
  await search(user, 'qa')
  await waitFor(() => expect(options()[0]).toHaveTextContent(/^QQAqa$/))
})

test('a group that will be deleted can’t be selected, and says so, apart from those already linked', async () => {
  const { user } = await renderPage({
    ...AMIRA,
    arrange: ({ gitlab: { store } }) => {
      const rest = { visibility: 'private', description: '', hasAvatar: false, createdAt: 0 } as const
      const parentId = store.groups.findByFullPath('acme')?.id ?? 0
      store.groups.add({ path: 'old', name: 'Ancient', parentId, markedForDeletionOn: '2026-12-24', ...rest })
    },
  })
  await search(user, 'acme/old')
  await waitFor(() => expect(options()[0]).toHaveTextContent('Will be deleted'))
  expect(options()[0]).toHaveAttribute('aria-disabled', 'true')
  await search(user, 'acme')
  await user.click(await screen.findByRole('button', { name: 'Select all groups matching “acme”' }))
  expect(await screen.findByRole('alertdialog')).toHaveTextContent(
    /3 groups are skipped because they’re already linked\. 1 group is skipped because it’ll be deleted\./,
  )
})

test('only top-level groups are listed and selected on request, and a pasted URL still finds its group', async () => {
  const { user, world } = await renderPage(SMALL)
  await user.click(screen.getByRole('checkbox', { name: /^Only top-level groups/ }))
  await user.click(groupField())
  await waitFor(() => expect(options().some(({ textContent }) => textContent?.includes('/'))).toBe(false))
  const count = options().length
  await user.click(await screen.findByRole('button', { name: 'Select all groups' }))
  const question = await screen.findByRole('alertdialog')
  expect(question).toHaveAccessibleName(`Select ${count} groups?`)
  for (const { url } of world.asked(GROUPS).slice(-2))
    expect(url.searchParams.get('top_level_only')).toBe('true')
  await search(user, 'http://gitlab.localhost:4702/groups/acme/web')
  await waitFor(() => expect(options()).toHaveLength(1))
  expect(await option('acme/web', 'Linked')).toBeVisible()
})

test('the End key reaches the last row at once, and the Home key the first', async () => {
  const { user, world } = await renderPage(SMALL)
  await user.click(groupField())
  await waitFor(() => expect(options()[0]).toHaveAttribute('aria-posinset', '1'))
  const total = Number(options()[0]?.getAttribute('aria-setsize'))
  expect(total).toBeGreaterThan(300)
  const focused = () => document.getElementById(groupField().getAttribute('aria-activedescendant') ?? '')
  const press = async (key: string, row: number) => {
    await user.keyboard(`{${key}}`)
    await waitFor(() => {
      // Browsers report the scrolling by themselves.
      fireEvent.scroll(screen.getByRole('listbox'))
      expect(focused()).toHaveAttribute('aria-posinset', String(row))
    })
  }
  await press('End', total)
  await press('Home', 1)
  expect(world.asked(GROUPS).length, 'without all that lies between').toBeLessThan(6)
})

test('URLs below the relative URL root are this instance’s', async () => {
  const { user } = await renderPage({ ...AMIRA, gitlabPath: '/gitlab' })
  await search(user, 'http://gitlab.localhost:4702/gitlab/groups/acme/web')
  await waitFor(() => expect(options()).toHaveLength(1))
  await search(user, 'http://gitlab.localhost:4702/groups/acme/web')
  expect((await screen.findAllByText(/^This URL is on gitlab.localhost:4702/)).length).toBeGreaterThan(0)
})

test.each([
  ['https://gitlab.com/acme', /^This URL is on gitlab.com. This Jira site uses gitlab.localhost:4702/],
  ['http://gitlab.localhost:4702/dashboard/projects', /^This URL isn’t a group page/],
  ['http://gitlab.localhost:4702/amira', /^“amira” is your personal namespace, which can’t be linked/],
  ['amira', /^“amira” is your personal namespace/],
  ['http://gitlab.localhost:4702/jonas', /^There’s no group “jonas” that you can link.*personal namespaces/],
  ['http://gitlab.localhost:4702/groups/legal', /^There’s no group “legal” that you can link. You need at/],
])('%s finds nothing, and the reason is said and read out', async (pasted, reason) => {
  const { user } = await renderPage(AMIRA)
  await search(user, pasted)
  expect(await screen.findByText(reason, { selector: '[role=listbox] *' })).toBeVisible()
  await announced(reason)
})

test('a group that its namesakes would bury comes first', async () => {
  const { user, world } = await renderPage({
    ...AMIRA,
    arrange: ({ gitlab }) => addManyGroups(gitlab.store, 5000),
  })
  // GitLab puts the top level last among groups of the same similarity.
  world.answer(GROUPS, async (answer) => {
    const response = await answer()
    const { searchParams } = world.asked(GROUPS).at(-1)?.url ?? new URL('about:blank')
    if (searchParams.get('order_by') !== 'similarity') return response
    const groups: { full_path: string }[] = await response.json()
    return Response.json(
      groups.filter((group) => group.full_path !== 'commerce'),
      { headers: response.headers },
    )
  })
  await search(user, 'commerce')
  await waitFor(() => expect(options()[0]).toHaveTextContent(/^CCommercecommerce$/))
})

test('Enter right after typing selects nothing that an earlier search found', async () => {
  const { user } = await renderPage(AMIRA)
  await user.click(groupField())
  await option('acme/mobile/android')
  await user.keyboard('invoicing{Enter}')
  await announced(/^Acme Corp \/ Payments \/ Invoicing selected\./)
  expect(screen.getAllByRole('button', { name: /^Remove / })).toHaveLength(1)
})

test('a slow response to an earlier search never replaces a newer one', async () => {
  const { user, world } = await renderPage(AMIRA)
  const release = world.hold(GROUPS)
  await search(user, 'android')
  await waitFor(() => expect(world.asked(GROUPS)).toHaveLength(2))
  world.answer(GROUPS, (answer) => answer())
  await search(user, 'invoicing')
  await waitFor(() => expect(options()[0]).toHaveTextContent('acme/payments/invoicing'))
  release()
  await user.keyboard('{ArrowDown}')
  expect(options().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('invoicing')])
})

test('hundreds of selected groups are counted, listed on request, and removed one by one or all at once', async () => {
  const { user } = await renderPage(SMALL)
  await search(user, 'squad')
  await user.click(await screen.findByRole('button', { name: 'Select all groups matching “squad”' }))
  const question = await screen.findByRole('alertdialog', { name: /^Select \d+ groups\?$/ })
  const [count] = /\d+/.exec(question.textContent ?? '') ?? []
  await user.click(within(question).getByRole('button', { name: `Select ${count} groups` }))
  expect(await screen.findByText(`${count} groups selected`, { selector: 'strong' })).toBeVisible()
  expect(linkButton()).toHaveTextContent(`Link ${count} groups`)
  expect(groupField()).toHaveFocus()
  expect(screen.queryAllByRole('button', { name: /^Remove / })).toHaveLength(0)

  await user.click(screen.getByRole('button', { name: 'Show' }))
  const remove = () => screen.getAllByRole('button', { name: /^Remove / })
  expect(remove()).toHaveLength(100)
  await user.click(screen.getByRole('button', { name: /^Show \d+ more$/ }))
  expect(remove().length).toBeGreaterThan(100)
  await user.click(remove()[3] as HTMLElement)
  expect(screen.getByText(`${Number(count) - 1} groups selected`, { selector: 'strong' })).toBeVisible()
  expect(remove()[3], 'the next one takes its place').toHaveFocus()

  await user.click(screen.getByRole('button', { name: 'Clear all' }))
  expect(linkButton()).toBeDisabled()
  expect(groupField()).toHaveFocus()
})

test('where linked groups include all other matches, none is selected unless asked for', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'developer-experience')
  await user.click(await screen.findByRole('button', { name: /^Select all groups matching/ }))
  const question = within(
    await screen.findByRole('alertdialog', { name: 'No more groups need to be selected' }),
  )
  expect(question.getByText(/^2 subgroups don’t need to be selected/)).toHaveTextContent(
    /1 group is skipped because it’s already linked\.$/,
  )
  expect(question.queryByRole('button', { name: /^Select/ })).toBeNull()
  expect(question.getByRole('button', { name: 'Close' })).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(groupField()).toHaveFocus()
  expect(linkButton()).toBeDisabled()

  await user.click(screen.getByRole('button', { name: /^Select all groups matching/ }))
  await user.click(await screen.findByRole('checkbox', { name: 'Also select 2 subgroups' }))
  await user.click(screen.getByRole('button', { name: 'Select 2 groups' }))
  expect(linkButton()).toHaveTextContent('Link 2 groups')
})

test('reading all groups can be canceled, and after a failure it continues where it ended', async () => {
  const { user, world } = await renderPage(SMALL)
  const release = world.hold(GROUPS)
  await user.click(await screen.findByRole('button', { name: 'Select all groups' }))
  expect(await screen.findByText('Loading all groups: 0 so far')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  await user.keyboard('{Enter}')
  expect(groupField()).toHaveFocus()
  release()

  world.answer(GROUPS, (answer) => answer())
  world.answer(
    GROUPS,
    (answer) => {
      const page = world.asked(GROUPS).at(-1)?.url.searchParams.get('page')
      return page === '2' ? Response.json({ message: 'no' }, { status: 429 }) : answer()
    },
    2,
  )
  await user.click(screen.getByRole('button', { name: 'Select all groups' }))
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  await user.click(await screen.findByRole('checkbox', { name: /^Also select/ }))
  await screen.findByRole('alertdialog', { name: 'Select 352 groups?' })
  const read = world.asked(GROUPS).filter(({ url }) => url.searchParams.get('order_by') === 'id')
  expect(read.slice(1).map(({ url }) => url.searchParams.get('page'))).toEqual(['1', '2', '2', '3', '4'])
})

test('all groups of a search are read again if text typed just before changes the search', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'mobile')
  const all = await screen.findByRole('button', { name: 'Select all groups matching “mobile”' })
  fireEvent.change(groupField(), { target: { value: 'developer-experience' } })
  fireEvent.click(all)
  // GitLab has three; one of them is linked, and includes the others.
  await user.click(await screen.findByRole('checkbox', { name: 'Also select 2 subgroups' }))
  await user.click(screen.getByRole('button', { name: 'Select 2 groups' }))
  const chips = screen.getAllByRole('button', { name: /^Remove / }).map(({ ariaLabel }) => ariaLabel)
  expect(chips).toHaveLength(2)
  for (const chip of chips) expect(chip).toMatch(/Developer Experience/)
})

test('removing a group so that the rest fits into the field moves the focus there', async () => {
  const { user } = await renderPage(AMIRA)
  await search(user, 'acme')
  await user.click(await screen.findByRole('button', { name: 'Select all groups matching “acme”' }))
  const question = within(await screen.findByRole('alertdialog', { name: /^Select \d+ groups?\?$/ }))
  await user.click(question.getByRole('checkbox', { name: /^Also select/ }))
  await user.click(question.getByRole('button', { name: /^Select \d+ groups$/ }))
  await user.click(await screen.findByRole('button', { name: 'Show' }))
  const remove = () => screen.getAllByRole('button', { name: /^Remove / })
  while (remove().length > 11) await user.click(remove()[0] as HTMLElement)
  await user.click(remove()[0] as HTMLElement)
  expect(groupField()).toHaveFocus()
})
