import { test } from 'vitest'
import { goWithoutFailure, meetFailure } from '#src/testing/scenarios/scenario-journey.tsx'
import { scenariosOf } from '#src/testing/scenarios/scenario-table.ts'

const scenarios = scenariosOf('scenarios-signed-in')

test.each(scenarios.filter(({ failure }) => failure !== undefined))(
  '$name: says what is wrong and what to do, and works at the next attempt once it’s fixed',
  meetFailure,
)

test.each(scenarios.filter(({ failure }) => failure === undefined))('$name: works', goWithoutFailure)
