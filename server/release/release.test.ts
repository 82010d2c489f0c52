import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installInstructions, writeRelease } from './release.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

const folder = mkdtempSync(join(tmpdir(), 'release-test-'))
const archives: string[] = []

beforeAll(async () => {
  const dist = aBuiltPage()
  for (const name of ['one', 'two']) {
    archives.push(await writeRelease({ to: join(folder, name), dist, version: '1.2.3' }))
  }
  // npm takes seconds to list all packages, and longer on a busy machine.
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** A small built page, with what must not get into a release. */
function aBuiltPage(): string {
  const dist = join(folder, 'dist')
  for (const each of ['assets', '.vite']) mkdirSync(join(dist, each), { recursive: true })
  writeFileSync(join(dist, 'index.html'), 'page')
  writeFileSync(join(dist, 'callback.html'), 'callback', { mode: 0o600 })
  writeFileSync(join(dist, 'app-icon.svg'), '<svg/>')
  writeFileSync(join(dist, 'assets/index-AbC.js'), 'script')
  writeFileSync(join(dist, 'config.json'), '{}')
  writeFileSync(
    join(dist, '.vite/licenses.json'),
    JSON.stringify([{ name: 'react', version: '1.0.0', identifier: 'MIT', text: 'The terms of react' }]),
  )
  return dist
}

const listOf = (archive: string, ...options: string[]) =>
  execFileSync('tar', [...options, '-tf', archive], { encoding: 'utf8' })
    .trim()
    .split('\n')

test('a release holds the page, a configuration for each web server, and its papers, in one folder', () => {
  expect(listOf(archives[0] ?? '').filter((path) => !path.endsWith('/'))).toEqual(
    [
      ...['CHANGELOG.md', 'Caddyfile', 'INSTALL.md', 'LICENSE', 'SBOM.json', 'THIRD-PARTY-NOTICES.txt'],
      ...['apache.conf', 'nginx/gitlab-for-jira.service', 'nginx/locations.conf', 'nginx/page-only.conf'],
      ...['page/app-icon.svg', 'page/assets/index-AbC.js', 'page/callback.html', 'page/index.html'],
    ].map((path) => `gitlab-for-jira-1.2.3/${path}`),
  )
})

test('everyone can read what a release unpacks, and no user’s name is on it', () => {
  const owners = new Set(
    listOf(archives[0] ?? '', '-v').map((line) => line.split(/\s+/).slice(0, 2).join(' ')),
  )
  expect(owners).toEqual(new Set(['-rw-r--r-- 0/0', 'drwxr-xr-x 0/0']))
})

test('the same page gives the same archive, byte for byte, and its checksum is beside it', () => {
  const sums = archives.map((archive) => {
    const cwd = dirname(archive)
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd, stdio: 'ignore' })
    return readFileSync(join(cwd, 'SHA256SUMS'), 'utf8')
  })
  expect(sums[0]).toBe(sums[1])
})

test('the list of packages has nothing that npm generates differently each time', () => {
  const file = 'gitlab-for-jira-1.2.3/SBOM.json'
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const bill = JSON.parse(execFileSync('tar', ['-xOf', archives[0] ?? '', file], options))
  const ofCommit = execFileSync('git', ['log', '-1', '--format=%ct'], options)
  expect(bill).not.toHaveProperty('serialNumber')
  expect(Date.parse(bill.metadata.timestamp)).toBe(Number(ofCommit) * 1000)
})

test('without a built page there is no release', async () => {
  await expect(writeRelease({ to: join(folder, 'to'), dist: folder })).rejects.toThrow('npm run build')
})

test('INSTALL.md has the version in its commands, and links to nothing outside the archive', () => {
  const page =
    '[Unpack](#unpack) gitlab-for-jira-VERSION.tar.gz. See [the settings](jira-site.md#x) and [nginx](https://nginx.org).'

  expect(installInstructions(page, '1.2.3')).toBe(
    '[Unpack](#unpack) gitlab-for-jira-1.2.3.tar.gz. See the settings and [nginx](https://nginx.org).',
  )
})

test('each package has its notice; one that has none, and whose license must be included, stops the release', () => {
  const notices = thirdPartyNotices(
    [
      { name: 'one', version: '1.0.0', identifier: 'MIT', text: 'Terms of one' },
      { name: 'two', version: '2.0.0', identifier: 'Apache-2.0' },
    ],
    'Terms of Apache',
  )
  expect(notices).toContain('one 1.0.0 (MIT)\n\nTerms of one')
  expect(notices).toContain('two 2.0.0 (Apache-2.0)')
  expect(notices).toContain('Apache License 2.0\n\nTerms of Apache')
  expect(() => thirdPartyNotices([{ name: 'three', version: '3.0.0', identifier: 'MIT' }], '')).toThrow(
    'three 3.0.0',
  )
})
