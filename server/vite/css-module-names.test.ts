import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rollup } from 'vite'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { cssModuleNames } from './css-module-names.ts'

test('the build writes class names where they are used, and no table of them', async () => {
  const root = await mkdtemp(join(tmpdir(), 'css-module-names-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'row.module.css'), '.row { top: 0 } .name { top: 1px }')
  await writeFile(
    join(root, 'row.tsx'),
    "import styles from './row.module.css'\ndocument.body.className = styles.row ?? ''",
  )

  const { output } = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    css: { modules: { generateScopedName: 'a-[local]' } },
    build: { write: false, rolldownOptions: { input: join(root, 'row.tsx') } },
    plugins: [cssModuleNames()],
  })) as Rollup.RollupOutput

  const script = output.find(({ type }) => type === 'chunk')
  expect(script).toMatchObject({ code: expect.stringContaining('document.body.className=`a-row`') })
  expect(script).toMatchObject({ code: expect.not.stringContaining('a-name') })
})
