import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { APP_NAME } from '#mocks/world.ts'
import { linkedGroups, renderPage } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'

const SAVE = 'PUT /-/jira_connect/installations'
const staleSecret = ({ gitlab }: TestWorld) => {
  gitlab.settings.staleSecret = true
}
const saveAgain = () => screen.findByRole('button', { name: 'Save the instance again' })

test('an instance with an old secret gets the current one when it’s saved again, and no group is unlinked', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.staleSecret = true
    },
  })
  await user.click(await saveAgain())
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(3))
  expect(world.asked(SAVE)).toHaveLength(1)
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.getByRole('heading', { name: /^Linked groups/ }), 'the button is gone').toHaveFocus()
})

test('if saving it again changes nothing, says that it was saved, and when the list was tried again', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', arrange: staleSecret })
  world.answer(SAVE, async (next) => {
    const response = await next()
    staleSecret(world)
    return response
  })
  await user.click(await saveAgain())
  const failure = within(await screen.findByRole('alert'))
  expect(await failure.findByText(/^Tried again at /)).toBeVisible()
  expect(failure.getByText('The instance was saved again.')).toBeVisible()
})

test('says why the instance could not be saved again, and on which server, and keeps the failure', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.staleSecret = true
    },
  })
  world.answer(SAVE, () => new Response(null, { status: 502 }))
  await user.click(await saveAgain())
  // The instance that serves this page saves it; the other one has not been asked.
  expect(await screen.findByText(`${APP_NAME} isn’t available right now`)).toBeVisible()
  expect(await saveAgain()).toBeEnabled()
})

test('if the response to saving it again is lost, that the instance accepts the secret confirms it', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', arrange: staleSecret })
  world.answer(SAVE, async (next) => {
    await next()
    return Response.error()
  })
  await user.click(await saveAgain())
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(3))
  expect(world.asked(SAVE)).toHaveLength(1)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('if nothing confirms it, says that it might have been saved, and that saving it once more does no harm', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', arrange: staleSecret })
  world.answer(SAVE, () => new Response(null, { status: 504 }))
  await user.click(await saveAgain())
  expect(await screen.findByText(/might still have saved the instance/)).toHaveTextContent(
    'You can safely save it again',
  )
  expect(await saveAgain()).toBeEnabled()
})

test('unlinking offers it, too, because the instance may ask a Jira site that was renamed', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  for (const one of world.gitlab.store.installations.values()) one.baseUrl = 'http://old-name.localhost:4700'
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  const question = within(await screen.findByRole('alertdialog'))
  await user.click(question.getByRole('button', { name: 'Unlink' }))
  const failure = await screen.findByRole('alert')
  expect(failure).toHaveTextContent('The Jira site was renamed')
  await user.click(await saveAgain())
  expect(await screen.findByText('Saved. Try again.')).toBeVisible()
  await user.click(question.getByRole('button', { name: 'Unlink' }))
  await waitFor(() => expect(screen.queryByText('Acme Corp / Web')).toBeNull())
})

test('isn’t offered where nothing can be saved: for the instance that serves this page', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ app }) => {
      app.settings.staleSecret = true
    },
  })
  expect(await screen.findByRole('alert')).toHaveTextContent('This unlinks every group')
  expect(screen.queryByRole('button', { name: 'Save the instance again' })).toBeNull()
})
