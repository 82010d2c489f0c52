import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProcessorBuilder, ValidationTypes } from '@forge/manifest'
import { expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { appDescriptor } from './descriptor.ts'
import { forgeManifestFile } from './forge-manifest.ts'

const id = 'ari:cloud:ecosystem::app/baf12188-3db6-4ec9-aa26-f85cecb62d05'
const descriptor = appDescriptor({
  baseUrl: 'https://gitlab.acme.example/gitlab/-/jira_connect',
  gitlabHost: 'gitlab.acme.example',
})

/** The result of Atlassian's own validator, which needs neither a network nor an account. */
async function problemsOf(manifest: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'manifest.yml')
  await writeFile(file, manifest)
  const validator = ProcessorBuilder.instance().withValidation(ValidationTypes.FULL).build()
  const { errors = [] } = await validator.process(file)
  return errors.map(({ message }) => message)
}

test('Atlassian’s validator accepts the manifest of a made-up company, and would notice a mistake', {
  timeout: 120_000,
}, async () => {
  const manifest = forgeManifestFile(descriptor, { appId: id })
  expect(await problemsOf(manifest)).toEqual([])

  const misspelt = parse(manifest)
  misspelt.connectModules['jira:postInstalPage'] = misspelt.connectModules['jira:postInstallPage']
  misspelt.app.connect.remote = 'elsewhere'
  const problems = await problemsOf(stringify(misspelt))
  expect(problems).toContainEqual(expect.stringContaining('jira:postInstalPage'))
  expect(problems).toContainEqual(expect.stringContaining('elsewhere'))
})

test('the manifest wraps the whole descriptor', () => {
  const manifest = parse(forgeManifestFile(descriptor, { appId: id }))

  expect(manifest.app).toMatchObject({ id, connect: { key: descriptor.key, remote: 'connect' } })
  expect(manifest.remotes).toEqual([{ key: 'connect', baseUrl: descriptor.baseUrl }])
  expect(manifest.connectModules['jira:lifecycle']).toEqual([
    { key: 'lifecycle-events', installed: '/events/installed', uninstalled: '/events/uninstalled' },
  ])
  for (const [name, module] of Object.entries(descriptor.modules)) {
    expect(manifest.connectModules[`jira:${name}`]).toEqual([module])
  }
  expect(manifest.permissions.scopes).toEqual([
    'read:connect-jira',
    'write:connect-jira',
    'delete:connect-jira',
  ])
})

test('when it is written again for another URL, it keeps the app ID from Forge', () => {
  const previous = forgeManifestFile(descriptor, { appId: id })
  const moved = { ...descriptor, baseUrl: 'https://other-tunnel.example/-/jira_connect' }

  const manifest = parse(forgeManifestFile(moved, { previous }))

  expect(manifest.app.id).toBe(id)
  expect(manifest.remotes[0].baseUrl).toBe(moved.baseUrl)
})
