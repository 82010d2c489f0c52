import { expect, test, vi } from 'vitest'
import type { Descriptor } from './descriptor.ts'
import { appDescriptor } from './descriptor.ts'
import { descriptorProblems } from './published-schema.ts'

// Compiling Atlassian's schema takes a second, and much longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const descriptor = () =>
  appDescriptor({
    baseUrl: 'https://gitlab.acme.example/gitlab/-/jira_connect',
    gitlabHost: 'gitlab.acme.example',
  })

test('Jira would accept the descriptor of a made-up company', () => {
  expect(descriptorProblems(descriptor())).toEqual([])
})

const { postInstallPage, jiraDevelopmentTool } = descriptor().modules

test.each<[string, Partial<Record<keyof Descriptor, unknown>>, string]>([
  ['a key of 65 characters', { key: 'k'.repeat(65) }, 'key: may have no more than 64 characters'],
  ['a key with a slash', { key: 'a/b' }, 'key: may hold letters, digits, ".", "_" and "-" only'],
  ['an invalid base URL', { baseUrl: 'gitlab.acme.example' }, 'baseUrl: must be a URL'],
  ['a scope that Jira does not know', { scopes: ['READ', 'PEEK'] }, 'scopes.1: must be one of Jira’s scopes'],
  [
    'no signed lifecycle events',
    { apiMigrations: { 'context-qsh': true, 'signed-install': false, gdpr: true } },
    'apiMigrations.signed-install: must be true',
  ],
  [
    'an absolute lifecycle URL',
    { lifecycle: { installed: 'https://elsewhere.example/', uninstalled: '/events/uninstalled' } },
    'lifecycle.installed: must be a path that starts with "/"',
  ],
  [
    'a page without key',
    { modules: { postInstallPage: { ...postInstallPage, key: undefined } } },
    "modules.postInstallPage.0: must have required property 'key'",
  ],
  [
    'a development tool without a logo',
    { modules: { jiraDevelopmentTool: { ...jiraDevelopmentTool, logoUrl: undefined } } },
    "modules.jiraDevelopmentTool.0: must have required property 'logoUrl'",
  ],
  [
    'an unknown capability',
    { modules: { jiraDevelopmentTool: { ...jiraDevelopmentTool, capabilities: ['tea'] } } },
    'modules.jiraDevelopmentTool.0.capabilities.0: must be equal to one of the allowed values',
  ],
  [
    'an action without a URL',
    { modules: { jiraDevelopmentTool: { ...jiraDevelopmentTool, actions: { createBranch: {} } } } },
    "modules.jiraDevelopmentTool.0.actions.createBranch: must have required property 'templateUrl'",
  ],
  [
    'a module that Jira does not have',
    { modules: { teaPot: {} } },
    'modules.teaPot: Jira has no such module',
  ],
])('names %s', (_, wrong, problem) => {
  expect(descriptorProblems({ ...descriptor(), ...wrong })).toEqual([problem])
})

test('names missing fields', () => {
  expect(descriptorProblems('<html>')).toHaveLength(1)
  expect(descriptorProblems({})).toContainEqual(expect.stringMatching(/^key: /))
})
