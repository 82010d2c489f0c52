import { test } from '#e2e/fixtures.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { states } from '#e2e/screenshots/states.ts'
import { lookAt } from './look-at.ts'

/** Has a test of its own: nothing outside of Jira says that the language has changed. */
const APART: StateName = 'outside-jira'

test.use({ instance: 'gitlab' })

for (const state of Object.keys(states) as StateName[])
  if (state !== APART)
    test(`nothing is left in English, and nothing is too wide: ${state}`, async ({
      page,
      local,
      configuration,
      complaints,
    }) => {
      await lookAt(state, { page, local, configuration, complaints })
    })
