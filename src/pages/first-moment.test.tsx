import { screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { linkedGroups, renderPage, rowOf } from '#src/testing/render-page.tsx'

const UNLINKED = 'Acme / Storefront'
const WAITING = 'Waiting for Jira to respond…'

afterEach(() => {
  vi.useRealTimers()
})

test('the list of the instance that serves the page doesn’t wait for Atlassian’s script', async () => {
  const { letIn } = await renderPage({ instance: 'app', fromFirstMoment: true })
  expect(await linkedGroups()).toHaveLength(3)
  expect(screen.queryByText(WAITING)).toBeNull()
  letIn()
})

test('unlinking before Atlassian’s script is there waits for it, and says so', async () => {
  const { user, letIn, world } = await renderPage({ instance: 'app', fromFirstMoment: true })
  const row = await rowOf(UNLINKED)
  await user.click(within(row).getByRole('button', { name: `Unlink ${UNLINKED}` }))
  await user.click(await within(row).findByRole('button', { name: 'Unlink' }))
  expect(await within(row).findByText(WAITING)).toBeVisible()
  expect(world.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
  letIn()
  await vi.waitFor(async () => expect(await linkedGroups()).toHaveLength(2))
  expect(screen.queryByText(WAITING)).toBeNull()
})

test('unlinking many before Atlassian’s script is there waits for it, and says so', async () => {
  const { user, letIn } = await renderPage({ instance: 'app', fromFirstMoment: true })
  await linkedGroups()
  for (const box of screen.getAllByRole('checkbox')) await user.click(box)
  const actions = await screen.findByRole('group', { name: 'Selected groups' })
  await user.click(within(actions).getByRole('button', { name: /^Unlink/ }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: /^Unlink/ }))
  expect(await screen.findByText(WAITING)).toBeVisible()
  letIn()
  expect(await screen.findByText('No groups are linked', { exact: false })).toBeVisible()
  expect(screen.queryByText(WAITING)).toBeNull()
})

test('the instance shows before Atlassian’s script is there, and its list as soon as it is', async () => {
  const { letIn, world } = await renderPage({ instance: 'gitlab', fromFirstMoment: true })
  expect(await screen.findByText('gitlab.localhost:4702', { selector: 'strong' })).toBeVisible()
  expect(screen.queryAllByRole('listitem')).toEqual([])
  letIn()
  expect(await linkedGroups()).toHaveLength(3)
  expect(await rowOf('Acme Corp / Payments')).toBeVisible()
  expect(world.asked('GET /-/jira_connect/subscriptions.json')).toHaveLength(1)
})

test('a Jira that stays silent is named after ten seconds, and the list of another instance comes once it responds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { letIn, world } = await renderPage({
    instance: 'gitlab',
    fromFirstMoment: true,
    arrange: ({ jira }) => {
      jira.settings.getToken = 'silent'
    },
  })
  letIn()
  await vi.advanceTimersByTimeAsync(10_100)
  vi.useRealTimers()
  const failure = within(await screen.findByRole('alert', { name: 'Jira isn’t responding to this page' }))
  world.jira.settings.getToken = 'answers'
  failure.getByRole('button', { name: 'Try again' }).click()
  expect(await linkedGroups()).toHaveLength(3)
})

test('a Jira that refuses is named where its token is needed, and not where it isn’t', async () => {
  const { user, letIn } = await renderPage({
    instance: 'app',
    fromFirstMoment: true,
    arrange: ({ jira }) => {
      jira.settings.getToken = 'rejects'
    },
  })
  letIn()
  const row = await rowOf(UNLINKED)
  expect(screen.queryByRole('alert')).toBeNull()
  await user.click(within(row).getByRole('button', { name: `Unlink ${UNLINKED}` }))
  await user.click(await within(row).findByRole('button', { name: 'Unlink' }))
  expect(
    await within(row).findByRole('alert', { name: 'Jira didn’t confirm who opened this page' }),
  ).toBeVisible()
  expect(await linkedGroups()).toHaveLength(3)
})
