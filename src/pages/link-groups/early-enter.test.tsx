import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { groupField, renderPage, selectGroup } from '#src/testing/render-page.tsx'
import { texts } from '#src/texts/texts.ts'

const GROUPS = 'GET /api/v4/groups'
const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const AMIRA = { instance: 'gitlab', signedInAs: 'Amira Haddad' } as const

const isSelected = (name: string) => screen.queryByRole('button', { name: `Remove ${name}` }) !== null
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent)

test('Enter pressed before the response selects the first group of what was typed', async () => {
  const { user } = await renderPage(AMIRA)
  await user.keyboard('invoicing{Enter}')
  await waitFor(() => expect(isSelected('Acme Corp / Payments / Invoicing')).toBe(true))
  expect(screen.getAllByRole('button', { name: /^Remove / })).toHaveLength(1)
})

test('Enter pressed before the response to a pasted URL selects its group and links nothing', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/mobile/android')
  await user.clear(groupField())
  await user.paste('http://gitlab.localhost:4702/groups/acme/payments/invoicing')
  const answer = world.hold(GROUPS)
  // After the pause in typing, while GitLab is being asked.
  await screen.findByText(texts.linkGroups.loading)
  await user.keyboard('{Enter}')
  answer()
  await waitFor(() => expect(isSelected('Acme Corp / Payments / Invoicing')).toBe(true))
  expect(world.asked(LINK)).toHaveLength(0)
})

test('Enter links nothing where a search found nothing', async () => {
  const { user, world } = await renderPage(AMIRA)
  await selectGroup(user, 'acme/mobile/android')
  await user.clear(groupField())
  await user.paste('nothing like this')
  await screen.findByText(
    texts.linkGroups.noneFound({ search: 'nothing like this', instanceName: 'gitlab.localhost:4702' }),
  )
  await user.keyboard('{Enter}')
  expect(isSelected('Acme Corp / Mobile / Android')).toBe(true)
  expect(world.asked(LINK)).toHaveLength(0)
})

test.each([
  ['typing goes on', 'web{Enter}ite'],
  ['another key follows', 'web{Enter}{ArrowDown}'],
  ['the field is left', 'web{Enter}{Tab}'],
  ['another row was highlighted before', 'web{ArrowDown}{Enter}'],
])('an early Enter selects nothing where %s', async (_what, keys) => {
  const { user, world } = await renderPage(AMIRA)
  await user.click(groupField())
  await waitFor(() => expect(options().length).toBeGreaterThan(5))
  const before = world.asked(GROUPS).length
  await user.keyboard(keys)
  await waitFor(() => expect(world.asked(GROUPS).length).toBeGreaterThan(before))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(screen.queryAllByRole('button', { name: /^Remove / })).toEqual([])
})

test('an early Enter neither selects a second group nor takes the first one back where that can’t be selected', async () => {
  const { user } = await renderPage(AMIRA)
  // Linked already, and followed by its subgroups.
  await user.keyboard('acme/web{Enter}')
  await waitFor(() => expect(options()[0]).toContain('acme/web'))
  await selectGroup(user, 'acme/payments/invoicing')
  await user.clear(groupField())
  await user.keyboard('invoic{Enter}')
  await waitFor(() => expect(options()).toHaveLength(1))
  expect(isSelected('Acme Corp / Payments / Invoicing')).toBe(true)
  expect(screen.getAllByRole('button', { name: /^Remove / })).toHaveLength(1)
})
