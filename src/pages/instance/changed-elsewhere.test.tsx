import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { linkedGroups, renderPage, selectGroup } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'
import { texts } from '#src/texts/texts.ts'

const SAVED = 'GET /-/jira_connect/installations'
const SAVE = 'PUT /-/jira_connect/installations'
const GITLAB_NAME = 'gitlab.localhost:4702'
const NOW_GITLAB_COM = /This Jira site now uses GitLab\.com/
const OF_GITLAB = { instance: 'gitlab', instances: 'any' } as const

/** As another administrator, or the same one in another tab, does. */
function changeElsewhere({ app, gitlab }: TestWorld): void {
  for (const one of app.store.installations.values()) one.instanceUrl = null
  // GitLab tells it that the app was uninstalled.
  gitlab.store.installations.clear()
  gitlab.store.subscriptions.clear()
}

const comeBack = () => act(async () => void window.dispatchEvent(new Event('visibilitychange')))
const goTo = () => screen.findByRole('button', { name: 'Switch to GitLab.com' })

test('a page that the user returns to says that another instance is in use by now, and keeps what is selected', async () => {
  const { user, world } = await renderPage({ ...OF_GITLAB, signedInAs: 'Amira Haddad' })
  await selectGroup(user, 'acme/mobile/android')
  expect(world.asked(SAVED), 'no more than once until then').toHaveLength(1)
  changeElsewhere(world)
  await comeBack()
  const notice = await screen.findByRole('alert')
  expect(notice).toHaveTextContent(NOW_GITLAB_COM)
  expect(notice).toHaveTextContent(`links and unlinks groups on ${GITLAB_NAME}`)
  expect(screen.getByRole('button', { name: 'Link group' }), 'nothing is lost').toBeEnabled()
  expect(await linkedGroups()).toHaveLength(3)

  await user.click(await goTo())
  expect(await screen.findByRole('button', { name: 'Sign in to GitLab.com' })).toBeVisible()
  expect(
    screen.getAllByText(texts.chooseInstance.changed({ name: 'GitLab.com' })),
    'shown, and read out',
  ).toHaveLength(2)
  expect(screen.getByRole('heading', { level: 1 }), 'focus is not lost').toHaveFocus()
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() =>
    expect([...world.gitlab.store.tokens.values()].map(({ revoked }) => revoked)).toEqual([true]),
  )
  expect(world.asked(SAVE)).toEqual([])
})

test('a page that the user returns to says nothing while the same instance is in use, or GitLab can’t be asked', async () => {
  const { world } = await renderPage(OF_GITLAB)
  await linkedGroups()
  // Once what watches for it is there: it isn't what the page opens with.
  const askAgain = async () => {
    const before = world.asked(SAVED).length
    await waitFor(async () => {
      await comeBack()
      expect(world.asked(SAVED).length).toBeGreaterThan(before)
    })
  }
  await askAgain()
  world.answer(SAVED, () => new Response(null, { status: 403 }))
  await askAgain()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(await linkedGroups()).toHaveLength(3)
})

test('when the instance refuses this Jira site because another is in use, saving it again is no longer offered', async () => {
  const { user, world } = await renderPage(OF_GITLAB)
  await linkedGroups()
  changeElsewhere(world)
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const question = within(await screen.findByRole('alertdialog'))
  await user.click(question.getByRole('button', { name: 'Unlink' }))
  expect(await screen.findByText(NOW_GITLAB_COM)).toBeVisible()
  expect(await goTo()).toBeEnabled()
  expect(document.querySelector('[data-failure="context-token-refused"]')).not.toBeNull()
  expect(screen.queryByRole('button', { name: 'Save the instance again' })).toBeNull()
})

test('saving the instance again takes no change back that was made elsewhere', async () => {
  const { user, world } = await renderPage({
    ...OF_GITLAB,
    arrange: ({ gitlab }) => {
      gitlab.settings.staleSecret = true
    },
  })
  const saveAgain = await screen.findByRole('button', { name: 'Save the instance again' })
  changeElsewhere(world)
  await user.click(saveAgain)
  expect(await screen.findByText(NOW_GITLAB_COM)).toBeVisible()
  expect(world.asked(SAVE)).toEqual([])
  expect(screen.queryByRole('button', { name: 'Save the instance again' })).toBeNull()
})

test('what is under way is not cut off by switching', async () => {
  const { user, world } = await renderPage({ ...OF_GITLAB, signedInAs: 'Amira Haddad' })
  await selectGroup(user, 'acme/mobile/android')
  const release = world.hold('POST /api/v4/integrations/jira_connect/subscriptions')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  for (const one of world.app.store.installations.values()) one.instanceUrl = null
  await comeBack()
  expect(await goTo()).toBeDisabled()
  release()
  await waitFor(async () => expect(await goTo()).toBeEnabled())
})

test('a change elsewhere that is noticed because this page’s own was refused takes nothing away either', async () => {
  const { user, world } = await renderPage({ ...OF_GITLAB, signedInAs: 'Amira Haddad' })
  await selectGroup(user, 'acme/mobile/android')
  await user.click(screen.getByRole('button', { name: 'Change' }))
  await user.click(await screen.findByRole('radio', { name: 'GitLab.com' }))
  await user.click(screen.getByRole('button', { name: texts.chooseInstance.save }))
  world.answer(SAVE, () => {
    changeElsewhere(world)
    return Response.json({ errors: 'Could not be installed' }, { status: 422 })
  })
  const question = await screen.findByRole('alertdialog')
  await user.click(within(question).getByRole('button', { name: 'Change instance and unlink 3 groups' }))
  await screen.findByRole('alert')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText(NOW_GITLAB_COM)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Link group' })).toBeEnabled()
})

test('a change made elsewhere can be taken back on a page that opened with the instance before', async () => {
  const { user, world } = await renderPage(OF_GITLAB)
  await linkedGroups()
  changeElsewhere(world)
  await user.click(screen.getByRole('button', { name: 'Change' }))
  await user.click(await screen.findByRole('button', { name: texts.chooseInstance.save }))
  await waitFor(() => expect(world.asked(SAVE)).toHaveLength(1))
  expect(await screen.findAllByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))).toHaveLength(2)
})

test('a change asks before it unlinks groups of an instance that was chosen elsewhere', async () => {
  const { user, world } = await renderPage({
    ...OF_GITLAB,
    arrange: ({ gitlab }) => gitlab.store.subscriptions.clear(),
  })
  await user.click(await screen.findByRole('button', { name: 'Change' }))
  for (const one of world.app.store.installations.values()) one.instanceUrl = 'https://third.example.com'
  await user.click(await screen.findByRole('radio', { name: 'GitLab.com' }))
  await user.click(screen.getByRole('button', { name: texts.chooseInstance.save }))
  const question = await screen.findByRole('alertdialog')
  expect(question).toHaveTextContent(texts.chooseInstance.removesAnyLinks)
  expect(screen.getByText('third.example.com', { selector: 'strong' })).toBeVisible()
  expect(world.asked(SAVE)).toEqual([])
})

test('while GitLab doesn’t say which instance is in use, saving it again could take a change back, so nothing is saved', async () => {
  const { user, world } = await renderPage({
    ...OF_GITLAB,
    arrange: ({ gitlab }) => {
      gitlab.settings.staleSecret = true
    },
  })
  const saveAgain = await screen.findByRole('button', { name: texts.failure.saveAgain })
  world.answer(SAVED, () => new Response(null, { status: 503 }), 2)
  await user.click(saveAgain)
  expect(await screen.findByText(/GitLab\.com/, { selector: '[role="alert"]' })).toBeVisible()
  expect(world.asked(SAVE)).toEqual([])
})
