import { expect, test } from 'vitest'
import { createGitLabWorld } from '#mocks/gitlab/testing/gitlab-world.ts'
import { appDescriptor } from './descriptor.ts'

const baseUrl = 'http://app.localhost:8000/-/jira_connect'

test('the descriptor names the configuration page and the lifecycle paths relative to its base URL', () => {
  const descriptor = appDescriptor({ baseUrl, gitlabHost: 'app.localhost' })

  expect(descriptor).toMatchObject({
    key: 'gitlab-jira-connect-app.localhost',
    name: 'GitLab for Jira (app.localhost)',
    baseUrl,
    apiMigrations: { 'context-qsh': true, 'signed-install': true, gdpr: true },
    lifecycle: { installed: '/events/installed', uninstalled: '/events/uninstalled' },
    modules: { postInstallPage: { key: 'gitlab-configuration', url: '/subscriptions' } },
  })
})

test('the key of an instance with a long host name is cut to the 64 characters that Jira allows', () => {
  const { key } = appDescriptor({ baseUrl, gitlabHost: `${'very-long-name.'.repeat(8)}example.com` })

  expect(key).toHaveLength(64)
})

test('templates of development actions are absolute and keep the placeholders for Jira', () => {
  const { actions } = appDescriptor({ baseUrl, gitlabHost: 'app.localhost' }).modules.jiraDevelopmentTool

  expect(actions.createBranch.templateUrl).toContain(`${baseUrl}/branches/`)
  expect(actions.createBranch.templateUrl).toContain('{issue.key}')
})

test('the development tool has the name that GitLab gives it, and creates branches with the app’s key', async () => {
  const { key, modules } = appDescriptor({ baseUrl, gitlabHost: 'app.localhost' })
  const { application, name, actions } = modules.jiraDevelopmentTool
  const answer = await createGitLabWorld().app.handle(new Request(`${baseUrl}/app_descriptor.json`))
  const served = (await answer.json()).modules.jiraDevelopmentTool

  expect(application.value).toBe('GitLab (app.localhost)')
  expect(name.value).toBe('GitLab (app.localhost)')
  expect(new URL(actions.createBranch.templateUrl).searchParams.get('addonkey')).toBe(key)
  expect({ application, name, actions }).toEqual({
    application: served.application,
    name: served.name,
    actions: served.actions,
  })
})
