import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import { DEVELOPER } from '#mocks/gitlab/world/group-directory.ts'
import {
  groupField,
  isSignedIn,
  linkedGroups,
  renderPage,
  rowOf,
  selectGroup,
  selectGroups,
} from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const SELECTED = ['android', 'ios', 'release', 'shared'].map((path) => `acme/mobile/${path}`)

/** Opens the page as Amira and selects four groups, none of them linked yet. */
async function renderPageWithChoices(arrange: (world: TestWorld) => void = () => undefined) {
  const page = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad', arrange })
  await selectGroups(page.user, 'mobile', SELECTED)
  const linkAll = () => page.user.click(screen.getByRole('button', { name: 'Link 4 groups' }))
  return { ...page, linkAll }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

const panel = (name: string | RegExp) => screen.findByRole('region', { name })
const inStatus = { selector: '[role=status] *' }
const isLinked = ({ gitlab: { store } }: TestWorld, path: string) =>
  [...store.subscriptions.values()].some(({ groupId }) => store.groups.get(groupId)?.fullPath === path)
/** Makes linking these groups fail the given number of times. */
function refuse(world: TestWorld, paths: readonly string[], answer: () => Response, times = 1): void {
  const left = new Map(paths.map((path) => [path, times]))
  world.answer(LINK, async (next) => {
    const asked = JSON.parse(world.asked(LINK).at(-1)?.body ?? '{}').namespace_path
    const more = left.get(asked) ?? 0
    left.set(asked, more - 1)
    return more > 0 ? answer() : next()
  })
}
const NOT_LINKABLE = 'You can’t link this group'

/** Expects these two among the failed groups, each with its reason; a reason that both share is given once. */
async function expectAndroidAndReleaseFailed(
  run: ReturnType<typeof within>,
  [android, release]: readonly [string, string] = [NOT_LINKABLE, NOT_LINKABLE],
): Promise<void> {
  const isShared = android === release
  expect(await screen.findAllByRole('alert')).toHaveLength(isShared ? 1 : 2)
  const failed = within(run.getByRole('list', { name: 'Failed' })).getAllByRole('listitem')
  expect(failed.map(({ textContent }) => textContent?.trim())).toEqual([
    `Acme Corp / Mobile / Android ${isShared ? '' : android}`.trim(),
    `Acme Corp / Mobile / Release Engineering ${isShared ? '' : release}`.trim(),
  ])
  for (const reason of new Set([android, release]))
    expect(run.getAllByText(reason)).toHaveLength(isShared ? 1 : 2)
}
const notLinkable = () =>
  Response.json(
    { message: 'Cannot find namespace. Make sure you have sufficient permissions.' },
    { status: 401 },
  )

test('links several groups with one click, shows them on top as new, and reads the list once more', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  const before = world.asked(LIST).length
  await linkAll()
  const run = within(await panel('Linked 4 groups'))
  expect(run.queryByText('Linked (4)'), 'the list says which').toBeNull()
  expect(
    run.getByText(/The first projects appear in about a minute, then about 20 per minute for each group/),
  ).toBeVisible()
  expect(run.getByRole('link', { name: 'What data is synced' })).toHaveAttribute(
    'href',
    'https://docs.gitlab.com/integration/jira/connect-app/',
  )
  await screen.findByRole('button', { name: 'Unlink Acme Corp / Mobile / Android' })
  const rows = await linkedGroups()
  expect(rows).toHaveLength(7)
  for (const row of rows.slice(0, 4)) expect(within(row).getByText('New')).toBeVisible()
  expect(world.asked(LIST)).toHaveLength(before + 1)
  expect(screen.getByRole('button', { name: 'Link group' })).toBeDisabled()
})

test('says at the beginning and at the end how it goes, and focuses the title, also from the button to cancel', async () => {
  const { user, linkAll, world } = await renderPageWithChoices()
  const release = world.hold(LINK)
  await linkAll()
  expect(await screen.findByText('Linking 4 groups', inStatus)).toBeInTheDocument()
  expect(screen.getByRole('heading', { name: 'Linking 4 groups' })).toHaveFocus()
  expect(screen.getByRole('progressbar', { name: 'Linking 4 groups' })).toHaveAttribute('max', '4')
  await user.tab()
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  release()
  expect(await screen.findByText('Linked 4 groups', inStatus)).toBeInTheDocument()
  expect(screen.getByRole('heading', { name: 'Linked 4 groups' })).toHaveFocus()
})

test('the end of a run takes the focus neither from Jira nor from the rest of the page', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  const release = world.hold(LINK)
  await linkAll()
  const title = await screen.findByRole('heading', { name: 'Linking 4 groups' })
  title.blur()
  release()
  await panel('Linked 4 groups')
  await screen.findByText('Linked 4 groups', inStatus)
  expect(document.body).toHaveFocus()
})

test('names each failure and its reason, keeps what failed selected, and retries only that', async () => {
  const { user, linkAll, world } = await renderPageWithChoices()
  refuse(world, ['acme/mobile/android', 'acme/mobile/release'], notLinkable)
  await linkAll()
  const run = within(await panel('Linked 2 of 4 groups'))
  await expectAndroidAndReleaseFailed(run)
  expect(await screen.findByRole('button', { name: 'Link 2 groups' })).toBeEnabled()
  expect(isLinked(world, 'acme/mobile/shared')).toBe(true)

  await user.click(run.getByRole('button', { name: 'Retry failed (2)' }))
  await panel('Linked 4 groups')
  expect(screen.queryByRole('alert')).toBeNull()
  expect(world.asked(LINK)).toHaveLength(6)
  expect(screen.getByRole('button', { name: 'Link group' })).toBeDisabled()
})

test.each(['legacy', 'current', 'before-19.2', 'newest'] as const)(
  'with a %s GitLab, a group that is gone and one with too low a role fail alone, and the rest is linked',
  async (dialect) => {
    const { linkAll, world } = await renderPageWithChoices(({ gitlab, jira }) => {
      gitlab.settings.dialect = dialect
      jira.settings.adminGroup = 'site-admins'
    })
    const { groups } = world.gitlab.store
    const [find, level] = [groups.findByFullPath.bind(groups), groups.accessLevel.bind(groups)]
    vi.spyOn(groups, 'findByFullPath').mockImplementation((path) =>
      path === 'acme/mobile/android' ? undefined : find(path),
    )
    vi.spyOn(groups, 'accessLevel').mockImplementation((user, group) =>
      group.fullPath === 'acme/mobile/release' ? DEVELOPER : level(user, group),
    )
    await linkAll()
    const run = within(await panel('Linked 2 of 4 groups'))
    // Older versions give one response for both.
    const reasons = ['GitLab can’t find this group', 'You can’t link this group'] as const
    await expectAndroidAndReleaseFailed(run, dialect === 'newest' ? reasons : undefined)
    expect(isLinked(world, 'acme/mobile/ios')).toBe(true)
    expect(isLinked(world, 'acme/mobile/shared')).toBe(true)
  },
)

test('a firewall that takes exception to the path of one group keeps no other from being linked', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  const firewall = () =>
    new Response('<h1>Blocked</h1>', { status: 403, headers: { 'content-type': 'text/html' } })
  refuse(world, ['acme/mobile/android'], firewall, Number.POSITIVE_INFINITY)
  await linkAll()
  await panel('Linked 3 of 4 groups')
})

test('of several groups with the same name, each that fails is named', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    signedInAs: 'Amira Haddad',
    arrange: ({ gitlab: { store } }) => {
      for (const path of ['twin-a', 'twin-b']) {
        const rest = { visibility: 'private', description: '', hasAvatar: false, createdAt: 0 } as const
        store.groups.setMember(
          'amira',
          store.groups.add({ path, name: 'Twin', parentId: null, ...rest }).id,
          50,
        )
      }
    },
  })
  await selectGroups(user, 'twin', ['twin-a', 'twin-b'])
  refuse(world, ['twin-a', 'twin-b'], notLinkable)
  await user.click(screen.getByRole('button', { name: 'Link 2 groups' }))
  const run = within(await panel('Linked 0 of 2 groups'))
  expect(within(run.getByRole('list', { name: 'Failed' })).getAllByRole('listitem')).toHaveLength(2)
})

test('says nothing of data being sent where all groups were linked before', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  world.gitlab.settings.changedMeanwhile = true
  await linkAll()
  const run = within(await panel('Linked 4 groups'))
  expect(run.getByText('4 were already linked')).toBeVisible()
  expect(run.queryByText(/GitLab is sending/)).toBeNull()
})

test('counts a group that is linked already as linked, and says so', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  world.gitlab.store.linkGroup('acme/mobile/android')
  await linkAll()
  const run = within(await panel('Linked 4 groups'))
  expect(run.getByText('1 was already linked')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(7))
})

test('stops if every group would fail the same way, and continues once that is fixed', async () => {
  const { user, linkAll, world } = await renderPageWithChoices(({ gitlab }) => {
    gitlab.settings.jiraUserCheck = 'notAdmin'
  })
  await linkAll()
  const run = within(await panel('Linking is paused'))
  const failure = await run.findByRole('alert', { name: 'Your Jira user isn’t allowed to do this' })
  expect(screen.getAllByRole('alert')).toHaveLength(1)
  expect(run.getByText('Linked 0 of 4')).toBeVisible()
  world.gitlab.settings.jiraUserCheck = 'real'
  await user.click(within(failure).getByRole('button', { name: 'Try again' }))
  await panel('Linked 4 groups')
  expect(screen.queryByRole('alert')).toBeNull()
})

test('sends nothing more once it’s canceled, lets requests under way finish, and keeps what wasn’t sent selected', async () => {
  const { user, world } = await renderPageWithChoices()
  await selectGroup(user, 'acme/data')
  const release = world.hold(LINK)
  await user.click(screen.getByRole('button', { name: 'Link 5 groups' }))
  await user.click(within(await panel('Linking 5 groups')).getByRole('button', { name: 'Cancel' }))
  const run = within(await panel('Canceled. Linked 0 of 5 groups'))
  expect(run.getByText('Waiting for the last requests to finish.')).toBeVisible()
  release()
  await panel('Canceled. Linked 4 of 5 groups')
  expect(await run.findByText('1 group wasn’t sent.')).toBeVisible()
  expect(world.asked(LINK)).toHaveLength(4)
  expect(isLinked(world, 'acme/data')).toBe(false)
  await waitFor(() => expect(screen.getByRole('button', { name: 'Link group' })).toBeEnabled())
})

test('says so if everything was done although it was canceled, and clears the search', async () => {
  const { user, world } = await renderPageWithChoices()
  const release = world.hold(LINK)
  await user.click(screen.getByRole('button', { name: 'Link 4 groups' }))
  await user.click(within(await panel('Linking 4 groups')).getByRole('button', { name: 'Cancel' }))
  await panel('Canceled. Linked 0 of 4 groups')
  release()
  await panel('Linked 4 groups')
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Groups' })).toHaveValue(''))
})

test('while several groups are being linked, the list below shows no count that contradicts theirs', async () => {
  const { linkAll, world } = await renderPageWithChoices()
  const title = screen.getByRole('heading', { name: /^Linked groups/ })
  expect(title).toHaveTextContent('Linked groups 3')
  const release = world.hold(LINK)
  await linkAll()
  await panel('Linking 4 groups')
  expect(title).toHaveTextContent(/^Linked groups$/)
  release()
  await panel('Linked 4 groups')
  await waitFor(() => expect(title).toHaveTextContent('Linked groups 7'))
})

test('returns the focus to the button if the question about many groups is canceled', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  for (const box of await screen.findAllByRole('checkbox', { name: /^Select Acme/ })) await user.click(box)
  await user.click(await screen.findByRole('button', { name: 'Unlink 3 groups' }))
  await user.keyboard('{Escape}')
  expect(screen.getByRole('button', { name: 'Unlink 3 groups' })).toHaveFocus()
})

test('renews an access token that expires in the middle, without the user noticing', async () => {
  const { linkAll, world, popup } = await renderPageWithChoices()
  world.gitlab.store.expireAccessTokens()
  await linkAll()
  await panel('Linked 4 groups')
  expect(popup.opened).toHaveLength(1)
  expect(world.asked('POST /oauth/token')).toHaveLength(2)
})

test('keeps everything when the sign-in ends in the middle, and goes on after the next one', async () => {
  const { user, linkAll, world, signIn } = await renderPageWithChoices()
  world.gitlab.store.revokeAllTokens()
  await linkAll()
  const run = within(await panel('Linking is paused'))
  expect(
    run.getByText(/^Your GitLab sign-in has ended\. Sign in again as the same GitLab user to continue/),
  ).toBeVisible()
  expect(run.queryByRole('button', { name: 'Resume' })).toBeNull()
  await signIn()
  await user.click(await run.findByRole('button', { name: 'Resume' }))
  await panel('Linked 4 groups')
})

test('waits when GitLab asks to, and goes on by itself', async () => {
  const { linkAll } = await renderPageWithChoices(({ gitlab }) => {
    gitlab.settings.writeLimit = { requests: 2, windowSeconds: 1 }
  })
  await linkAll()
  const run = within(await panel('Linking is paused'))
  expect(
    run.getByText(/^gitlab\.localhost:4702 is limiting requests\. Resumes automatically at \d/),
  ).toBeVisible()
  await panel('Linked 4 groups')
  expect(screen.queryByRole('alert')).toBeNull()
})

test.each([
  ['the connection is lost', () => Response.error()],
  ['GitLab is being restarted', () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 })],
])('pauses when %s, and resumes when the user says so', async (_what, silence) => {
  const { user, linkAll, world } = await renderPageWithChoices()
  let isOut = true
  for (const request of [LINK, LIST]) world.answer(request, (next) => (isOut ? silence() : next()))
  await linkAll()
  const run = within(await panel('Linking is paused'))
  expect(await run.findByText(/Resumes automatically when GitLab responds again/)).toBeVisible()
  isOut = false
  await user.click(run.getByRole('button', { name: 'Resume now' }))
  await panel('Linked 4 groups')
  expect(world.gitlab.store.subscriptions.size).toBe(7)
})

test('retries a group that was moved where it is now, once a search has found it there', async () => {
  const { user, world, linkAll } = await renderPageWithChoices()
  const { groups } = world.gitlab.store
  const android = groups.findByFullPath('acme/mobile/android')
  const web = groups.findByFullPath('acme/web')
  if (!android || !web) throw new Error('These groups are missing.')
  groups.remove(android.id)
  groups.add({ ...android, parentId: web.id })
  await linkAll()
  const run = within(await panel('Linked 3 of 4 groups'))
  await user.click(groupField())
  await user.clear(groupField())
  await user.paste('acme/web/and')
  await screen.findByTitle('Acme Corp / Web / Android')
  await user.click(run.getByRole('button', { name: 'Retry failed (1)' }))
  await waitFor(() => expect(isLinked(world, 'acme/web/android')).toBe(true))
})

test('shows what GitLab did even if its response was lost, and sends nothing twice', async () => {
  const { linkAll, world } = await renderPageWithChoices(({ gitlab }) => {
    gitlab.settings.writeFaults = { everyNth: 2, kinds: ['answer-lost'] }
  })
  await linkAll()
  await panel('Linked 4 groups')
  expect(world.asked(LINK)).toHaveLength(4)
  expect(world.gitlab.store.subscriptions.size).toBe(7)
})

test('warns before the page is left while groups are under way, and only then', async () => {
  const leave = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  const { linkAll, world } = await renderPageWithChoices()
  const release = world.hold(LINK)
  expect(leave()).toBe(false)
  await linkAll()
  await panel('Linking 4 groups')
  expect(leave()).toBe(true)
  release()
  await panel('Linked 4 groups')
  expect(leave()).toBe(false)
})

test('takes the panel away when it is closed, and focuses the list', async () => {
  const { user, linkAll } = await renderPageWithChoices()
  await linkAll()
  await user.click(within(await panel('Linked 4 groups')).getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('progressbar')).toBeNull()
  expect(screen.getByRole('heading', { name: /^Linked groups/ })).toHaveFocus()
})

test('that groups were linked is said until one is unlinked: it could be one of them', async () => {
  const { user, linkAll } = await renderPageWithChoices()
  await linkAll()
  await panel('Linked 4 groups')
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Mobile / Android' }))
  const question = within(await screen.findByRole('alertdialog'))
  await user.click(question.getByRole('button', { name: 'Unlink' }))
  expect(
    await screen.findByText(/^Unlinked Acme Corp \/ Mobile \/ Android/, { selector: 'strong' }),
  ).toBeVisible()
  expect(screen.queryByRole('region', { name: 'Linked 4 groups' })).toBeNull()
})

/** Opens the page with some more groups linked than usual, signed out. */
async function renderPageWithList(arrange: (world: TestWorld) => void = () => undefined) {
  return renderPage({
    instance: 'gitlab',
    arrange(world) {
      for (const path of ['acme/mobile', 'acme/data', 'acme/playground/emoji'])
        world.gitlab.store.linkGroup(path)
      arrange(world)
    },
  })
}

const shownNames = async () =>
  (await linkedGroups()).map((row) => row.querySelector('[data-field=path]')?.textContent)
const checkbox = (name: string) => screen.getByRole('checkbox', { name })

test('filters the list by name, and says how many match', async () => {
  const { user } = await renderPageWithList()
  await screen.findByText('Acme Corp / Data')
  await user.type(screen.getByRole('searchbox', { name: 'Filter linked groups' }), 'CORP/dä')
  await waitFor(async () => expect(await shownNames()).toEqual(['Acme Corp / Data']))
  expect(screen.getByText('1 group matches.')).toBeInTheDocument()
  await user.type(screen.getByRole('searchbox'), 'xyz')
  expect(await screen.findByText('No linked groups match “CORP/däxyz”.')).toBeVisible()
  await user.clear(screen.getByRole('searchbox'))
  expect(await linkedGroups()).toHaveLength(6)
})

test('sorts the list by date', async () => {
  const { user } = await renderPageWithList()
  await screen.findByText('Acme Corp / Data')
  await user.click(screen.getByRole('button', { name: 'Oldest' }))
  expect(screen.getByRole('button', { name: 'Oldest' })).toHaveAttribute('aria-pressed', 'true')
  expect((await shownNames())[0]).toBe('Acme Corp / Payments')
})

test('unlinks all groups that match the filter after one question that names them', async () => {
  const { user, world } = await renderPageWithList()
  await screen.findByText('Acme Corp / Data')
  await user.type(screen.getByRole('searchbox', { name: 'Filter linked groups' }), 'acme corp / p')
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 3 matching groups' }))
  await user.click(await screen.findByRole('button', { name: 'Unlink 3 groups' }))
  const question = within(await screen.findByRole('alertdialog', { name: 'Unlink 3 groups?' }))
  expect(await screen.findByRole('alertdialog')).toHaveAccessibleDescription(
    /^You’re about to unlink Acme Corp \/ Platform \/ Developer Experience, Acme Corp \/ Playground \/ .*, and Acme Corp \/ Payments\. /,
  )
  expect(world.requests.some(({ method }) => method === 'DELETE')).toBe(false)
  await user.click(question.getByRole('button', { name: 'Unlink 3 groups' }))
  await panel('Unlinked 3 groups')
  await user.clear(screen.getByRole('searchbox'))
  await waitFor(async () =>
    expect(await shownNames()).toEqual(['Acme Corp / Data', 'Acme Corp / Mobile', 'Acme Corp / Web']),
  )
  expect(world.gitlab.store.subscriptions.size).toBe(3)
  expect(world.requests.some(isSignedIn)).toBe(false)
  expect(world.requests.some(({ url }) => url.searchParams.has('skip_groups'))).toBe(false)
})

test('names the first few of many groups, and counts the rest', async () => {
  const { user } = await renderPageWithList(({ gitlab }) => gitlab.store.linkGroup('acme/playground/long'))
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 7 groups' }))
  await user.click(await screen.findByRole('button', { name: 'Unlink 7 groups' }))
  expect(await screen.findByRole('alertdialog')).toHaveAccessibleDescription(
    /, and 2 more\. GitLab will stop sending/,
  )
})

test('selects all rows up to the one that is clicked with the Shift key', async () => {
  const { user } = await renderPageWithList()
  await user.click(await screen.findByRole('checkbox', { name: 'Select Acme Corp / Data' }))
  await user.keyboard('{Shift>}')
  await user.click(checkbox('Select Acme Corp / Mobile'))
  await user.keyboard('{/Shift}')
  expect(checkbox('Select Acme Corp / Platform / Developer Experience')).toBeChecked()
  expect(checkbox('Select Acme Corp / Web')).not.toBeChecked()
  // It stays below the row selected first: the row that is clicked must not move.
  const bar = await within(await rowOf('Acme Corp / Data')).findByRole('group', {
    name: 'Selected groups',
  })
  expect(bar).toHaveTextContent('4 groups selected')
  await user.click(within(bar).getByRole('button', { name: 'Clear selection' }))
  expect(screen.queryByRole('group', { name: 'Selected groups' })).toBeNull()
  expect(checkbox('Select Acme Corp / Mobile')).not.toBeChecked()
})

test('the actions for the selected groups of a short list are at its end, where they move no row', async () => {
  const { user } = await renderPageWithList(({ gitlab }) => {
    const [first] = gitlab.store.subscriptions.keys()
    gitlab.store.subscriptions.delete(first ?? 0)
  })
  const boxes = await screen.findAllByRole('checkbox', { name: /^Select Acme/ })
  expect(boxes).toHaveLength(5)
  await user.click(boxes[1] as HTMLElement)
  const rows = screen.getAllByRole('listitem')
  expect(
    await within(rows.at(-1) as HTMLElement).findByRole('group', { name: 'Selected groups' }),
  ).toBeVisible()
})

test('selects all rows up to the one that Shift and the space bar select', async () => {
  const { user } = await renderPageWithList()
  await user.click(await screen.findByRole('checkbox', { name: 'Select Acme Corp / Data' }))
  const last = checkbox('Select Acme Corp / Payments')
  // Firefox doesn't say in the click that the keyboard makes whether Shift was held down.
  fireEvent.keyDown(last, { key: ' ', shiftKey: true })
  fireEvent.click(last)
  expect(checkbox('Select Acme Corp / Mobile')).toBeChecked()
  // Without Shift, and with the mouse, only the row itself changes.
  fireEvent.keyDown(last, { key: ' ' })
  fireEvent.click(last)
  expect(checkbox('Select Acme Corp / Mobile')).toBeChecked()
  fireEvent.keyDown(last, { key: 'Tab', shiftKey: true })
  await user.click(checkbox('Select Acme Corp / Data'))
  await user.click(last)
  expect(checkbox('Select Acme Corp / Data')).not.toBeChecked()
  expect(last).toBeChecked()
})

test('counts a group that someone else has unlinked meanwhile as unlinked, and keeps what failed', async () => {
  const { user, world } = await renderPageWithList()
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 6 groups' }))
  const [first, second] = [...world.gitlab.store.subscriptions.keys()]
  world.gitlab.store.subscriptions.delete(first ?? 0)
  world.answer(`DELETE /-/jira_connect/subscriptions/${second}`, () => Response.json({}, { status: 500 }), 1)
  await user.click(await screen.findByRole('button', { name: 'Unlink 6 groups' }))
  const question = await screen.findByRole('alertdialog')
  await user.click(within(question).getByRole('button', { name: 'Unlink 6 groups' }))
  const run = within(await panel('Unlinked 5 of 6 groups'))
  expect(run.getByText('1 was already unlinked · 1 failed')).toBeVisible()
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(1))
  await user.click(await run.findByRole('button', { name: 'Retry failed (1)' }))
  await panel('Unlinked 6 groups')
  expect(await screen.findByText(/^No groups are linked/)).toBeVisible()
})

test('shows a group no longer that was unlinked by its new link, even where the list can’t be read afterwards', async () => {
  const { user, world } = await renderPageWithList()
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 6 groups' }))
  const { subscriptions } = world.gitlab.store
  const [first] = subscriptions.values()
  if (!first) throw new Error('No group is linked.')
  subscriptions.delete(first.id)
  const path = world.gitlab.store.groups.get(first.groupId)?.fullPath ?? ''
  world.gitlab.store.linkGroup(path)
  world.answer(LIST, () => new Response('<h1>502</h1>', { status: 502 }))
  world.answer(LIST, (next) => next(), 1)
  await user.click(await screen.findByRole('button', { name: 'Unlink 6 groups' }))
  const question = await screen.findByRole('alertdialog')
  await user.click(within(question).getByRole('button', { name: 'Unlink 6 groups' }))
  await panel('Unlinked 6 groups')
  expect(subscriptions.size).toBe(0)
  await waitFor(() => expect(screen.queryAllByRole('button', { name: /^Unlink / })).toEqual([]))
})

test('says of no group that it is unlinked where GitLab doesn’t find the links but lists them', async () => {
  const { user, world } = await renderPageWithList()
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 6 groups' }))
  for (const id of world.gitlab.store.subscriptions.keys())
    world.answer(`DELETE /-/jira_connect/subscriptions/${id}`, () => new Response(null, { status: 404 }))
  await user.click(await screen.findByRole('button', { name: 'Unlink 6 groups' }))
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink 6 groups' }),
  )
  const run = within(await panel('Unlinking is paused'))
  expect(await run.findByRole('alert', { name: /doesn’t recognize this request/ })).toBeVisible()
  expect(run.getByText('Unlinked 0 of 6')).toBeVisible()
  expect(await linkedGroups()).toHaveLength(6)
})

test('offers no selection where there is one group', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange({ gitlab: { store } }) {
      store.subscriptions.clear()
      store.linkGroup('acme/web')
    },
  })
  await screen.findByText('Acme Corp / Web')
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.queryByRole('searchbox')).toBeNull()
})

/** What the browser reports once something is near the visible area. */
function watchNearness() {
  const watched = new Map<Element, () => void>()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly tell: (entries: { isIntersecting: boolean }[]) => void
      constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        this.tell = tell
      }
      observe(element: Element) {
        watched.set(element, () => this.tell([{ isIntersecting: true }]))
      }
      disconnect() {}
    },
  )
  return { comeNear: (element: Element | null) => element && act(() => watched.get(element)?.()) }
}

/** Opens the page with a hundred linked groups. */
async function renderPageWithHundred() {
  return renderPage({
    instance: 'gitlab',
    arrange({ gitlab: { store } }) {
      store.subscriptions.clear()
      linkManyGroups(store, [...store.installations.keys()][0] ?? '', 100, Date.now())
    },
  })
}

test('makes the rows of a long list as they come near, and says how many there are in all', async () => {
  const { comeNear } = watchNearness()
  await renderPageWithHundred()
  const first = await linkedGroups()
  expect(first).toHaveLength(30)
  expect(first[29]).toHaveAttribute('aria-posinset', '30')
  expect(first[29]).toHaveAttribute('aria-setsize', '100')
  comeNear([...document.querySelectorAll('[data-sentinel]')].at(-1) ?? null)
  const rows = await linkedGroups()
  expect(rows.map((row) => row.getAttribute('aria-posinset')).slice(29, 32)).toEqual(['30', '91', '92'])
})

test('shows all rows on request, so that the browser can search them', async () => {
  watchNearness()
  const { user } = await renderPageWithHundred()
  await user.click(await screen.findByRole('button', { name: 'Show all 100 groups' }))
  expect(await linkedGroups()).toHaveLength(100)
  expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull()
  expect(screen.getByRole('heading', { name: /^Linked groups/ })).toHaveFocus()
})

test('selects what matches the filter also where its rows are not there yet', async () => {
  watchNearness()
  const { user, world } = await renderPageWithHundred()
  await user.click(await screen.findByRole('checkbox', { name: 'Select all 100 groups' }))
  await user.click(await screen.findByRole('button', { name: 'Unlink 100 groups' }))
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink 100 groups' }),
  )
  await panel('Unlinked 100 groups')
  expect(world.gitlab.store.subscriptions.size).toBe(0)
})

test('while GitLab issues no token, a run waits longer and longer, says until when, and then goes on', async () => {
  const { world, linkAll } = await renderPageWithChoices()
  world.gitlab.store.expireAccessTokens()
  const token = 'POST /oauth/token'
  const asked = world.asked(token).length
  world.answer(token, () => new Response('Retry later', { status: 429 }))
  await linkAll()
  const words =
    /^gitlab\.localhost:4702 can’t issue an access token right now\. Tries again automatically at /
  expect(await screen.findByText(words)).toBeVisible()
  expect(world.asked(token).length - asked).toBeLessThan(3)
  world.answer(token, (next) => next())
  expect(await panel('Linked 4 groups')).toBeVisible()
})
