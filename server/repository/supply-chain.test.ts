import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }
const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const shipped = packages.filter(([, { dev }]) => !dev)
const pathsOf = (some: typeof packages) => some.map(([path]) => path)

/** Permissive ones, whose terms are kept by naming them. */
const ON_THE_PAGE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** Tools that are run, and not given to anyone, may also have licenses about their own source code. */
const IN_DEVELOPMENT = [
  ...ON_THE_PAGE,
  '(MIT OR CC0-1.0)',
  'BlueOak-1.0.0',
  // Data about browsers, which a tool reads.
  'CC-BY-4.0',
  // Data about licenses, which a tool reads.
  'CC-BY-3.0',
  'CC0-1.0',
  'MIT OR Apache-2.0',
  'MIT-0',
  'MPL-2.0',
]

/** MIT by its LICENSE file; its package.json says nothing. Part of Atlassian's own host library, in the mock Jira. */
const LICENSE_NOT_STATED = ['node_modules/jsuri']

/** Atlassian Developer Terms: for developing apps, which is what its validator and types are used for here. */
const ATLASSIAN_TERMS = ['node_modules/@forge/i18n', 'node_modules/@forge/manifest']

test('every package is pinned by the SHA-512 of its content', () => {
  expect(
    pathsOf(packages.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))),
  ).toEqual([])
})

test('every package comes from the registry, none from a URL, a repository or a folder', () => {
  // Only for the registry may the lock file leave out the address (omit-lockfile-registry-resolved in .npmrc).
  expect(pathsOf(packages.filter(([, { resolved, link }]) => resolved !== undefined || link))).toEqual([])
})

test('every direct dependency is named in one exact version', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('no package runs a script while it is installed', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
})

test('a package that would like to run a script while it is installed is known', () => {
  // esbuild only checks its binary, MSW only copies its worker: nothing here needs either.
  expect(pathsOf(packages.filter(([, { hasInstallScript }]) => hasInstallScript))).toEqual([
    'node_modules/esbuild',
    'node_modules/msw',
  ])
})

test('every license is one that we may ship, or use as a tool', () => {
  const exceptions = [...LICENSE_NOT_STATED, ...ATLASSIAN_TERMS]
  const known = packages.filter(([path, { dev }]) => !(dev && exceptions.includes(path)))
  const foreign = known.filter(
    ([, { dev, license = 'none' }]) => !(dev ? IN_DEVELOPMENT : ON_THE_PAGE).includes(license),
  )
  expect(foreign.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  expect(shipped.length).toBeGreaterThan(50)
})
