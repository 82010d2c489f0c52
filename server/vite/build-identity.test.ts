import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { buildIdentity, commitOf } from './build-identity.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

test('the version is in index.html alone, so no other file changes with it', async () => {
  const root = mkdtempSync(join(tmpdir(), 'build-'))
  try {
    writeFileSync(join(root, 'index.html'), '<head></head><script type="module" src="./main.js"></script>')
    writeFileSync(join(root, 'callback.html'), '<head></head>')
    writeFileSync(join(root, 'main.js'), 'document.title = "A page"')
    const built = await Promise.all(
      ['1.2.3', '1.2.4'].map(async (version) => {
        const input = ['index.html', 'callback.html'].map((name) => join(root, name))
        const result = await build({
          root,
          configFile: false,
          logLevel: 'silent',
          plugins: [buildIdentity(version)],
          build: { write: false, rolldownOptions: { input } },
        })
        if (Array.isArray(result) || !('output' in result)) throw new Error('Not a single build.')
        return new Map(
          result.output.map((file) => [
            file.fileName,
            file.type === 'chunk' ? file.code : String(file.source),
          ]),
        )
      }),
    )
    const [first, second] = built
    expect(first?.get('index.html')).toContain('<meta name="gitlab-for-jira-build" content="1.2.3">')
    expect(first?.get('callback.html')).not.toContain('1.2.3')
    const changed = [...(first ?? [])].filter(([name, content]) => second?.get(name) !== content)
    expect(changed.map(([name]) => name)).toEqual(['index.html'])
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('the commit is the one that is checked out; outside of a repository, there is none', () => {
  expect(commitOf(tmpdir())).toBeUndefined()
  expect(commitOf(REPOSITORY) ?? '').toMatch(/^([0-9a-f]{12}\+?)?$/)
})
