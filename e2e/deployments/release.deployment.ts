import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { shippedPackages } from '#server/release/release.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

/** The files of this repository as they are now, in another folder, with the same packages. */
function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'))
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const files = execFileSync('git', list, { cwd: REPOSITORY, encoding: 'utf8' }).split('\0')
  for (const file of files.filter((path) => path && existsSync(join(REPOSITORY, path)))) {
    cpSync(join(REPOSITORY, file), join(folder, file))
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

test('two releases of the same files, built in two folders, are equal byte for byte', async () => {
  const folders = [copyRepository(), copyRepository()]
  try {
    const sums = folders.map((cwd) => {
      execFileSync('npm', ['run', 'release'], { cwd, stdio: 'ignore' })
      return readFileSync(join(cwd, 'release/SHA256SUMS'), 'utf8')
    })
    expect(sums[0]).toMatch(/^[0-9a-f]{64} {2}gitlab-for-jira-[\d.]+\.tar\.gz\n$/)
    expect(sums[1]).toBe(sums[0])
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true })
  }
})

test('each package with code in the built page has its notice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'with-source-maps-'))
  try {
    // Source maps name every module, whatever the list of licenses says.
    const options = ['vite', 'build', '--sourcemap', '--outDir', folder, '--emptyOutDir']
    execFileSync('npx', options, { cwd: REPOSITORY, stdio: 'ignore' })
    const maps = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.map'))
    const modules = maps.flatMap(
      (name) =>
        (JSON.parse(readFileSync(join(folder, 'assets', name), 'utf8')) as { sources: string[] }).sources,
    )
    const inBuild = new Set(
      modules.flatMap(
        (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(`${dirname(path)}/`)?.[1] ?? [],
      ),
    )
    const noticed = (await shippedPackages(folder)).map(({ name }) => name)
    expect(inBuild.size).toBeGreaterThan(30)
    expect([...inBuild].filter((name) => !noticed.includes(name))).toEqual([])
    expect(noticed, 'the themes are a style sheet, which has no source map').toContain('@atlaskit/tokens')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
