import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { MAINTAINER } from '#mocks/gitlab/world/group-directory.ts'
import { groupField, linkedGroups, renderPage, rowOf, selectGroup } from '#src/testing/render-page.tsx'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const GROUPS = 'GET /api/v4/groups'
const AMIRA = { instance: 'gitlab', signedInAs: 'Amira Haddad' } as const
const INVOICING = 'Acme Corp / Payments / Invoicing'

test('shows a group that was linked at once, marked as new, and reads the list again exactly once', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  const readAgain = world.hold(LIST)
  const before = world.asked(LIST).length
  await user.click(screen.getByRole('button', { name: 'Link group' }))

  const said = `Linked ${INVOICING}. GitLab is sending the group’s data to Jira. The first projects appear in about a minute, then about 20 per minute. Development work appears on the Jira issues it mentions by key, such as ABC-123.`
  expect(await screen.findByText(said, { selector: '[role=status] *' })).toBeInTheDocument()
  const [first] = await linkedGroups()
  expect(within(first as HTMLElement).getByText(INVOICING)).toBeVisible()
  expect(within(first as HTMLElement).getByText('New')).toBeVisible()

  readAgain()
  // Only GitLab knows what unlinking needs.
  await screen.findByRole('button', { name: `Unlink ${INVOICING}` })
  expect(within(await rowOf(INVOICING)).getByText('New')).toBeVisible()
  expect(await linkedGroups()).toHaveLength(4)
  expect(world.asked(LIST)).toHaveLength(before + 1)
  expect(world.gitlab.store.subscriptions.size).toBe(4)
})

test('says of a group that was linked before that it is, and not that GitLab has begun to send its data', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  world.gitlab.settings.changedMeanwhile = true
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  const said = `${INVOICING} is already linked.`
  expect(await screen.findByText(said, { selector: '[role=status] *' })).toBeInTheDocument()
  expect(screen.queryByText(/GitLab is sending/)).toBeNull()
  expect(within(await rowOf(INVOICING)).queryByText('New')).toBeNull()
})

test('asks GitLab only for what the user can link, and searches once the typing pauses', async () => {
  const { world } = await renderPage(AMIRA)
  for (const value of ['inv', 'invo', 'invoi', 'invoic', 'invoici', 'invoicin', 'invoicing'])
    fireEvent.change(groupField(), { target: { value } })
  const asked = () => world.asked(GROUPS).map(({ url }) => Object.fromEntries(url.searchParams))
  const everything = { page: '1', per_page: '50', min_access_level: '40' }
  const found = { ...everything, search: 'invoicing', order_by: 'similarity' }
  // The group itself shows before: it is among those that are listed already.
  await waitFor(() => expect(asked()).toEqual([everything, found]))
})

test('can be used with the keyboard alone', async () => {
  const { user } = await renderPage(AMIRA)
  expect(groupField()).toHaveFocus()
  await user.keyboard('invoicing')
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1))
  await user.keyboard('{Enter}')
  const button = screen.getByRole('button', { name: 'Link group' })
  while (document.activeElement !== button) await user.tab()
  await user.keyboard('{Enter}')
  await screen.findByRole('button', { name: `Unlink ${INVOICING}` })
  expect(groupField(), 'the button is disabled now').toHaveFocus()
})

test('takes no focus from Jira when a group has been linked', async () => {
  const { user } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  await screen.findByRole('button', { name: `Unlink ${INVOICING}` })
  expect(groupField()).not.toHaveFocus()
})

test('keeps the whole list for one or two letters, and says why', async () => {
  const { user, world } = await renderPage(AMIRA)
  await screen.findByText(/^Only groups where you have at least the Maintainer role/)
  await user.type(groupField(), 'in')
  expect(
    await screen.findByText('Enter at least three characters to search by part of a name.'),
  ).toBeVisible()
  expect((await screen.findAllByRole('option')).length).toBeGreaterThan(5)
  await user.paste('voicing')
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1))
  expect(screen.queryByText(/^Enter at least three characters/)).toBeNull()
  // All groups, the one with that path, and what was searched for.
  expect(world.asked(GROUPS)).toHaveLength(3)
})

test('says that no group matches', async () => {
  const { user } = await renderPage(AMIRA)
  await user.click(groupField())
  await user.paste('nonsense')
  const [said] = await screen.findAllByText(
    /^No groups you can link on gitlab.localhost:4702 match “nonsense”. GitLab searches/,
  )
  // Which groups are shown at all stands above the field.
  expect(said).not.toHaveTextContent('Maintainer')
  expect(screen.getByText(/^Only groups where you have at least the Maintainer role/)).toBeVisible()
})

test('doesn’t let a linked group be selected, and says that it’s linked', async () => {
  const { user } = await renderPage(AMIRA)
  await user.click(groupField())
  await user.paste('developer-experience')
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(3))
  const [linked, ...others] = screen.getAllByRole('option')
  expect(linked).toHaveTextContent('acme/platform/developer-experience')
  expect(linked).toHaveAttribute('aria-disabled', 'true')
  expect(within(linked as HTMLElement).getByText('Linked')).toBeVisible()
  for (const other of others) expect(other).not.toHaveAttribute('aria-disabled', 'true')
  await user.click(linked as HTMLElement)
  expect(screen.getByRole('button', { name: 'Link group' })).toBeDisabled()
})

test('explains the role to a user who can’t link any group', async () => {
  const { user } = await renderPage({ instance: 'gitlab', signedInAs: 'Jonas Lindqvist' })
  await user.click(groupField())
  expect(
    await screen.findByText('GitLab lists no groups where you have at least the Maintainer role.'),
  ).toBeVisible()
})

test.each([
  ['', 'There are no top-level groups you can link.'],
  ['android', 'No top-level groups match “android”.'],
])(
  'blames the role for no missing group where only top-level groups are listed: “%s”',
  async (text, reason) => {
    const { user } = await renderPage({
      instance: 'gitlab',
      signedInAs: 'Jonas Lindqvist',
      arrange({ gitlab: { store } }) {
        const id = store.groups.findByFullPath('acme/mobile/android')?.id ?? 0
        store.groups.setMember('jonas', id, MAINTAINER)
      },
    })
    await user.click(screen.getByRole('checkbox', { name: /^Only top-level groups/ }))
    await user.click(groupField())
    await user.paste(text)
    const way = 'Clear “Only top-level groups” to see subgroups.'
    expect(await screen.findByText(`${reason} ${way}`)).toBeVisible()
    expect(screen.queryByText(/GitLab lists no groups|No groups you can link/)).toBeNull()
  },
)

test('shows every group to an administrator of GitLab', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Administrator' })
  expect(
    screen.getByText(/groups you aren’t a member of might be listed\. If Admin Mode is on/),
  ).toBeVisible()
  await selectGroup(user, 'legal')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('button', { name: 'Unlink Legal' })
  expect(world.asked(GROUPS).some(({ url }) => url.searchParams.has('min_access_level'))).toBe(false)
})

test('shows the nasty names of groups as the text that they are', async () => {
  const { user } = await renderPage(AMIRA)
  await user.click(groupField())
  await user.paste('playground')
  expect(await screen.findByText('Quality <img src=x onerror=alert(1)>')).toBeVisible()
  expect(screen.getByText('R&amp;D')).toBeVisible()
  expect(document.querySelector('[src="x"], script')).toBeNull()
})

test('counts a group that someone else has linked meanwhile as linked', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  world.gitlab.store.linkGroup('acme/payments/invoicing')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('button', { name: `Unlink ${INVOICING}` })
  expect(screen.queryByRole('alert')).toBeNull()
  expect(await linkedGroups()).toHaveLength(4)
})

test('reads the list again even if another group is unlinked while that is under way', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  const readAgain = world.hold(LIST)
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await waitFor(() => rowOf(INVOICING))
  await user.click(screen.getByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  readAgain()
  await screen.findByRole('button', { name: `Unlink ${INVOICING}` })
  expect(screen.queryByText('Acme Corp / Web')).toBeNull()
})

test('keeps the selected group when the sign-in ends, for the next sign-in', async () => {
  const { user, world, signIn } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/payments/invoicing')
  world.gitlab.store.revokeAllTokens()
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  expect(await screen.findByRole('alert', { name: 'Your GitLab sign-in has ended' })).toBeVisible()
  await signIn()
  await user.click(await screen.findByRole('button', { name: 'Link group' }))
  await waitFor(async () => expect(await rowOf(INVOICING)).toBeVisible())
})

test('unlinking another group leaves the failure to link one, and its way to try again', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  world.gitlab.settings.jiraUserCheck = 'notAdmin'
  await selectGroup(user, 'acme/payments/invoicing')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('alert')
  world.gitlab.settings.jiraUserCheck = 'real'
  await user.click(screen.getByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(screen.getByRole('alert')).toBeVisible()
})
