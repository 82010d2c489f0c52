import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { linkedGroups, renderPage } from '#src/testing/render-page.tsx'

test.each(['app', 'gitlab'] as const)('lists the linked groups at once, without sign-in (%s)', async (instance) => {
  const { world } = await renderPage({ instance })
  expect(await linkedGroups()).toHaveLength(3)
  expect(world.requests.map(({url}) => url.pathname).filter((path) => /^\/(api|oauth)\//.test(path))).toEqual([])
})

test('signs in', async () => {
  const { world, popup } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  console.log(world.requests.map(({method, url}) => method + ' ' + url.href.slice(0, 100)))
  screen.debug(undefined, 100000)
})
