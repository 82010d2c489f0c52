import { writeFile } from 'node:fs/promises'
import { runnerImport } from 'vite'
import { messages } from '#server/messages/vite-plugin.ts'

// Through Vite, which makes the modules with the messages.
const { module } = await runnerImport<typeof import('./scenario-table.ts')>(
  new URL('scenario-table.ts', import.meta.url).pathname,
  { configFile: false, plugins: [messages()], resolve: { alias: [] } },
)

await writeFile(new URL('../../../docs/scenarios.md', import.meta.url), module.scenarioTable())
