import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { writeRelease } from '#server/release/release.ts'
import type { Place } from './site.ts'

/** Where the documents put the releases; tests put them elsewhere. */
const DOCUMENTED_ROOT = '/var/www/gitlab-for-jira'

const archives = new Map<string, Promise<string>>()

/**
 * Packs the page that was built before.
 * @param version of the release; several are equal but for their number
 * @param dist another built page
 * @returns the folder with the archive and its checksum
 */
function releaseOf(version: string, dist?: string): Promise<string> {
  const made = archives.get(version) ?? makeRelease(version, dist)
  archives.set(version, made)
  return made
}

async function makeRelease(version: string, dist: string | undefined): Promise<string> {
  const to = mkdtempSync(join(tmpdir(), 'release-'))
  await writeRelease({ to, version, ...(dist && { dist }) })
  return to
}

/** The commands, or the lines for a configuration, below a heading of docs/operators.md. */
export function instructions(heading: string, language: string): string[] {
  const page = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8')
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`docs/operators.md has no section ${heading}.`)
  return [...section.matchAll(/^( *)```(\w+)\n(.*?)^ *```/gms)]
    .filter(([, , kind]) => kind === language)
    .map(([, indentation = '', , block = '']) => block.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''))
}

/**
 * Runs commands as the documents have them, with other folders: the tests must not touch the machine's.
 * @param places what stands for which folder
 * @throws {Error} a command fails
 */
export function run(commands: string, home: string, places: Readonly<Record<string, string>>): void {
  const text = Object.entries(places)
    .reduce((script, [documented, actual]) => script.replaceAll(documented, actual), commands)
    .replaceAll(/\bsudo /g, '')
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', text], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home },
  })
  if (status !== 0) throw new Error(`${text}\nended with ${status}: ${stdout}${stderr}`)
}

/** Unpacks a release, as the documents say, and leads its files to the folder of the test. */
export async function unpack(place: Place, version = '1.0.0', dist?: string): Promise<void> {
  const home = join(place.folder, 'home')
  await mkdir(home, { recursive: true })
  cpSync(await releaseOf(version, dist), home, { recursive: true })
  const commands = instructions('Unpack', 'sh').join('')
  run(commands.replaceAll('VERSION', version), home, { [DOCUMENTED_ROOT]: place.root })
  const unpacked = join(place.root, `gitlab-for-jira-${version}`)
  const configurations = ['nginx/locations.conf', 'nginx/page-only.conf', 'apache.conf', 'Caddyfile']
  for (const name of configurations) {
    const file = join(unpacked, name)
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(DOCUMENTED_ROOT, place.root))
  }
}

/** Lets the test's Jira site frame the page, as the documents do for a site with a domain of its own. */
export function allowFraming(place: Place, configuration: string): void {
  const [, command = ''] = instructions('Settings', 'sh')
  run(command, place.folder, {
    'https://jira.example.com': place.jiraUrl,
    '/etc/gitlab/gitlab-for-jira.conf': configuration,
  })
}

/** Moves the page below a relative URL, if the GitLab is; in locations for nginx. */
export function moveBelowPath(place: Place, configuration: string): void {
  if (place.path === '') return
  const [command = ''] = instructions('Below a relative URL', 'sh')
  run(command, place.folder, {
    'gitlab/,': `${place.path.slice(1)}/,`,
    '/etc/gitlab/gitlab-for-jira.conf': configuration,
  })
}

/**
 * The same for a file that is read from the release: the documents have it copied first.
 * @param name of the file in the release
 * @returns the path of the file to use, relative to the folder of the page
 */
export function copyBelowPath(place: Place, name: string): string {
  if (place.path === '') return `current/${name}`
  const [, command = ''] = instructions('Below a relative URL', 'sh')
  const copy = basename(name)
  run(command, place.folder, {
    [DOCUMENTED_ROOT]: place.root,
    'current/apache.conf': `current/${name}`,
    ' apache.conf': ` ${copy}`,
    '/gitlab&': `${place.path}&`,
  })
  return copy
}
