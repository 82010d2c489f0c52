import { linkingScenarios, unlinkingScenarios } from './scenarios/linking.ts'
import { openingScenarios } from './scenarios/opening.ts'
import { savingScenarios } from './scenarios/saving-instance.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { signInScenarios } from './scenarios/signing-in.ts'
import { healthyScenarios, versionScenarios } from './scenarios/versions.ts'

/** Everything QA can choose by name: `healthy` first, then in the order in which an administrator gets there. */
export const scenarios: readonly Scenario[] = [
  ...healthyScenarios,
  ...openingScenarios,
  ...savingScenarios,
  ...signInScenarios,
  ...linkingScenarios,
  ...unlinkingScenarios,
  ...versionScenarios,
]

/** @throws {Error} with one line that names what was asked for */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (!found)
    throw new Error(`There is no scenario "${name}"; "npm start -- --list-scenarios" prints them all.`)
  return found
}
