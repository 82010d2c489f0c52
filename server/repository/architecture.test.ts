import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ICruiseResult } from 'dependency-cruiser'
import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const options = await extractOptions(join(ROOT, '.dependency-cruiser.mjs'))

/**
 * @param modules what each module of a small project imports, by its path; `type ` before it for types only
 * @returns which import breaks which rule
 */
async function violationsIn(modules: Record<string, readonly string[]>): Promise<string[]> {
  const project = mkdtempSync(join(tmpdir(), 'project-'))
  try {
    cpSync(join(ROOT, 'package.json'), join(project, 'package.json'))
    for (const [path, imports] of Object.entries(modules)) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      const lines = imports.map((imported) =>
        imported.startsWith('type ') ? `import type {} from '${imported.slice(5)}'` : `import '${imported}'`,
      )
      writeFileSync(join(project, path), [...lines, 'export {}'].join('\n'))
    }
    // Packages are only looked for in the project, so it has empty ones.
    for (const name of ['react', 'oauth4webapi', 'vite']) {
      mkdirSync(join(project, 'node_modules', name), { recursive: true })
      writeFileSync(join(project, 'node_modules', name, 'index.js'), '')
    }
    const { output } = await cruise(
      ['src', 'mocks', 'server'],
      { ...options, baseDir: project },
      options.enhancedResolveOptions,
    )
    const { summary } = output as ICruiseResult
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).toSorted()
  } finally {
    rmSync(project, { recursive: true })
  }
}

test('each rule catches an import that it forbids, and none that is allowed', async () => {
  const violations = await violationsIn({
    'src/callback.ts': ['#src/oauth/popup.ts'],
    'src/app/app.ts': ['#src/pages/page.ts', '#src/oauth/popup.ts', '#src/account/session.ts'],
    'src/account/session.ts': ['#src/gitlab/client/client.ts', '#src/deployment/config.ts'],
    'src/deployment/config.ts': ['#src/http/limits.ts', '#src/texts/format.ts'],
    'src/http/limits.ts': ['#src/texts/format.ts', 'vite'],
    'src/pages/page.ts': ['#src/pages/bulk/panel.ts', '../gitlab/client/client.ts', '#src/oauth/popup.ts'],
    'src/pages/bulk/panel.ts': ['#src/pages/page.ts', '#src/pages/failure/failure.ts', './job.ts'],
    'src/pages/bulk/job.ts': ['#src/pages/context/context.ts'],
    'src/pages/instance/form.ts': ['#src/pages/bulk/job.ts'],
    'src/pages/failure/failure.ts': ['#src/pages/parts/button.ts', '#src/pages/instance/form.ts'],
    'src/pages/parts/button.ts': ['#src/pages/link-groups/field.ts'],
    'src/pages/link-groups/field.ts': ['#src/pages/linked-groups/list.ts'],
    'src/pages/linked-groups/list.ts': ['#src/pages/connection-check/panel.ts'],
    'src/pages/connection-check/panel.ts': ['#src/pages/sign-in/button.ts'],
    'src/pages/sign-in/button.ts': ['#src/pages/new-screen/new.ts'],
    'src/pages/new-screen/new.ts': ['#src/pages/bulk/job.ts'],
    'src/pages/context/context.ts': ['#src/pages/failure/steps.ts'],
    'src/pages/failure/steps.ts': [],
    'src/oauth/popup.ts': ['#src/jira/host.ts'],
    'src/jira/host.ts': ['react', '#src/http/limits.ts', '#src/texts/format.ts'],
    'src/gitlab/client/client.ts': ['oauth4webapi', '#src/texts/format.ts', '#mocks/gitlab/world/store.ts'],
    'mocks/gitlab/world/store.ts': ['#src/texts/en.ts', '#server/ports.ts'],
    'src/texts/en.ts': ['#src/pages/parts/words.ts', 'type #src/jira/host.ts'],
    'src/texts/format.ts': [],
    'src/pages/parts/words.ts': [],
    'server/start.ts': ['#mocks/gitlab/world/store.ts', '#e2e/fixtures.ts'],
    'server/ports.ts': [],
    'e2e/fixtures.ts': [],
  })
  const betweenScreens = 'screens-import-no-other-screen: src/pages'
  expect(violations).toEqual([
    'account-stands-on-oauth-gitlab-and-http: src/account/session.ts → src/deployment/config.ts',
    'app-imports-layers-below: src/app/app.ts → src/oauth/popup.ts',
    'callback-stays-small: src/callback.ts → src/oauth/popup.ts',
    'deployment-stands-on-gitlab: src/deployment/config.ts → src/texts/format.ts',
    'failures-stand-on-parts-and-context: src/pages/context/context.ts → src/pages/failure/steps.ts',
    'gitlab-imports-no-other-layer: src/gitlab/client/client.ts → src/texts/format.ts',
    'http-knows-nothing: src/http/limits.ts → node_modules/vite/index.js',
    'http-knows-nothing: src/http/limits.ts → src/texts/format.ts',
    'jira-imports-no-other-layer: src/jira/host.ts → src/texts/format.ts',
    'mocks-are-honest: mocks/gitlab/world/store.ts → src/texts/en.ts',
    'mocks-stand-alone: mocks/gitlab/world/store.ts → server/ports.ts',
    'no-cycles: src/pages/bulk/panel.ts → src/pages/page.ts',
    'no-development-dependency-on-the-page: src/http/limits.ts → node_modules/vite/index.js',
    'oauth-imports-no-other-layer: src/oauth/popup.ts → src/jira/host.ts',
    'oauth-library-has-one-importer: src/gitlab/client/client.ts → node_modules/oauth4webapi/index.js',
    'pages-import-layers-below: src/pages/page.ts → src/oauth/popup.ts',
    'parts-of-the-page-import-nothing-above: src/pages/bulk/panel.ts → src/pages/page.ts',
    'react-stays-above: src/jira/host.ts → node_modules/react/index.js',
    `${betweenScreens}/connection-check/panel.ts → src/pages/sign-in/button.ts`,
    `${betweenScreens}/failure/failure.ts → src/pages/instance/form.ts`,
    `${betweenScreens}/instance/form.ts → src/pages/bulk/job.ts`,
    `${betweenScreens}/link-groups/field.ts → src/pages/linked-groups/list.ts`,
    `${betweenScreens}/linked-groups/list.ts → src/pages/connection-check/panel.ts`,
    `${betweenScreens}/new-screen/new.ts → src/pages/bulk/job.ts`,
    `${betweenScreens}/parts/button.ts → src/pages/link-groups/field.ts`,
    `${betweenScreens}/sign-in/button.ts → src/pages/new-screen/new.ts`,
    'server-knows-no-test: server/start.ts → e2e/fixtures.ts',
    'src-knows-no-mock: src/gitlab/client/client.ts → mocks/gitlab/world/store.ts',
    'texts-know-nothing: src/texts/en.ts → src/pages/parts/words.ts',
  ])
  const rules = options.ruleSet?.forbidden?.map(({ name }) => name)
  expect(new Set(violations.map((violation) => violation.split(':')[0]))).toEqual(new Set(rules))
})

test.each([
  ['Jira’s bridge', /\bwindow\.AP\b/, ['jira/connect-host.ts']],
  ['window.open', /\bwindow\.open\b/, ['oauth/popup.ts']],
  [
    'fetch',
    /\bfetch\(|= fetch\b/,
    [
      'account/credentials.ts',
      'app/import-part.ts',
      'deployment/config-request.ts',
      'gitlab/client/client.ts',
      'gitlab/diagnosis/probes.ts',
      'gitlab/installation/first-requests.ts',
      'oauth/token-requests.ts',
    ],
  ],
  ['browser storage', /\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/, ['jira/storage.ts']],
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
