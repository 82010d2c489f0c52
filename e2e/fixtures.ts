import type { BrowserContext } from 'playwright/test'
import { test as base, expect } from 'playwright/test'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'
import type { Local } from '#server/local.ts'
import { startLocal } from '#server/local.ts'
import { ConfigurationPage } from './configuration-page.ts'

interface Options {
  /** The instance that the Jira site uses at first: the one that serves the page, or a self-managed one. */
  instance: 'app' | 'gitlab'
}

interface Fixtures {
  /** The mock of that instance. */
  gitlab: GitLab
  /** The page in Jira, not opened yet. */
  configuration: ConfigurationPage
  /** What the browser did that it must not do. Checked after each test; a test may take out what it provokes. */
  complaints: string[]
}

interface WorkerFixtures {
  /** This worker's own Jira, GitLab.com and self-managed GitLab, with the built page. */
  local: Local
}

/** Journeys start from a fresh installation, and fail on any console error, CSP violation or foreign request. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  local: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from this pattern
    async ({}, use) => {
      const local = await startLocal({ mode: 'preview', ports: { jira: 0, app: 0, gitlab: 0 } })
      await use(local)
      await local.close()
    },
    { scope: 'worker' },
  ],

  instance: ['app', { option: true }],

  gitlab: async ({ local, instance }, use) => use(local[instance]),

  complaints: [
    async ({ context, local }, use) => {
      const complaints = watch(context, local.jiraUrl, [local.appUrl, local.gitlabUrl])
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],

  configuration: async ({ page, local, instance }, use) => {
    await local.reset()
    if (instance !== 'app') await local.presetInstance(instance)
    await use(new ConfigurationPage(page, local))
  },
})

export { expect }

/** @returns what the browser did that it must not do; grows while the context is used */
export function watch(context: BrowserContext, jiraUrl: string, others: readonly string[]): string[] {
  const complaints: string[] = []
  const own = new Set([jiraUrl, ...others].map((url) => new URL(url).origin))

  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && !own.has(url.origin)) complaints.push(`foreign request: ${url}`)
  })
  context.on('console', (message) => {
    const from = message.location().url
    // Atlassian's host library always complains in Jira's own page that it has no feature flags.
    if (message.type() !== 'error' || from.startsWith(jiraUrl)) return
    // The browser's own note about a status like 404: what the page makes of it is what the tests look at.
    if (!message.text().startsWith('Failed to load resource'))
      complaints.push(`console error: ${message.text()} (${from})`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error()}`))
  return complaints
}

/** Takes out what the browser itself notes about something the test provokes, and fails on anything else. */
export function expectOnly(complaints: string[], provoked: RegExp): void {
  expect(complaints.splice(0).filter((complaint) => !provoked.test(complaint))).toEqual([])
}
