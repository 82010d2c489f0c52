import { test } from '#e2e/fixtures.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { lookAt } from './look-at.ts'

/** Declares a test for each of these states: in it, nothing is left in English, and nothing is too wide. */
export function testStates(names: readonly StateName[]): void {
  for (const state of names)
    test(`nothing is left in English, and nothing is too wide: ${state}`, async ({
      page,
      local,
      configuration,
      complaints,
    }) => {
      await lookAt(state, { page, local, configuration, complaints })
    })
}
