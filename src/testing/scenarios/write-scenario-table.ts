import { writeFile } from 'node:fs/promises'
import { scenarioTable } from './scenario-table.ts'

await writeFile(new URL('../../../docs/scenarios.md', import.meta.url), scenarioTable())
