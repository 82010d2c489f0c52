import { linkingScenarios } from './scenarios/linking.ts'
import { openingScenarios } from './scenarios/opening.ts'
import { savingScenarios } from './scenarios/saving-instance.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { searchingScenarios } from './scenarios/searching.ts'
import { signInScenarios } from './scenarios/signing-in.ts'
import { unlinkingScenarios } from './scenarios/unlinking.ts'
import { healthyScenarios, versionScenarios } from './scenarios/versions.ts'

/** All scenarios: `healthy` first, then by the stage in which an administrator meets them. The data is in `scenarios/`. */
export const scenarios: readonly Scenario[] = [
  ...healthyScenarios,
  ...openingScenarios,
  ...savingScenarios,
  ...signInScenarios,
  ...searchingScenarios,
  ...linkingScenarios,
  ...unlinkingScenarios,
  ...versionScenarios,
]

/** @throws {Error} with one line that contains the unknown name */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (!found)
    throw new Error(`There is no scenario "${name}"; "npm start -- --list-scenarios" prints them all.`)
  return found
}
