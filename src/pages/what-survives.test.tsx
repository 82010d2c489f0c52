import { act, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import {
  groupField,
  linkedGroups,
  renderPage,
  rowOf,
  selectGroup,
  selectGroups,
} from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'
import { texts } from '#src/texts/texts.ts'

const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const INSTANCE = 'GET /-/jira_connect/installations'
const LIST = 'GET /-/jira_connect/subscriptions.json'
const NAME = 'Acme Corp / Mobile / Android'

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const chips = () => screen.queryAllByRole('button', { name: texts.linkGroups.remove({ name: NAME }) })

/** Signed in as Amira, with a group selected and another search typed. */
async function withSelection() {
  const page = await renderPage({ instance: 'gitlab', instances: 'any', signedInAs: 'Amira Haddad' })
  await selectGroup(page.user, 'acme/mobile/android')
  await page.user.clear(groupField())
  await page.user.paste('payments')
  return page
}

/** The next request finds that the sign-in has ended. */
async function endSignIn({ gitlab }: TestWorld, user: UserEvent): Promise<void> {
  gitlab.store.revokeAllTokens()
  await user.type(groupField(), '/')
  await screen.findByRole('button', { name: /^Sign in to / })
}

test('choosing another instance and coming back leaves everything as it was', async () => {
  const { user } = await withSelection()
  await user.click(screen.getByRole('checkbox', { name: texts.linkGroups.topLevelOnly }))
  await user.click(within(await rowOf('Acme Corp / Web')).getByRole('checkbox'))
  await user.click(button(texts.choosing.change))
  await user.click(await screen.findByRole('button', { name: texts.cancel }))

  expect(chips()).toHaveLength(1)
  expect(groupField()).toHaveValue('payments')
  expect(screen.getByRole('checkbox', { name: texts.linkGroups.topLevelOnly })).toBeChecked()
  expect(within(await rowOf('Acme Corp / Web')).getByRole('checkbox')).toBeChecked()
})

test('what was typed as another instance’s URL is still there when the choice is opened again', async () => {
  const { user } = await renderPage({ instance: 'app', instances: 'any' })
  await user.click(await screen.findByRole('button', { name: texts.choosing.change }))
  await user.click(await screen.findByRole('radio', { name: texts.chooseInstance.own }))
  await user.type(screen.getByRole('textbox'), 'git.example.com/code')
  await user.click(button(texts.cancel))
  await user.click(button(texts.choosing.change))
  expect(await screen.findByRole('textbox')).toHaveValue('git.example.com/code')
})

test('what was typed as another instance’s URL stays while it turns out which one is in use', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    instances: 'any',
    arrange: ({ answer }) => answer(INSTANCE, () => Response.json({}, { status: 403 }), 1),
  })
  await user.click(await screen.findByRole('button', { name: texts.choosing.useOther }))
  await user.click(await screen.findByRole('radio', { name: texts.chooseInstance.own }))
  await user.type(screen.getByRole('textbox'), 'git.example.com/code')
  await user.click(button('Try again'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(screen.getByRole('textbox')).toHaveValue('git.example.com/code')
})

test('saving another instance clears what was typed as its URL', async () => {
  const { user } = await renderPage({ instance: 'gitlab', instances: 'any' })
  await user.click(await screen.findByRole('button', { name: texts.choosing.change }))
  await user.type(await screen.findByRole('textbox'), '/typed')
  await user.click(screen.getByRole('radio', { name: 'GitLab.com' }))
  await user.click(button(texts.chooseInstance.save))
  await user.click(
    await screen.findByRole('button', { name: texts.chooseInstance.confirmRemoval({ count: 3 }) }),
  )
  await user.click(await screen.findByRole('button', { name: texts.choosing.change }))
  await user.click(await screen.findByRole('radio', { name: texts.chooseInstance.own }))
  expect(screen.getByRole('textbox')).toHaveValue('')
})

test('signing out clears what was selected, typed and found, since the next person may be another one', async () => {
  const { user, signIn, world } = await withSelection()
  await user.click(screen.getByRole('checkbox', { name: texts.linkGroups.topLevelOnly }))
  await user.click(button(texts.account.signOut))
  const asked = world.asked('GET /api/v4/groups').length
  await signIn('Amira Haddad')
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toHaveValue('')
  expect(chips()).toHaveLength(0)
  expect(screen.getByRole('checkbox', { name: texts.linkGroups.topLevelOnly })).not.toBeChecked()
  expect(button('Link group')).toBeDisabled()
  await waitFor(() => expect(world.asked('GET /api/v4/groups').length).toBeGreaterThan(asked))
})

test('a sign-in that ends loses nothing for the same person, even if the first attempt to sign in again fails', async () => {
  const { user, signIn, popup, world } = await withSelection()
  await endSignIn(world, user)
  await user.click(button(/^Sign in to /))
  await popup.deny()
  await screen.findByRole('alert')
  await signIn('Amira Haddad')
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toHaveValue('payments/')
  expect(chips()).toHaveLength(1)
})

test('signing in as another GitLab user clears what the one before had selected and typed', async () => {
  const { user, signIn, world } = await withSelection()
  await endSignIn(world, user)
  await signIn('Jonas Lindqvist')
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toHaveValue('')
  expect(chips()).toHaveLength(0)
})

test('signing out in the middle of linking sends nothing more, and the list shows what was linked', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await user.click(groupField())
  await user.paste('infrastructure')
  await user.click(
    await screen.findByRole('button', { name: texts.linkGroups.allMatching({ search: 'infrastructure' }) }),
  )
  await user.click(await screen.findByRole('checkbox', { name: /^Also select/ }))
  await user.click(await screen.findByRole('button', { name: /^Select \d+ groups?$/ }))
  const release = world.hold(LINK)
  await user.click(button(/^Link \d+ groups/))
  await waitFor(() => expect(world.asked(LINK).length).toBeGreaterThan(0))
  await user.click(button(texts.account.signOut))
  const sent = world.asked(LINK).length
  release()
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(3 + sent))
  expect(world.asked(LINK)).toHaveLength(sent)
  expect(world.gitlab.store.subscriptions.size).toBe(3 + sent)
})

test('the instance can’t be changed while a group is linked', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    instances: 'any',
    signedInAs: 'Amira Haddad',
  })
  await selectGroup(user, 'acme/mobile/android')
  const release = world.hold(LINK)
  await user.click(button('Link group'))
  await waitFor(() => expect(button(texts.choosing.change)).toBeDisabled())
  release()
  await screen.findByText(texts.linking.done({ name: NAME }))
  await waitFor(() => expect(button(texts.choosing.change)).toBeEnabled())
})

test('the instance can’t be changed while a group is unlinked', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', instances: 'any' })
  const row = within(await rowOf('Acme Corp / Web'))
  const [{ subscription } = { subscription: undefined }] = world.gitlab.store
    .linkedGroups([...world.gitlab.store.installations.keys()][0] ?? '')
    .filter(({ group }) => group.fullPath === 'acme/web')
  const release = world.hold(`DELETE /-/jira_connect/subscriptions/${subscription?.id}`)
  await user.click(row.getByRole('button', { name: texts.list.unlinkGroup({ name: 'Acme Corp / Web' }) }))
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: texts.list.unlink }),
  )
  await waitFor(() => expect(button(texts.choosing.change)).toBeDisabled())
  release()
  await waitFor(() => expect(button(texts.choosing.change)).toBeEnabled())
})

test('the instance can’t be changed while linking is paused, even if nothing is linked yet', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    instances: 'any',
    signedInAs: 'Amira Haddad',
    arrange: ({ gitlab }) => gitlab.store.subscriptions.clear(),
  })
  await user.click(groupField())
  await user.paste('infrastructure')
  await user.click(
    await screen.findByRole('button', { name: texts.linkGroups.allMatching({ search: 'infrastructure' }) }),
  )
  await user.click(await screen.findByRole('checkbox', { name: /^Also select/ }))
  await user.click(await screen.findByRole('button', { name: /^Select \d+ groups?$/ }))
  world.gitlab.store.revokeAllTokens()
  await user.click(button(/^Link \d+ groups/))
  expect(await screen.findByRole('button', { name: texts.choosing.useOther })).toBeDisabled()
  expect(button(texts.choosing.change)).toBeDisabled()
  expect(world.asked(LIST).length).toBeGreaterThan(0)
})

test('the instance can’t be changed while the last requests of a canceled run are under way', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    instances: 'any',
    signedInAs: 'Amira Haddad',
  })
  await selectGroups(user, 'mobile', ['acme/mobile/android', 'acme/mobile/ios'])
  const release = world.hold(LINK)
  await user.click(button('Link 2 groups'))
  await user.click(await screen.findByRole('button', { name: texts.cancel }))
  await screen.findByText(texts.bulk.finishing)
  expect(button(texts.choosing.change)).toBeDisabled()
  release()
  await waitFor(() => expect(button(texts.choosing.change)).toBeEnabled())
})

test('what became of a group being linked is told even if others wait to be unlinked', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await user.click(within(await rowOf('Acme Corp / Web')).getByRole('checkbox'))
  await selectGroup(user, 'acme/mobile/android')
  const release = world.hold(LINK)
  await user.click(button('Link group'))
  await waitFor(() => expect(world.asked(LINK)).toHaveLength(1))
  expect(await screen.findByRole('button', { name: 'Unlink 1 group' })).toBeDisabled()
  release()
  await screen.findByText(texts.linking.done({ name: NAME }))
  await user.click(button('Unlink 1 group'))
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink 1 group' }),
  )
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(3))
})

test('linking that waits for a sign-in says whose, since signing in as another GitLab user ends it', async () => {
  const { user, signIn, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await selectGroups(user, 'mobile', ['acme/mobile/android', 'acme/mobile/ios'])
  world.gitlab.store.revokeAllTokens()
  await user.click(button('Link 2 groups'))
  const panel = within(await screen.findByRole('region', { name: texts.bulk.linking.paused }))
  expect(panel.getByText(/as the same GitLab user/)).toBeVisible()
  await signIn('Jonas Lindqvist')
  await screen.findByRole('combobox', { name: 'Groups' })
  expect(screen.queryByRole('progressbar')).toBeNull()
})

test('linking whose code arrives only after signing out doesn’t start, not even for the next user', async () => {
  const { user, signIn, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await user.click(groupField())
  await user.paste('infrastructure')
  await user.click(
    await screen.findByRole('button', { name: texts.linkGroups.allMatching({ search: 'infrastructure' }) }),
  )
  await user.click(await screen.findByRole('checkbox', { name: /^Also select/ }))
  await user.click(await screen.findByRole('button', { name: /^Select \d+ groups?$/ }))
  // Both in one task: the code has no chance to come in between.
  const [link, signOut] = [button(/^Link \d+ groups/), button(texts.account.signOut)]
  act(() => {
    link.click()
    signOut.click()
  })
  await signIn('Jonas Lindqvist')
  await screen.findByRole('combobox', { name: 'Groups' })
  expect(screen.queryByRole('progressbar')).toBeNull()
  expect(world.asked(LINK)).toHaveLength(0)
  expect(world.gitlab.store.subscriptions.size).toBe(3)
})
