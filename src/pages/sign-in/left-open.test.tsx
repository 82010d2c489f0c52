import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { linkedGroups, renderPage, selectGroup } from '#src/testing/render-page.tsx'
import { texts } from '#src/texts/texts.ts'

const HOURS = 3_600_000

afterEach(() => {
  vi.useRealTimers()
})

function pass(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

test.each([
  ['a laptop that slept for two hours', 2],
  ['a page that was left open for a day', 24],
])('%s goes on as if nothing had happened: all tokens are renewed unnoticed', async (_what, hours) => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  pass(hours * HOURS)
  await selectGroup(user, 'acme/mobile/android')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByText(texts.linking.done({ name: 'Acme Corp / Mobile / Android' }))
  expect(await linkedGroups()).toHaveLength(4)
  expect(world.gitlab.store.subscriptions.size).toBe(4)
  // For the code, and once for the refresh token.
  expect(world.asked('POST /oauth/token')).toHaveLength(2)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a clock that is set back in between changes nothing', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: () => pass(5 * HOURS),
    signedInAs: 'Amira Haddad',
  })
  pass(-5 * HOURS)
  world.gitlab.store.expireAccessTokens()
  await selectGroup(user, 'acme/mobile/android')
  await user.click(screen.getByRole('button', { name: 'Link group' }))
  await screen.findByText(texts.linking.done({ name: 'Acme Corp / Mobile / Android' }))
  // For the code, and once for the refresh token.
  expect(world.asked('POST /oauth/token')).toHaveLength(2)
  expect(screen.queryByRole('alert')).toBeNull()
})
