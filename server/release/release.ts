import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nginxCommand } from '#server/nginx/nginx-command.ts'
import { apacheConfiguration } from './apache.ts'
import { caddyfile } from './caddyfile.ts'
import { pageOnlyService } from './page-only-service.ts'
import { writeTarball } from './tarball.ts'
import type { ShippedPackage } from './third-party-notices.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
/** A page with a service worker, or any other kind of file, would need more than the printed configurations. */
const PAGE_FILE = /^(index|callback)\.html$|^app-icon\.svg$|^assets\/[\w.-]+$/

export interface ReleaseOptions {
  /** Where the archive and SHA256SUMS are written; default: `release` in this repository. */
  to?: string
  /** The folder with the built page; default: `dist`. */
  dist?: string
  /** Default: that of package.json. */
  version?: string
}

/**
 * Packs the built page with everything an operator needs.
 * @returns the path of the archive
 * @throws {Error} with one line: there is no built page, or CHANGELOG.md doesn't mention the version
 */
export async function writeRelease({ to, dist, version }: ReleaseOptions = {}): Promise<string> {
  const { version: ownVersion } = JSON.parse(await readText('package.json')) as { version: string }
  const folder = to ?? join(REPOSITORY, 'release')
  const name = `gitlab-for-jira-${version ?? ownVersion}`
  const files = await releaseFiles(dist ?? join(REPOSITORY, 'dist'), ownVersion, version ?? ownVersion)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const archive = join(folder, `${name}.tar.gz`)
  await writeTarball(
    archive,
    new Map([...files].map(([path, content]) => [`${name}/${path}`, content])),
    dateOf(),
  )
  const checksum = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex')
  await writeFile(join(folder, 'SHA256SUMS'), `${checksum}  ${name}.tar.gz\n`)
  return archive
}

async function releaseFiles(
  dist: string,
  ownVersion: string,
  version: string,
): Promise<Map<string, string | Buffer>> {
  const names = await readdir(dist, { recursive: true }).catch(() => [])
  const page = names.map((name) => name.replaceAll('\\', '/')).filter((name) => PAGE_FILE.test(name))
  if (!page.includes('index.html'))
    throw new Error(`There is no built page in ${dist}. Run "npm run build" first.`)
  const changelog = await readText('CHANGELOG.md').catch(() => '')
  if (!changelog.includes(ownVersion)) {
    throw new Error(`CHANGELOG.md doesn't mention ${ownVersion}. Run "npm run changelog" first.`)
  }
  const files = new Map<string, string | Buffer>()
  for (const name of page.toSorted()) files.set(`page/${name}`, await readFile(join(dist, name)))
  files.set('nginx/locations.conf', printed('locations'))
  files.set('nginx/page-only.conf', printed('page-only'))
  files.set('nginx/gitlab-for-jira.service', pageOnlyService())
  files.set('apache.conf', apacheConfiguration())
  files.set('Caddyfile', caddyfile())
  files.set('INSTALL.md', installInstructions(await readText('docs/operators.md'), version))
  files.set('LICENSE', await readText('LICENSE'))
  files.set('CHANGELOG.md', changelog)
  files.set('THIRD-PARTY-NOTICES.txt', await notices(dist))
  files.set('SBOM.json', softwareBillOfMaterials())
  return files
}

const readText = (path: string) => readFile(join(REPOSITORY, path), 'utf8')

function printed(kind: string): string {
  const result = nginxCommand([kind])
  if ('problem' in result) throw new Error(result.problem)
  return result.output
}

/** @returns docs/operators.md for the archive: with this version in its commands, and without links into the repository */
export function installInstructions(operatorsPage: string, version: string): string {
  return operatorsPage.replaceAll('VERSION', version).replaceAll(/\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, '$1')
}

/** @returns the packages in the build: those whose modules Vite found there, and those whose own code it adds */
export async function shippedPackages(dist: string): Promise<ShippedPackage[]> {
  const found = JSON.parse(await readFile(join(dist, '.vite/licenses.json'), 'utf8')) as ShippedPackage[]
  const own = await Promise.all(['@atlaskit/tokens', 'rolldown', 'vite'].map(packageOf))
  return [...found, ...own.filter(({ name }) => !found.some((other) => other.name === name))].toSorted(
    (a, b) => (a.name < b.name ? -1 : 1),
  )
}

async function notices(dist: string): Promise<string> {
  const apacheLicense = await readText('node_modules/typescript/LICENSE.txt')
  return thirdPartyNotices(await shippedPackages(dist), apacheLicense)
}

async function packageOf(name: string): Promise<ShippedPackage> {
  const folder = join(REPOSITORY, 'node_modules', name)
  const { version, license } = createRequire(import.meta.url)(join(folder, 'package.json')) as Record<
    string,
    string
  >
  const file = (await readdir(folder)).find((entry) => /^license/i.test(entry))
  const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : undefined
  return {
    name,
    version: version ?? '',
    ...(license && { identifier: license }),
    // The tools' license files continue with the licenses of what they bundle, none of which is on the page.
    ...(text && {
      text: text.split(/^# Licenses of bundled|^## Licenses of bundled|^# Bundled/m)[0]?.trim() ?? text,
    }),
  }
}

let bill: string | undefined

/** npm's own, without the time and the random number that would make each one different. */
function softwareBillOfMaterials(): string {
  bill ??= billOfMaterials()
  return bill
}

function billOfMaterials(): string {
  const args = ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only']
  const output = execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const { serialNumber: _random, ...parts } = JSON.parse(output) as {
    serialNumber: string
    metadata: { timestamp: string; component: { name: string } }
  }
  parts.metadata.timestamp = dateOf().toISOString()
  // npm uses the name of the folder, which can be anything.
  parts.metadata.component.name = 'gitlab-for-jira-configuration'
  return `${JSON.stringify(parts, null, 2)}\n`
}

/** The date of the commit; outside of a repository, that of all archives without one. */
function dateOf(): Date {
  try {
    const git = ['log', '-1', '--format=%ct']
    const seconds = execFileSync('git', git, {
      cwd: REPOSITORY,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return new Date(Number(seconds) * 1000)
  } catch {
    return new Date(0)
  }
}
