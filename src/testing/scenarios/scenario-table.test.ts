import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scenarios } from '#mocks/scenarios.ts'
import { scenarioTable, TABLE_COMMAND } from './scenario-table.ts'

const table = scenarioTable()

test('docs/scenarios.md says what the scenarios are', () => {
  const written = readFileSync('docs/scenarios.md', 'utf8')
  expect(written, `docs/scenarios.md is out of date: ${TABLE_COMMAND} renews it.`).toBe(table)
})

test('every scenario is in the table once, with a test that exists', () => {
  for (const { name, sentence } of scenarios)
    expect(table.split(`| \`${name}\`: ${sentence} |`), name).toHaveLength(2)
  const files = [...table.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file = '']) => file)
  for (const file of new Set(files)) expect(existsSync(join(process.cwd(), file)), file).toBe(true)
})

test('every scenario that needs a browser has a journey in one', () => {
  const journeys = readFileSync('e2e/scenarios.spec.ts', 'utf8')
  for (const { name } of scenarios.filter(({ needsBrowser }) => needsBrowser))
    expect(journeys).toContain(`test('${name}: `)
})
