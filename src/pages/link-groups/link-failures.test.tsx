import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { groupField, renderPage, selectGroup } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const NAME = 'Acme Corp / Payments / Invoicing'

/** Opens the page as Amira and chooses a group; nothing is linked yet. */
async function renderPageWithChoice() {
  const page = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await selectGroup(page.user, 'acme/payments/invoicing')
  return page
}

interface Case {
  readonly cause: string
  readonly title: string
  readonly words?: string
  readonly breakIt: (world: TestWorld) => void
  readonly mendIt?: (world: TestWorld) => void
}

const cases: Case[] = [
  {
    cause: 'the Jira user administers nothing',
    title: 'Your Jira user isn’t allowed to do this',
    words: 'The Jira user must be in one of these Jira groups: site-admins, org-admins. The user is in: .',
    breakIt: ({ gitlab }) => {
      gitlab.settings.jiraUserCheck = 'notAdmin'
    },
    mendIt: ({ gitlab }) => {
      gitlab.settings.jiraUserCheck = 'real'
    },
  },
  {
    cause: 'GitLab cannot look up the Jira user',
    title: 'gitlab.localhost:4702 couldn’t look up your Jira user',
    words: 'Could not fetch user information from Jira. Check the permissions in Jira and try again.',
    breakIt: ({ gitlab }) => {
      gitlab.settings.jiraUserCheck = 'unfetchable'
    },
    mendIt: ({ gitlab }) => {
      gitlab.settings.jiraUserCheck = 'real'
    },
  },
  {
    cause: 'the role in the group was lost meanwhile',
    title: 'You can’t link this group',
    words: 'You do not have permission to link this namespace.',
    breakIt: ({ gitlab: { store } }) =>
      store.groups.setMember('amira', store.groups.findByFullPath('acme')?.id ?? 0, 30),
    mendIt: ({ gitlab: { store } }) =>
      store.groups.setMember('amira', store.groups.findByFullPath('acme')?.id ?? 0, 50),
  },
  {
    cause: 'GitLab refuses Jira’s context token twice',
    title: 'gitlab.localhost:4702 couldn’t verify this Jira site',
    words: '401 Unauthorized - JWT authentication failed',
    breakIt: (world) =>
      world.answer(
        LINK,
        () => Response.json({ message: '401 Unauthorized - JWT authentication failed' }, { status: 401 }),
        2,
      ),
  },
  {
    cause: 'GitLab has a server error',
    title: 'gitlab.localhost:4702 had an internal error',
    words: '500 Internal Server Error',
    breakIt: (world) =>
      world.answer(LINK, () => Response.json({ message: '500 Internal Server Error' }, { status: 500 }), 1),
  },
  {
    cause: 'the connection is lost',
    title: 'No readable response from gitlab.localhost:4702',
    breakIt: (world) => world.answer(LINK, () => Response.error(), 1),
  },
  {
    cause: 'GitLab asks to wait',
    title: 'gitlab.localhost:4702 is limiting requests',
    breakIt: (world) => world.answer(LINK, () => new Response('Retry later', { status: 429 }), 1),
  },
]

test.each(cases)(
  'says what is wrong when $cause, keeps the selection, and links it once that is fixed',
  async ({ title, words, breakIt, mendIt }) => {
    const { user, world } = await renderPageWithChoice()
    breakIt(world)
    await user.click(screen.getByRole('button', { name: 'Link group' }))
    const failure = within(await screen.findByRole('alert', { name: title }))
    if (words !== undefined) expect(failure.getByText(words)).toBeVisible()
    expect(failure.getByRole('heading', { name: /^(What to do|Possible causes)/ })).toBeVisible()
    // The selection is kept, and the user stays signed in.
    expect(screen.getByTitle(NAME)).toBeVisible()
    expect(screen.getByRole('link', { name: '@amira' })).toBeVisible()
    expect(world.gitlab.store.subscriptions.size).toBe(3)

    mendIt?.(world)
    await user.click(failure.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('button', { name: `Unlink ${NAME}` })
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    expect(world.gitlab.store.subscriptions.size).toBe(4)
  },
)

test('asks Jira for a new context token when GitLab refuses the first one, without the user noticing', async () => {
  const { user, world } = await renderPageWithChoice()
  const before = world.asked(LINK).length
  world.answer(
    LINK,
    () => Response.json({ message: '401 Unauthorized - Invalid JWT token' }, { status: 401 }),
    1,
  )
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('button', { name: `Unlink ${NAME}` })
  expect(screen.queryByRole('alert')).toBeNull()
  expect(world.asked(LINK)).toHaveLength(before + 2)
})

const lostAfter = (how: () => Response) => async (next: () => Promise<Response>) => {
  await next()
  return how()
}

test.each([
  ['the connection broke', () => Response.error()],
  ['a proxy gave up', () => new Response('<h1>504</h1>', { status: 504 })],
  ['GitLab stumbled', () => Response.json({ message: '500 Internal Server Error' }, { status: 500 })],
  ['it was cut off', () => new Response('{"succ')],
])('says that a group is linked where GitLab linked it and %s on the way back', async (_how, lost) => {
  const { user, world } = await renderPageWithChoice()
  const before = world.asked(LIST).length
  world.answer(LINK, lostAfter(lost), 1)
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByText(`Linked ${NAME}.`, { selector: 'strong' })
  await screen.findByRole('button', { name: `Unlink ${NAME}` })
  expect(screen.queryByRole('alert')).toBeNull()
  expect(world.asked(LINK)).toHaveLength(1)
  // Reading it for the outcome was reading it for the page.
  expect(world.asked(LIST)).toHaveLength(before + 1)
})

test('says that a group might be linked where neither the response nor the list arrives, and reads before sending again', async () => {
  const { user, world } = await renderPageWithChoice()
  world.answer(
    LINK,
    lostAfter(() => Response.error()),
  )
  world.answer(LIST, () => new Response('<h1>502</h1>', { status: 502 }), 3)
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  const failure = await screen.findByRole('alert', {
    name: 'No readable response from gitlab.localhost:4702',
  })
  expect(failure).toHaveTextContent('GitLab might still have made it')
  expect(screen.queryByText(`Linked ${NAME}.`, { selector: 'strong' })).toBeNull()
  // The list itself says why it can't be read.
  await screen.findByRole('alert', { name: 'gitlab.localhost:4702 isn’t available right now' })
  await user.click(within(failure).getByRole('button', { name: 'Try again' }))
  await screen.findByText(`Linked ${NAME}.`, { selector: 'strong' })
  expect(world.asked(LINK)).toHaveLength(1)
})

test('signing out while the list is read for a lost response sends nothing more and shows what GitLab did', async () => {
  const { user, world } = await renderPageWithChoice()
  world.answer(
    LINK,
    lostAfter(() => Response.error()),
  )
  const release = world.hold(LIST)
  const before = world.asked(LIST).length
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await waitFor(() => expect(world.asked(LIST).length).toBeGreaterThan(before))
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  release()
  await screen.findByRole('button', { name: `Unlink ${NAME}` })
  expect(world.asked(LINK)).toHaveLength(1)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a selected group that was moved is linked where it is now, once the list shows it there', async () => {
  const { user, world } = await renderPageWithChoice()
  const { groups } = world.gitlab.store
  const invoicing = groups.findByFullPath('acme/payments/invoicing')
  const web = groups.findByFullPath('acme/web')
  if (!invoicing || !web) throw new Error('These groups are missing.')
  groups.remove(invoicing.id)
  groups.add({ ...invoicing, parentId: web.id })
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  const failure = await screen.findByRole('alert', { name: 'GitLab can’t find this group' })
  await screen.findByTitle('Acme Corp / Web / Invoicing')
  await user.click(within(failure).getByRole('button', { name: 'Try again' }))
  await screen.findByText('Linked Acme Corp / Web / Invoicing.', { selector: 'strong' })
})

test('a group that was found where it was moved to isn’t selected where it was by an earlier search', async () => {
  const { user, world } = await renderPageWithChoice()
  const { groups } = world.gitlab.store
  const invoicing = groups.findByFullPath('acme/payments/invoicing')
  const web = groups.findByFullPath('acme/web')
  if (!invoicing || !web) throw new Error('These groups are missing.')
  const search = async (text: string) => {
    await user.clear(groupField())
    await user.click(groupField())
    await user.paste(text)
  }
  await search('invoicing')
  await screen.findByRole('option', { name: /Invoicing/ })
  groups.remove(invoicing.id)
  groups.add({ ...invoicing, parentId: web.id })
  await search('acme/web/inv')
  await screen.findByTitle('Acme Corp / Web / Invoicing')
  const before = world.asked('GET /api/v4/groups').length
  await search('invoicing')
  await waitFor(() => expect(world.asked('GET /api/v4/groups').length).toBeGreaterThan(before))
  expect(screen.queryByTitle('Acme Corp / Payments / Invoicing')).toBeNull()
  expect(screen.getByTitle('Acme Corp / Web / Invoicing')).toBeVisible()
})

test('removes the failure when another group is selected', async () => {
  const { user, world } = await renderPageWithChoice()
  world.answer(LINK, () => Response.error(), 1)
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('alert')
  await selectGroup(user, 'acme/payments/payouts')
  expect(screen.queryByRole('alert')).toBeNull()
})

test('says why the groups can’t be shown, and shows them once that is fixed', async () => {
  const { user, world, signIn } = await renderPage({ instance: 'gitlab' })
  world.answer(
    'GET /api/v4/groups',
    () =>
      Response.json(
        { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
        { status: 429 },
      ),
    1,
  )
  await signIn()
  const failure = within(
    await screen.findByRole('alert', { name: 'gitlab.localhost:4702 is limiting requests' }),
  )
  expect(failure.getByText('This endpoint has been requested too many times. Try again later.')).toBeVisible()
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  await user.click(groupField())
  expect((await screen.findAllByRole('option')).length).toBeGreaterThan(5)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('ends the sign-in with a named failure when GitLab has revoked it, and says no such thing after the next', async () => {
  const { user, world, signIn } = await renderPageWithChoice()
  world.gitlab.store.revokeAllTokens()
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('alert', { name: 'Your GitLab sign-in has ended' })
  expect(screen.getByRole('button', { name: 'Sign in to gitlab.localhost:4702' })).toBeEnabled()
  expect(screen.getByText('Acme Corp / Web')).toBeVisible()
  await signIn()
  expect(await screen.findByTitle(NAME)).toBeVisible()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByText(`Linked ${NAME}.`, { selector: 'strong' })
})

test('goes on working after the access token has expired, without a new sign-in', async () => {
  const { user, world, popup } = await renderPageWithChoice()
  world.gitlab.store.expireAccessTokens()
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByRole('button', { name: `Unlink ${NAME}` })
  expect(popup.opened).toHaveLength(1)
})
