import { test } from '#e2e/fixtures.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { states } from '#e2e/screenshots/states.ts'
import { testStates } from './state-tests.ts'

/** Has a test of its own: nothing outside of Jira says that the language has changed. */
const APART: StateName = 'outside-jira'

test.use({ instance: 'gitlab' })

testStates((Object.keys(states) as StateName[]).filter((state) => state !== APART))
