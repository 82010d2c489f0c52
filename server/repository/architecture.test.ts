import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Applies the import rules to a small project of these files. */
function inspect(files: Record<string, string>): string {
  const project = mkdtempSync(join(tmpdir(), 'project-'))
  try {
    for (const name of [
      'package.json',
      'tsconfig.base.json',
      'tsconfig.node.json',
      '.dependency-cruiser.mjs',
    ])
      cpSync(join(ROOT, name), join(project, name))
    symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'junction')
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(project, name)), { recursive: true })
      writeFileSync(join(project, name), content)
    }
    const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const folders = [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))]
    const options = ['--config', '.dependency-cruiser.mjs', '--output-type', 'err']
    return spawnSync(process.execPath, [bin, ...folders, ...options], { cwd: project, encoding: 'utf8' })
      .stdout
  } finally {
    rmSync(project, { recursive: true })
  }
}

test('a forbidden import is caught, an allowed one is not', () => {
  const report = inspect({
    'src/pages/page.ts': "import '../gitlab/client/client.ts'\nimport '#src/oauth/popup.ts'\nexport {}",
    'src/pages/bulk/panel.ts': "import '#src/pages/page.ts'\nimport '#src/pages/parts/button.ts'\nexport {}",
    'src/pages/instance/form.ts': "import '#src/pages/bulk/panel.ts'\nexport {}",
    'src/pages/parts/button.ts': "import '#src/pages/instance/form.ts'\nexport {}",
    'src/oauth/popup.ts': "import '#src/jira/host.ts'\nexport {}",
    'src/jira/host.ts': "import 'react'\nexport {}",
    'src/gitlab/client/client.ts': "import 'oauth4webapi'\nimport '#mocks/gitlab/world/store.ts'\nexport {}",
    'mocks/gitlab/world/store.ts': "import '#src/texts/en.ts'\nexport {}",
    'src/texts/en.ts': "import type {} from '#src/jira/host.ts'\nimport '#src/pages/page.ts'\nexport {}",
  })
  expect(report).toContain('pages-import-layers-below: src/pages/page.ts → src/oauth/popup.ts')
  expect(report).toContain(
    'parts-of-the-page-import-nothing-above: src/pages/bulk/panel.ts → src/pages/page.ts',
  )
  const betweenScreens = 'screens-import-no-other-screen'
  expect(report).toContain(`${betweenScreens}: src/pages/instance/form.ts → src/pages/bulk/panel.ts`)
  expect(report).toContain(`${betweenScreens}: src/pages/parts/button.ts → src/pages/instance/form.ts`)
  expect(report).toContain('oauth-imports-no-other-layer: src/oauth/popup.ts → src/jira/host.ts')
  expect(report).toContain('react-stays-above: src/jira/host.ts')
  expect(report).toContain('oauth-library-has-one-importer: src/gitlab/client/client.ts')
  expect(report).toContain('src-knows-no-mock: src/gitlab/client/client.ts → mocks/gitlab/world/store.ts')
  expect(report).toContain('mocks-are-honest: mocks/gitlab/world/store.ts → src/texts/en.ts')
  expect(report).toContain('texts-know-nothing: src/texts/en.ts → src/pages/page.ts')
  expect(report).not.toContain('src/texts/en.ts → src/jira/host.ts')
  expect(report).not.toContain('src/pages/bulk/panel.ts → src/pages/parts/button.ts')
  expect(report).not.toContain('src/pages/page.ts → src/gitlab/client/client.ts')
}, 30_000)

test.each([
  ['Jira’s bridge', /\bwindow\.AP\b/, ['jira/connect-host.ts']],
  ['window.open', /\bwindow\.open\b/, ['oauth/popup.ts']],
  [
    'fetch',
    /\bfetch\(|= fetch\b/,
    [
      'account/session.ts',
      'deployment/config.ts',
      'gitlab/client/client.ts',
      'gitlab/client/unreachable.ts',
      'oauth/token-requests.ts',
    ],
  ],
  ['browser storage', /\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/, []],
  ['markup from text', /innerHTML|insertAdjacentHTML|document\.write/i, []],
  ['the frames around', /\b(window\.)?(top|parent)\.(location|postMessage|document)\b/, []],
])('%s is used in its own modules only, or nowhere', (_name, use, modules) => {
  const src = join(ROOT, 'src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts$|^testing\//.test(file))
  expect(files.filter((file) => use.test(readFileSync(join(src, file), 'utf8'))).toSorted()).toEqual(modules)
})

test.each(['index.html', 'callback.html'])('%s sends no referrer: its URL contains secrets', (page) => {
  expect(readFileSync(join(ROOT, page), 'utf8')).toContain('<meta name="referrer" content="no-referrer" />')
})
